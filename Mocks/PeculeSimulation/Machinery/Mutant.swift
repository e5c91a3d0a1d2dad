/// A bug that is planted to prove that the simulation would find it. None of them exists outside of this module.
public enum Mutant: String, CaseIterable, Sendable {
    /// A write is acknowledged first and done a moment later.
    case acknowledgesBeforeWriting
    /// A write does not look at the version it replaces.
    case overwrites
    /// The monthly cap is checked before the write, not in it.
    case checksCapOutside
    /// The browser's return is taken for the bank's word.
    case believesCallback
    /// What the bank echoes is not compared with the order.
    case ignoresEcho
    /// Every attempt to open a payment has a key of its own.
    case newKeyForEachTry
    /// A confirmation without an answer counts as refused.
    case silenceMeansNo
    /// An accepted order counts as a debited one.
    case acceptedMeansSettled
    /// Nobody looks at what nobody waits for.
    case noSweeper
}
