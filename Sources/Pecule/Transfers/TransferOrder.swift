public import Foundation

/// What is to be transferred, by whom, to whom: fixed when drafted, never changed after.
public struct TransferOrder: Sendable, Hashable {
    /// In one place for all copies of the order: a transfer is copied at every step, its order is always the same.
    private let fixed: Fixed

    private final class Fixed: Sendable {
        let terms: OrderTerms
        init(_ terms: OrderTerms) { self.terms = terms }
    }

    init(_ terms: OrderTerms) { fixed = Fixed(terms) }

    public init(
        id: TransferID, payer: Payer, permit: VisitPermit, establishment: Establishment, amount: Amount, at now: Date
    ) {
        self.init(
            OrderTerms(
                id: id, payer: payer, permit: permit.number, detainee: permit.detainee,
                establishmentName: establishment.name, amount: amount, payee: establishment.payee,
                remittance: Remittance(for: permit.detainee), draftedAt: now))
    }

    public var id: TransferID { fixed.terms.id }
    public var payer: Payer { fixed.terms.payer }
    public var permit: PermitNumber { fixed.terms.permit }
    public var detainee: Detainee { fixed.terms.detainee }
    public var establishmentName: String { fixed.terms.establishmentName }
    public var amount: Amount { fixed.terms.amount }
    public var payee: Payee { fixed.terms.payee }
    public var remittance: Remittance { fixed.terms.remittance }
    public var draftedAt: Date { fixed.terms.draftedAt }

    public static func == (one: TransferOrder, other: TransferOrder) -> Bool {
        one.fixed === other.fixed || one.fixed.terms == other.fixed.terms
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(fixed.terms) }

    /// The end-to-end id at the bank. One transfer, one id, over every retry and restart.
    public var endToEndID: String { id.text }

    /// What the caller asked differently under the same id; empty when it is the same request again. Another payer
    /// learns nothing else of the transfer.
    func conflicts(payer: Payer, permit: PermitNumber, amount: Amount) -> [OrderField] {
        var fields: [OrderField] = []
        if self.payer != payer { return [.payer] }
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

/// Everything that an order says.
struct OrderTerms: Sendable, Hashable {
    let id: TransferID
    let payer: Payer
    let permit: PermitNumber
    let detainee: Detainee
    let establishmentName: String
    let amount: Amount
    let payee: Payee
    let remittance: Remittance
    let draftedAt: Date
}
