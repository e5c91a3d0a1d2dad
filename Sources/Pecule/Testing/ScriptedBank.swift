import Synchronization

/// A bank in the process that does what a test tells it, and remembers what it was asked: for the unit tests of a
/// portal. No socket, no clock; what it is not told goes well.
///
///     let bank = ScriptedBank(Bank(id: id, name: "Banque A", questions: [.debtorIBAN]))
///     bank.next(.initiate, .lost)                    // opened, and the answer was lost: outcome unknown
///     bank.next(.initiate, .refused("AG01"))         // opens nothing
///     bank.approves(onTelephone: "Validez sur votre téléphone.")
///     bank.says(.settled)                            // from now on, at every question
///     bank.next(.ask, .amount(other))                // speaks of another amount: an alarm, never a success
///     let gate = bank.hold(.confirm)                 // answers late: when the test opens the gate
///     #expect(bank.count(.initiate) == 2)
///
/// `questions` of its `Bank` are asked by the gateway, as at any bank.
public final class ScriptedBank: BankProvider {
    /// The calls of a provider.
    public enum Step: String, Sendable, Hashable, CaseIterable {
        case initiate, confirm, ask, cancel
    }

    /// One call as it came in.
    public struct Call: Sendable, Hashable, CustomStringConvertible {
        public let step: Step
        /// What a confirmation brought.
        public let proof: ApprovalProof?

        public var description: String { proof.map { "\(step.rawValue) with \($0.kind.rawValue)" } ?? step.rawValue }
    }

    /// How one call goes instead of well.
    public enum Reply: Sendable {
        /// The bank did not act, and this came back.
        case fault(BankFault)
        /// The bank acted, and the answer was lost.
        case lost
        /// The bank said no, with ISO 20022's code or its own: `AM04`.
        case refused(String)
        /// The bank acted and speaks of another payment.
        case echoing(PaymentEcho)
        /// The bank acted and speaks of another amount.
        case amount(Amount)

        /// What came back instead of a report.
        fileprivate var fault: BankFault? {
            switch self {
            case .fault(let fault): fault
            case .refused(let code): .refused(RejectionReason(code), .init(.misconfigured))
            case .lost: .outcomeUnknown(.init(.timeout))
            case .echoing, .amount: nil
            }
        }

        fileprivate var hasActed: Bool {
            switch self {
            case .fault, .refused: false
            case .lost, .echoing, .amount: true
            }
        }

        fileprivate func echo(of order: TransferOrder) -> PaymentEcho {
            switch self {
            case .echoing(let echo): echo
            case .amount(let amount):
                PaymentEcho(
                    amount: amount, currency: "EUR", creditor: order.payee.iban, endToEndID: order.endToEndID)
            case .fault, .refused, .lost: PaymentEcho(of: order)
            }
        }
    }

    private struct Script: Sendable {
        var status = BankReport.Status.pending
        var confirmed = BankReport.Status.settled
        var cancelled = BankReport.Status.cancelled
        var expects: ApprovalProof.Kind?
        var telephone: String?
        var replies: [Step: [Reply]] = [:]
        var gates: [Step: Gate] = [:]
        var calls: [Call] = []
        var orders: [TransferOrder] = []
        var choices: [BankChoice] = []
    }

    public let bank: Bank
    private let script: Mutex<Script>

    /// - Parameter expects: what the payer's return has to bring before a confirmation.
    public init(_ bank: Bank, expects: ApprovalProof.Kind? = nil) {
        self.bank = bank
        script = Mutex(Script(expects: expects))
    }

    // MARK: What it was asked

    public var calls: [Call] { script.withLock { $0.calls } }
    /// What was to be opened, once for each call.
    public var orders: [TransferOrder] { script.withLock { $0.orders } }
    /// The choices that came with the orders.
    public var choices: [BankChoice] { script.withLock { $0.choices } }

    /// Where the payment stands at the bank.
    public var status: BankReport.Status { script.withLock { $0.status } }

    /// How often this was called.
    public func count(_ step: Step) -> Int { calls.count { $0.step == step } }

    // MARK: What it is told

    /// The payment stands like this at the bank from now on.
    public func says(_ status: BankReport.Status) { script.withLock { $0.status = status } }

    /// Payments opened from now on are approved on the payer's telephone; no browser comes back.
    public func approves(onTelephone message: String) { script.withLock { $0.telephone = message } }

    /// What a confirmation makes of the payment; settled when it is not told.
    public func onConfirmation(_ status: BankReport.Status) { script.withLock { $0.confirmed = status } }

    /// What a cancellation makes of the payment; cancelled when it is not told.
    public func onCancellation(_ status: BankReport.Status) { script.withLock { $0.cancelled = status } }

    /// The next calls of this kind go like this, one after the other.
    public func next(_ step: Step, _ replies: Reply...) {
        script.withLock { $0.replies[step, default: []] += replies }
    }

    /// Calls of this kind wait until the gate opens.
    public func hold(_ step: Step) -> Gate {
        let gate = Gate()
        script.withLock { $0.gates[step] = gate }
        return gate
    }

    // MARK: BankProvider

    public func initiate(_ order: TransferOrder, _ choice: BankChoice) async throws(BankFault) -> BankPayment {
        let number = script.withLock { script in
            script.orders.append(order)
            script.choices.append(choice)
            return script.orders.count
        }
        _ = try await answer(Call(step: .initiate, proof: nil), order) { _ in }
        let (expects, telephone) = script.withLock { ($0.expects, $0.telephone) }
        let link = ApprovalStep.redirect(to: "https://bank.example/approve/\(number)", expires: nil)
        let approval = telephone.map { ApprovalStep.decoupled(message: $0, expires: nil) } ?? link
        return BankPayment(id: "P-\(number)", approval: approval, expects: telephone == nil ? expects : nil)
    }

    public func confirm(
        _ payment: BankPayment, of order: TransferOrder, _ choice: BankChoice, proof: ApprovalProof?
    ) async throws(BankFault) -> BankReport {
        try await answer(Call(step: .confirm, proof: proof), order) { $0.status = $0.confirmed }
    }

    public func report(_ payment: BankPayment, of order: TransferOrder) async throws(BankFault) -> BankReport {
        try await answer(Call(step: .ask, proof: nil), order) { _ in }
    }

    public func cancel(
        _ payment: BankPayment, of order: TransferOrder, _ choice: BankChoice
    ) async throws(BankFault) -> BankReport {
        try await answer(Call(step: .cancel, proof: nil), order) { $0.status = $0.cancelled }
    }

    private func answer(
        _ call: Call, _ order: TransferOrder, act: @Sendable (inout Script) -> Void
    ) async throws(BankFault) -> BankReport {
        let gate = script.withLock { script in
            script.calls.append(call)
            return script.gates[call.step]
        }
        do { try await gate?.pass() } catch { throw .outcomeUnknown(.init(.cancelled)) }
        let (reply, status) = script.withLock { script -> (Reply?, BankReport.Status) in
            let reply = script.replies[call.step]?.isEmpty == false ? script.replies[call.step]?.removeFirst() : nil
            if reply?.hasActed ?? true { act(&script) }
            return (reply, script.status)
        }
        if let fault = reply?.fault { throw fault }
        return BankReport(status, echo: reply?.echo(of: order) ?? PaymentEcho(of: order))
    }
}

extension PaymentEcho {
    /// What an honest bank gives back.
    public init(of order: TransferOrder) {
        self.init(
            amount: order.amount, currency: "EUR", creditor: order.payee.iban, endToEndID: order.endToEndID)
    }
}
