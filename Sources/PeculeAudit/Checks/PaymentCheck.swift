/// What a bank says of its payments agrees with the transfers that they are for (R1, S2, M5, M7).
struct PaymentCheck {
    private let transfer: TransferRow
    private let payments: [Bookings.Payment]
    private let isDebited: Bool
    private(set) var findings: [Finding] = []

    static func findings(in store: Store, _ bookings: Bookings) -> [Finding] {
        let owners = Dictionary(
            bookings.payments.values.flatMap(\.self).map { (Key($0.bank, $0.payment.id), $0.payment.endToEndID) },
            uniquingKeysWith: { first, _ in first })
        return store.transfers.flatMap { transfer in
            var check = PaymentCheck(transfer, bookings)
            check.compareOwner(owners)
            check.compareOrder()
            check.compareState()
            return check.findings
        }
    }

    private struct Key: Hashable {
        let bank: String
        let payment: String

        init(_ bank: String, _ payment: String) {
            self.bank = bank
            self.payment = payment
        }
    }

    private init(_ transfer: TransferRow, _ bookings: Bookings) {
        self.transfer = transfer
        payments = bookings.payments[transfer.id] ?? []
        isDebited = bookings.executions[transfer.id] != nil
    }

    /// The payment that the transfer remembers is the bank's, and for this transfer.
    private mutating func compareOwner(_ owners: [Key: String]) {
        guard let bank = transfer.bank, let payment = transfer.paymentID else { return }
        guard let owner = owners[Key(bank, payment)] else {
            return add(.paymentMissing, "the payment of the transfer", "none of that id at \(Mask.id(bank))")
        }
        if owner != transfer.id { add(.paymentTransfer, transfer.id, Mask.id(owner)) }
    }

    /// Every payment is what was ordered, and at most one can debit.
    private mutating func compareOrder() {
        for payment in payments.map(\.payment) {
            if payment.amountCents != transfer.amountCents {
                findings.append(
                    Finding(
                        .paymentAmount, .payments, transfer.id, expectedCents: transfer.amountCents,
                        foundCents: payment.amountCents))
            }
            if payment.creditor != transfer.payee {
                add(.paymentPayee, Mask.account(transfer.payee), Mask.account(payment.creditor))
            }
        }
        let living = payments.count { !$0.payment.isRejected }
        if living > 1 { add(.paymentTwice, "one that may debit", "\(living)") }
    }

    private mutating func compareState() {
        let living = payments.filter { !$0.payment.isRejected }
        switch transfer.state {
        case .drafted, .initiating:
            if !transfer.mayHaveReachedBank, !living.isEmpty {
                add(.paymentUnintended, "none that may debit in \(transfer.state)", Self.status(living))
            }
        case .failed:
            if !living.isEmpty, !isDebited { add(.paymentAlive, "none that may debit", Self.status(living)) }
        case .settled:
            if !payments.isEmpty, !payments.contains(where: \.payment.isSettled) {
                add(.paymentStatus, "ACSC", Self.status(payments))
            }
        case .awaitingApproval, .confirming, .executing: break
        }
    }

    private mutating func add(_ code: FindingCode, _ expected: String, _ found: String) {
        findings.append(Finding(code, .payments, transfer.id, expected: expected, found: found))
    }

    private static func status(_ payments: [Bookings.Payment]) -> String {
        payments.map(\.payment.shownStatus).joined(separator: ", ")
    }
}
