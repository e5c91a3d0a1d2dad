public import Foundation

/// What is to be transferred, by whom, to whom: fixed when drafted, never changed after.
public struct TransferOrder: Sendable, Hashable {
    public let id: TransferID
    public let payer: Payer
    public let permit: PermitNumber
    public let detainee: Detainee
    public let establishmentName: String
    public let amount: Amount
    public let payee: Payee
    public let remittance: Remittance
    public let draftedAt: Date

    public init(
        id: TransferID, payer: Payer, permit: VisitPermit, establishment: Establishment, amount: Amount, at now: Date
    ) {
        self.id = id
        self.payer = payer
        self.permit = permit.number
        detainee = permit.detainee
        establishmentName = establishment.name
        self.amount = amount
        payee = establishment.payee
        remittance = Remittance(for: permit.detainee)
        draftedAt = now
    }

    /// The end-to-end id at the bank. One transfer, one id, over every retry and restart.
    public var endToEndID: String { id.text }

    /// What the caller asked differently under the same id; empty when it is the same request again. Another payer
    /// learns nothing else of the transfer.
    func conflicts(payer: Payer, permit: PermitNumber, amount: Amount) -> [OrderField] {
        var fields: [OrderField] = []
        if self.payer.account != payer.account { return [.payer] }
        if self.permit != permit { fields.append(.permit) }
        if self.amount != amount { fields.append(.amount) }
        return fields
    }

    /// Compares what a bank says it executes with what was ordered.
    func differences(from echo: PaymentEcho) -> [EchoDifference] {
        var found: [EchoDifference] = []
        if echo.amount != amount { found.append(.amount(ordered: amount, echoed: echo.amount)) }
        if echo.currency != "EUR" { found.append(.currency(echoed: echo.currency)) }
        if echo.creditor != payee.iban { found.append(.creditor) }
        if echo.endToEndID != endToEndID { found.append(.endToEndID) }
        return found
    }
}

/// The parts of an order that the caller chooses.
public enum OrderField: String, Sendable, Hashable {
    case payer, permit, amount
}
