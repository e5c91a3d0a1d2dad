/// A bug that is planted to prove that the simulation would find it. None of them exists outside of this module.
public enum Mutant: String, CaseIterable, Sendable {
    // The store.
    /// A write is acknowledged first and done a moment later.
    case acknowledgesBeforeWriting
    /// A write does not look at the version it replaces.
    case overwrites
    /// The monthly cap is checked before the write, not in it.
    case checksCapOutside
    /// The monthly cap is not checked at all.
    case ignoresCap
    /// A draft that is there already is taken for a new one.
    case insertsAgain
    /// A change is written, and its notice is not.
    case losesNotices
    /// A transfer forgets when to look again.
    case losesDeadline
    /// A process reads what it has once read for ever.
    case staleReads
    /// A change raises the version by two.
    case skipsVersions
    /// The time of a change is the clock's, even where the clock was set back.
    case believesClock
    /// An order that the bank executes is stored as one that can still be approved.
    case fallsBack
    /// A failed transfer is stored as one that can still be approved.
    case revivesFailed
    /// Drafts are never looked at again.
    case forgetsDrafts
    /// A write is given to the system and never synced to the disk (in the SQLite store).
    case neverSyncs
    /// The history leaves out what is not yet final.
    case hidesUnfinished
    // The bank's connector.
    /// What the bank echoes is not compared with the order.
    case ignoresEcho
    /// A confirmation without an answer counts as refused.
    case silenceMeansNo
    /// A confirmation without an answer counts as debited.
    case silenceMeansYes
    /// An accepted order counts as a debited one.
    case acceptedMeansSettled
    /// An approved order counts as a debited one.
    case approvedMeansSettled
    /// A rejected order counts as a debited one.
    case rejectedMeansSettled
    /// An order that nobody has answered yet counts as expired.
    case pendingMeansExpired
    /// A cancellation that the bank refused counts as done.
    case cancelsWithoutTheBank
    /// A question that the bank refused counts as a rejected order.
    case refusedQuestionMeansRejected
    /// A question without an answer is asked again at once, sixty times.
    case storms
    // On the wire.
    /// Every attempt to open a payment has a key of its own.
    case newKeyForEachTry
    /// The amount sent is not the one ordered.
    case sendsOtherAmount
    /// The payee sent is not the one ordered.
    case sendsOtherPayee
    // The process.
    /// Nobody looks at what nobody waits for.
    case noSweeper
    /// The sweeper ends when the store cannot be read once.
    case sweeperStopsOnFault
    /// A gateway that crashed stays down.
    case neverStartsAgain
    /// The clock stands still.
    case stoppedClock
    /// Secrets are not drawn, but the same each time.
    case predictableSecrets
    // The portal.
    /// The browser's return is taken for the bank's word.
    case believesCallback
    /// A return that says that the payer refused is taken for the bank's word.
    case believesRefusal
    /// A notification is taken for the bank's word.
    case believesNotification
    /// The browser that comes back is not compared with the one that left.
    case takesAnyBrowser
}

extension Mutant {
    /// The one that is planted to be found, always.
    public static let canary = Mutant.believesCallback

    /// The promises of which it breaks one.
    public var breaks: [Invariant] {
        switch self {
        case .acknowledgesBeforeWriting: [.durable, .nothingFromNowhere, .versions, .events]
        case .overwrites: [.versions, .finalStays]
        case .checksCapOutside, .ignoresCap: [.cap]
        case .insertsAgain: [.insertedOnce]
        case .losesNotices: [.notices]
        case .losesDeadline, .staleReads, .forgetsDrafts, .noSweeper, .sweeperStopsOnFault, .neverStartsAgain,
            .stoppedClock:
            [.ends]
        case .skipsVersions: [.versions]
        case .believesClock: [.times]
        case .fallsBack: [.monotone, .ends]
        case .revivesFailed: [.monotone, .finalStays, .ends]
        case .neverSyncs: [.durable, .nothingFromNowhere, .versions, .events]
        case .hidesUnfinished: [.history]
        case .ignoresEcho, .silenceMeansYes, .acceptedMeansSettled, .approvedMeansSettled, .rejectedMeansSettled,
            .believesCallback, .believesNotification:
            [.settledOnce]
        case .silenceMeansNo, .cancelsWithoutTheBank, .refusedQuestionMeansRejected: [.failedForGood, .failedNever]
        case .pendingMeansExpired, .believesRefusal: [.failedForGood, .failedNever]
        case .storms: [.bounded]
        case .newKeyForEachTry: [.ends, .noOrphan]
        case .sendsOtherAmount: [.ends]
        case .sendsOtherPayee: [.ends, .destination]
        case .predictableSecrets: [.uniqueStates]
        case .takesAnyBrowser: [.returnOfOwner]
        }
    }
}
