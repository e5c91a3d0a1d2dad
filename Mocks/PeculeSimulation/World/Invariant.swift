/// The promises that are watched.
public enum Invariant: String, CaseIterable, Sendable {
    // Money.
    case settledOnce = "M1 settled means debited once, of the amount ordered"
    case failedNever = "M1 failed means not debited"
    case failedForGood = "U1 failed means never debited later"
    case orderStays = "M5 the order stays as it was drafted"
    case conserved = "M6 what is debited is what the accounts lost"
    case noOverdraft = "M6 no overdraft"
    case destination = "M7 only the payee is credited"
    case noOrphan = "R2 no debit without a settled transfer"
    // What the payer is shown.
    case history = "R1 the payers' history is the transfers that reached a bank"
    case returnOfOwner = "C4 another browser's return is not taken"
    case uniqueStates = "X9 no two transfers share a secret of return"
    // States.
    case versions = "S3 versions rise by one"
    case finalStays = "S2 final states stay"
    case monotone = "S2 states never fall back"
    case times = "S4 times never decrease"
    case events = "S10 each change has its event"
    case notices = "C8 each change has its notice"
    // The store.
    case insertedOnce = "D2 one insertion for each id"
    case nothingFromNowhere = "D2 nothing is there that nobody asked for"
    case durable = "D1 what was acknowledged is there"
    case cap = "L1 the monthly cap"
    // Ends.
    case ends = "V1 every transfer ends within ten minutes of calm"
    case bounded = "V2 requests to the bank for one transfer are bounded"
    case noLoop = "V4 nothing loops for ever"
    case hostilityFound = "X10 what a false bank did is found by the auditor"
    case auditSilent = "R6 the auditor finds nothing where nothing is wrong"
}

/// A promise that was not kept.
public struct Violation: Sendable, Equatable, CustomStringConvertible {
    public let invariant: Invariant
    /// Which of the run's transfers, if it is about one.
    public let transfer: Int?
    public let detail: String

    public var description: String { "\(invariant.rawValue): \(detail)" }
}

/// A state and an event that changed it.
public struct Transition: Hashable, Sendable, Comparable, CustomStringConvertible {
    let state: String
    let event: String

    public var description: String { "\(state) + \(event)" }

    public static func < (one: Transition, other: Transition) -> Bool { one.description < other.description }
}
