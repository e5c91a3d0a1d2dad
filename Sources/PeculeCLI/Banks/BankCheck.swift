import Pecule
import PeculeBanks
import PeculeCurl
import PeculeHTTP

/// Says of each profile in a document whether a gateway can work with it, and what is wrong where it cannot.
struct BankCheck {
    struct Finding: Equatable {
        let isGood: Bool
        let text: String
    }

    private(set) var findings: [Finding] = []
    private var profiles: [BankProfile] = []

    /// - Parameter bytes: a document that is one profile or an array of them.
    init(_ bytes: [UInt8]) {
        let document: JSON
        do throws(JSONError) { document = try JSON(parsing: bytes) } catch {
            add(false, "not a JSON document: \(error)")
            return
        }
        let elements = document.array ?? [document]
        if elements.isEmpty { add(false, "no profile in the document") }
        for (number, element) in zip(1..., elements) { check(element, number) }
        checkTogether()
    }

    var isSound: Bool { findings.allSatisfy(\.isGood) }

    private mutating func check(_ element: JSON, _ number: Int) {
        do throws(BankProfileError) {
            let profile = try BankProfile(element)
            profiles.append(profile)
            add(true, "\(profile.bank.id): \(Self.summary(of: profile))")
        } catch {
            // The name may be the very thing that is wrong.
            let name = element["id"]?.string.flatMap(BankID.init)?.text ?? "profile \(number)"
            add(false, "\(name): \(error.field.isEmpty ? "" : "\(error.field): ")\(error.problem)")
        }
    }

    /// What no profile shows by itself: two that answer to one name.
    private mutating func checkTogether() {
        let transport = CurlTransport()
        do throws(BankDirectory.Duplicate) {
            _ = try BankDirectory(profiles.map { HTTPBank($0, initiatingParty: "check", transport: transport) })
        } catch { add(false, "\(error)") }
    }

    static func summary(of profile: BankProfile) -> String {
        let questions = profile.bank.questions.map(\.id).joined(separator: ", ")
        return "\(profile.bank.name), \(profile.standard), redirect flow \(profile.redirectFlow.rawValue)"
            + (questions.isEmpty ? "" : ", asks the payer for \(questions)") + trust(of: profile)
    }

    private static func trust(of profile: BankProfile) -> String {
        (profile.usesMutualTLS ? ", mutual TLS" : "") + (profile.signature.map { ", signed with \($0)" } ?? "")
    }

    private mutating func add(_ isGood: Bool, _ text: String) { findings.append(Finding(isGood: isGood, text: text)) }
}
