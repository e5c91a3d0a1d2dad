public import Foundation
public import Pecule
import PeculeCrypto
import PeculeHTTP

/// What somebody has to be told of an application by mail, once.
public struct ApplicationNotice: Sendable, Hashable {
    /// What happened, with all that is told of it: by the time it is told, the application may be further.
    public enum Kind: Sendable, Hashable {
        case submitted
        case complementRequested(PieceKind)
        case accepted, refused, cancelled
    }

    public let kind: Kind
    /// The same for every attempt, and for no other notice: what makes it go out once.
    public let id: String
    public let at: Date
}

/// An application in the store, with what is still to be done about it.
struct KeptApplication: TextItem {
    static let kind = "permit-application"

    /// An erasure that was begun: whatever happens meanwhile, it is finished, and proved once.
    struct Erasing: Equatable {
        let rule: ApplicationErasure.Rule
        let begunAt: Date
        /// Proofs there were before.
        let proofs: Int
        let count: Int
    }

    var application: PermitApplication
    var notices: [ApplicationNotice] = []
    var erasing: Erasing?

    init(_ application: PermitApplication) { self.application = application }

    /// All of one account stand together, under a name that says nothing of it.
    static func itemID(_ id: ApplicationID, of account: AccountID) -> String { "\(accountKey(account))/\(id)" }

    static func accountKey(_ account: AccountID) -> String { Base64URL.encode(SHA256.digest(account.revealed.utf8)) }

    var itemID: String { Self.itemID(application.id, of: application.applicant.account) }

    /// When somebody has to look at it again.
    func due(_ retention: ApplicationRetention) -> Date? {
        [notices.first?.at, erasing?.begunAt, retention.nextErasure(of: application)?.at].compactMap(\.self).min()
    }

    /// Notes what is to be told of a status that was just reached.
    mutating func noteReached(at now: Date) {
        let kind: ApplicationNotice.Kind? =
            switch application.status {
            case .submitted: .submitted
            case .complementRequested(let asked): .complementRequested(asked.piece)
            case .accepted: .accepted
            case .refused: .refused
            case .cancelled: application.reached(.submitted) == nil ? nil : .cancelled
            case .draft, .underReview: nil
            }
        guard let kind else { return }
        let id = "\(application.id)-\(application.milestones.count)"
        notices.append(ApplicationNotice(kind: kind, id: id, at: now))
    }

    var json: JSON {
        .present([
            ("application", application.json), ("notices", .array(notices.map(\.json))), ("erasing", erasing?.json),
        ])
    }

    init?(_ json: JSON) {
        guard let application = json["application"].flatMap(PermitApplication.init),
            let notices = json["notices"]?.array?.compactMap(ApplicationNotice.init)
        else { return nil }
        (self.application, self.notices) = (application, notices)
        erasing = json["erasing"].flatMap(Erasing.init)
    }
}

extension ApplicationNotice {
    fileprivate var json: JSON {
        .present([
            ("kind", .string(kind.name)), ("piece", kind.piece.map { .string($0.rawValue) }), ("id", .string(id)),
            ("at", .integer(at.milliseconds)),
        ])
    }

    fileprivate init?(_ json: JSON) {
        let piece = json["piece"]?.string.flatMap(PieceKind.init)
        guard let kind = json["kind"]?.string.flatMap({ Kind($0, piece) }), let id = json["id"]?.string,
            let at = json["at"]?.integer
        else { return nil }
        self.init(kind: kind, id: id, at: Date(milliseconds: at))
    }
}

extension ApplicationNotice.Kind {
    fileprivate var name: String {
        switch self {
        case .submitted: "submitted"
        case .complementRequested: "complementRequested"
        case .accepted: "accepted"
        case .refused: "refused"
        case .cancelled: "cancelled"
        }
    }

    fileprivate var piece: PieceKind? { if case .complementRequested(let piece) = self { piece } else { nil } }

    fileprivate init?(_ name: String, _ piece: PieceKind?) {
        let kinds: [Self?] = [.submitted, piece.map(Self.complementRequested), .accepted, .refused, .cancelled]
        guard let kind = kinds.compactMap(\.self).first(where: { $0.name == name }) else { return nil }
        self = kind
    }
}

extension KeptApplication.Erasing {
    fileprivate var json: JSON {
        [
            "rule": .string(rule.rawValue), "begun": .integer(begunAt.milliseconds), "proofs": .integer(proofs),
            "count": .integer(count),
        ]
    }

    fileprivate init?(_ json: JSON) {
        guard let rule = json["rule"]?.string.flatMap(ApplicationErasure.Rule.init),
            let begun = json["begun"]?.integer, let proofs = json["proofs"]?.integer,
            let count = json["count"]?.integer
        else { return nil }
        self.init(rule: rule, begunAt: Date(milliseconds: begun), proofs: proofs, count: count)
    }
}
