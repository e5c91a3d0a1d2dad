public import Foundation

/// A transfer as its payer's portal sees it: what to show and what to offer next. What only the gateway and the bank
/// have to know is not in it.
public struct TransferSummary: Sendable, Hashable {
    public let id: TransferID
    /// Rises by one with every change.
    public let version: Int
    /// A proof of approval is never in it.
    public let state: TransferState
    public let outcome: TransferOutcome
    public let amount: Amount
    public let permit: PermitNumber
    public let detainee: Detainee
    public let establishmentName: String
    /// Whose account the money goes to.
    public let payeeName: String
    /// The bank chosen; nil while drafted.
    public let bank: BankID?
    /// The bank's own id of the payment, for its customer service; nil until it opened one.
    public let bankReference: String?
    public let draftedAt: Date
    public let updatedAt: Date

    public init(
        id: TransferID, version: Int, state: TransferState, outcome: TransferOutcome, amount: Amount,
        permit: PermitNumber, detainee: Detainee, establishmentName: String, payeeName: String, bank: BankID?,
        bankReference: String?, draftedAt: Date, updatedAt: Date
    ) {
        (self.id, self.version, self.state, self.outcome) = (id, version, state, outcome)
        (self.amount, self.permit, self.detainee) = (amount, permit, detainee)
        (self.establishmentName, self.payeeName) = (establishmentName, payeeName)
        (self.bank, self.bankReference) = (bank, bankReference)
        (self.draftedAt, self.updatedAt) = (draftedAt, updatedAt)
    }

    /// What of a transfer its payer's portal may see.
    public init(_ transfer: Transfer) {
        let order = transfer.order
        self.init(
            id: order.id, version: transfer.version, state: transfer.state.withoutProof, outcome: transfer.outcome,
            amount: order.amount, permit: order.permit, detainee: order.detainee,
            establishmentName: order.establishmentName, payeeName: order.payee.name, bank: transfer.choice?.bank,
            bankReference: transfer.payment?.id, draftedAt: order.draftedAt, updatedAt: transfer.updatedAt)
    }
}

extension TransferState {
    fileprivate var withoutProof: TransferState { if case .confirming = self { .confirming(nil) } else { self } }
}
