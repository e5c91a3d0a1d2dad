import Pecule

/// A bank reduced to what matters for money: payments, their approval and confirmation, and debits.
///
/// Like STET banks it knows no idempotency key: every initiation that reaches it opens a payment of its own.
struct ModelBank {
    enum Flow: CaseIterable { case byItself, confirmation, code }

    struct Payment {
        var status = BankReport.Status.pending
        var code: String?
        var codeIsUsed = false
    }

    let flow: Flow
    /// Takes from the payer what it likes, and says so.
    let takesOtherAmount: Bool
    private(set) var payments: [Payment] = []
    private(set) var debits: [Amount] = []

    var expects: ApprovalProof.Kind? { flow == .code ? .authorizationCode : nil }

    init(_ flow: Flow, takesOtherAmount: Bool) {
        self.flow = flow
        self.takesOtherAmount = takesOtherAmount
    }

    func debit(for order: TransferOrder) -> Amount {
        takesOtherAmount ? Amount(cents: order.amount.cents + 1) ?? order.amount : order.amount
    }

    /// A payment that is or can become a debit, given that its payer was sent to this one.
    func canStillDebit(_ id: Int) -> Bool {
        switch payments[id].status {
        case .pending, .approved, .executing, .settled: true
        case .rejected, .denied, .expired, .cancelled: false
        }
    }

    mutating func initiate() -> BankPayment {
        payments.append(Payment())
        return BankPayment(
            id: "\(payments.count - 1)", approval: .redirect(to: "https://bank.example/", expires: nil),
            expects: expects)
    }

    mutating func approve(_ id: Int) {
        guard payments[id].status == .pending else { return }
        payments[id].status = flow == .byItself ? .executing : .approved
        if flow == .code { payments[id].code = "code-\(id)" }
    }

    mutating func deny(_ id: Int) {
        if payments[id].status == .pending { payments[id].status = .denied }
    }

    /// What is not on its way to execution comes to its end.
    mutating func expire(_ id: Int) {
        if payments[id].status == .pending || payments[id].status == .approved { payments[id].status = .expired }
    }

    /// The code is exchanged first, and only once, whatever comes after; nil is a refusal.
    mutating func confirm(_ id: Int, _ proof: ApprovalProof?) -> BankReport.Status? {
        if flow == .code {
            guard let code = payments[id].code, proof == .authorizationCode(code), !payments[id].codeIsUsed
            else { return nil }
            payments[id].codeIsUsed = true
        }
        if payments[id].status == .approved { payments[id].status = .executing }
        return payments[id].status == .pending ? nil : payments[id].status
    }

    mutating func cancel(_ id: Int) -> BankReport.Status {
        if payments[id].status == .pending || payments[id].status == .approved { payments[id].status = .cancelled }
        return payments[id].status
    }

    /// Books what executes, or finds no money.
    mutating func book(_ id: Int, _ order: TransferOrder, hasMoney: Bool) {
        guard payments[id].status == .executing else { return }
        payments[id].status = hasMoney ? .settled : .rejected(.insufficientFunds)
        if hasMoney { debits.append(debit(for: order)) }
    }
}
