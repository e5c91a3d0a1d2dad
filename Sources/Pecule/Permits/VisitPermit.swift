/// A visiting permit (« permis de visite »): strictly personal to its holder.
public struct VisitPermit: Sendable, Hashable {
    /// Only an active permit carries transfers.
    public enum Status: String, Sendable, Hashable, CaseIterable {
        case active, suspended, withdrawn, expired
    }

    public let number: PermitNumber
    public let holder: PersonName
    public let detainee: Detainee
    public let status: Status
    /// The account on whose personal space the permit was registered; nil before that.
    public let registeredBy: AccountID?

    public init(
        number: PermitNumber, holder: PersonName, detainee: Detainee, status: Status, registeredBy: AccountID?
    ) {
        self.number = number
        self.holder = holder
        self.detainee = detainee
        self.status = status
        self.registeredBy = registeredBy
    }

    /// Why this payer cannot send money under this permit; nil when nothing stands against it.
    ///
    /// For anyone but the holder the answer is the one for a number that does not exist, so that permits cannot be
    /// searched for.
    public func refusal(for payer: Payer) -> PermitRefusal? {
        guard holder.isSamePerson(as: payer.name) else { return .unknown }
        guard let registeredBy else { return .notRegistered }
        guard registeredBy == payer.account else { return .unknown }
        return status == .active ? nil : .notActive(status)
    }
}

/// The relative who pays: an account of the portal and the identity behind it.
public struct Payer: Sendable, Hashable {
    public let account: AccountID
    public let name: PersonName

    public init(account: AccountID, name: PersonName) {
        self.account = account
        self.name = name
    }
}

/// Why a permit does not carry a transfer.
public enum PermitRefusal: Sendable, Hashable, CustomStringConvertible {
    /// No such permit, or not this payer's: nobody learns which.
    case unknown
    case notRegistered
    case notActive(VisitPermit.Status)
    /// The establishment does not take transfers at present.
    case establishmentClosed
    /// The person, the establishment or its account is another one than when the transfer was drafted.
    case changed

    /// Stable, for machines.
    public var code: String {
        switch self {
        case .unknown: "unknown"
        case .notRegistered: "not_registered"
        case .notActive(let status): status.rawValue
        case .establishmentClosed: "establishment_closed"
        case .changed: "changed"
        }
    }

    /// Nil for a text that `code` does not write.
    public init?(code: String) {
        switch code {
        case "unknown": self = .unknown
        case "not_registered": self = .notRegistered
        case "establishment_closed": self = .establishmentClosed
        case "changed": self = .changed
        default:
            guard let status = VisitPermit.Status(rawValue: code) else { return nil }
            self = .notActive(status)
        }
    }

    public var description: String {
        switch self {
        case .unknown: "permit: no permit of this number is granted to this payer"
        case .notRegistered: "permit: register it on the personal space first"
        case .notActive(let status): "permit: \(status.rawValue); only an active permit carries transfers"
        case .establishmentClosed: "permit: the establishment does not accept transfers at present"
        case .changed: "permit: it changed since the transfer was drafted; draft a new one"
        }
    }
}
