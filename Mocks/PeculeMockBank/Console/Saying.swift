import FoundationEssentials

/// Says a thing in the reader's language.
struct Saying: Sendable {
    let language: Language

    func callAsFunction(_ french: String, _ english: String) -> String { language == .french ? french : english }

    /// A length of time, in its largest unit.
    func span(_ seconds: TimeInterval) -> String {
        switch seconds {
        case ..<1: "\(Int(seconds * 1000)) ms"
        case ..<120: "\(Int(seconds)) s"
        case ..<7200: "\(Int(seconds / 60)) min"
        case ..<172_800: "\(Int(seconds / 3600)) h"
        default: self("\(Int(seconds / 86_400)) jours", "\(Int(seconds / 86_400)) days")
        }
    }
}

/// What of a person may be shown: enough to tell two apart.
enum Masked {
    static func iban(_ iban: String) -> String { iban.count > 8 ? "\(iban.prefix(4))…\(iban.suffix(3))" : "…" }

    static func name(_ name: String) -> String { name.prefix(1) + "…" }

    /// Identifiers open pages and confirm payments.
    static func path(_ path: some StringProtocol) -> String {
        path.split(separator: "/").map { $0.count > 24 ? $0.prefix(4) + "…" : String($0) }.joined(separator: "/")
    }

    static func account(_ account: Ledger.Account) -> String {
        if case .iban(let iban) = account { Self.iban(iban) } else { account.name }
    }
}
