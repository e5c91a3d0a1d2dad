/// What a caller may do.
public enum Scope: String, Sendable, Hashable, CaseIterable {
    /// Draft, choose a bank, come back from it, cancel.
    case pay
    /// Look at transfers, histories and banks.
    case read
    /// What an operator does: cases, webhooks.
    case operate
}
