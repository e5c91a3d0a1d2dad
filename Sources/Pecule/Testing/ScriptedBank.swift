import Synchronization

/// A bank in the process that does what a test tells it, and remembers what it was asked: for the unit tests of a
/// portal. No socket, no clock; what it is not told goes well.
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
        /// The bank acted and speaks of another payment.
        case echoing(PaymentEcho)
    }

    private struct Script: Sendable {
        var status = BankReport.Status.pending
        var confirmed = BankReport.Status.settled
        var cancelled = BankReport.Status.cancelled
        var expects: ApprovalProof.Kind?
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

    /// How often this was called.
    public func count(_ step: Step) -> Int { calls.count { $0.step == step } }

    // MARK: What it is told

    /// The payment stands like this at the bank from now on.
    public func says(_ status: BankReport.Status) { script.withLock { $0.status = status } }

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
        return BankPayment(
            id: "P-\(number)", approval: .redirect(to: "https://bank.example/approve/\(number)", expires: nil),
            expects: script.withLock { $0.expects })
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
            if case .fault = reply {} else { act(&script) }
            return (reply, script.status)
        }
        switch reply {
        case .fault(let fault): throw fault
        case .lost: throw .outcomeUnknown(.init(.timeout))
        case .echoing(let echo): return BankReport(status, echo: echo)
        case nil: return BankReport(status, echo: PaymentEcho(of: order))
        }
    }
}

extension PaymentEcho {
    /// What an honest bank gives back.
    public init(of order: TransferOrder) {
        self.init(
            amount: order.amount, currency: "EUR", creditor: order.payee.iban, endToEndID: order.endToEndID)
    }
}
