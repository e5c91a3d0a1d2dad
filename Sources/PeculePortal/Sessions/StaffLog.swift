import Foundation
import Pecule
import PeculeHTTP

/// What staff does, as it is logged.
enum StaffAct: Sendable, Hashable {
    case loggedIn, refusedLogin, loggedOut
    case document(PieceKind)
    case review, complement(PieceKind), acceptance, refusal
    case permit(VisitPermit.Status)
    case caps

    /// Stable, for the store.
    var code: String {
        switch self {
        case .loggedIn: "logged-in"
        case .refusedLogin: "refused-login"
        case .loggedOut: "logged-out"
        case .document(let kind): "document \(kind.rawValue)"
        case .review: "review"
        case .complement(let kind): "complement \(kind.rawValue)"
        case .acceptance: "acceptance"
        case .refusal: "refusal"
        case .permit(let status): "permit \(status.rawValue)"
        case .caps: "caps"
        }
    }

    init?(code: String) {
        let words = code.split(separator: " ", maxSplits: 1).map(String.init)
        let simple: [StaffAct] = [.loggedIn, .refusedLogin, .loggedOut, .review, .acceptance, .refusal, .caps]
        if let act = simple.first(where: { $0.code == code }) {
            self = act
        } else if words.count == 2, words[0] == "permit", let status = VisitPermit.Status(rawValue: words[1]) {
            self = .permit(status)
        } else if words.count == 2, let kind = PieceKind(rawValue: words[1]) {
            self = words[0] == "document" ? .document(kind) : .complement(kind)
        } else {
            return nil
        }
    }

    /// As staff reads it.
    var french: String {
        switch self {
        case .loggedIn: "connexion"
        case .refusedLogin: "connexion refusée"
        case .loggedOut: "déconnexion"
        case .document(let kind): "document téléchargé (\(kind.french.lowercased()))"
        case .review: "instruction commencée"
        case .complement(let kind): "document demandé (\(kind.french.lowercased()))"
        case .acceptance: "acceptation"
        case .refusal: "refus"
        case .permit(let status): "état du permis : \(GatewayText.name(of: status).1.lowercased())"
        case .caps: "plafonds changés"
        }
    }
}

/// The log of what staff does: who, when, what, on what, and nothing of anybody else. Entries are erased after a year.
struct StaffLog: Sendable {
    static let kind = "staff-act"
    private static let period: TimeInterval = 366 * 86_400

    let items: any ItemStore
    let random: @Sendable (Int) -> [UInt8]

    /// One line.
    struct Entry: TextItem {
        let act: StaffAct
        /// The application, the permit or the establishment that it was done to; the agent for logins.
        let object: String
        let staff: StaffID
        let at: Date
    }

    /// Written before the act: what was tried is known whatever becomes of it.
    func note(_ act: StaffAct, _ object: String, by member: StaffMember, at now: Date) async throws(StoreFault) {
        let entry = Entry(act: act, object: object, staff: member.id, at: now)
        // A permit's number is no part of an id.
        let place = ApplicationID(object) == nil ? member.establishment.text : object
        let id = "\(place)/\(now.milliseconds)-\(Identifier.hex(random(8)))"
        _ = try await items.put(
            StoredItem(kind: Self.kind, id: id, text: entry.text, due: now + Self.period))
    }

    /// What was done to an application, the first first.
    func acts(on application: ApplicationID) async throws(StoreFault) -> [Entry] {
        try await items.allItems(Self.kind, startingWith: "\(application)/").map { item throws(StoreFault) in
            try Entry(item)
        }
    }

    /// Erases what is old; some at a time.
    func sweep(at now: Date, limit: Int) async throws(StoreFault) {
        try await items.removeDue(Self.kind, at: now, limit: limit)
    }
}

extension StaffLog.Entry {
    var json: JSON {
        [
            "act": .string(act.code), "object": .string(object), "staff": .string(staff.text),
            "at": .integer(at.milliseconds),
        ]
    }

    init?(_ json: JSON) {
        guard let act = json["act"]?.string.flatMap(StaffAct.init(code:)), let object = json["object"]?.string,
            let staff = json["staff"]?.string.flatMap(StaffID.init), let at = json["at"]?.integer
        else { return nil }
        self.init(act: act, object: object, staff: staff, at: Date(milliseconds: at))
    }
}
