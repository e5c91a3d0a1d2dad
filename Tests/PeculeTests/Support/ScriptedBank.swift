import Pecule
import Synchronization

/// A bank in the process that does what a test tells it, and remembers what it was asked.
final class ScriptedBank: BankProvider {
    enum Call: Hashable, Sendable {
        case initiate, confirm(ApprovalProof?), report, cancel

        var name: String {
            switch self {
            case .initiate: "initiate"
            case .confirm(nil): "confirm"
            case .confirm(let proof?): "confirm with \(proof.kind.rawValue)"
            case .report: "ask"
            case .cancel: "cancel"
            }
        }

        var proof: ApprovalProof? { if case .confirm(let proof) = self { proof } else { nil } }
    }

    /// How one call goes. What is not told goes well.
    enum Reply: Sendable {
        /// The bank did not act, and this came back.
        case fault(BankFault)
        /// The bank acted, and the answer was lost.
        case lost
        /// The bank acted and speaks of another payment.
        case echoing(PaymentEcho)
    }

    struct Script: Sendable {
        var status = BankReport.Status.pending
        /// What a confirmation makes of the payment.
        var confirmed = BankReport.Status.settled
        var cancelled = BankReport.Status.cancelled
        var expects: ApprovalProof.Kind?
        var replies: [String: [Reply]] = [:]
        var gates: [String: Gate] = [:]
        fileprivate(set) var calls: [Call] = []
        fileprivate(set) var orders: [TransferOrder] = []
        fileprivate(set) var choices: [BankChoice] = []
    }

    let bank: Bank
    private let script: Mutex<Script>

    init(_ id: String = "deux-rives", expects: ApprovalProof.Kind? = nil, limits: ClosedRange<Amount>? = nil) {
        bank = Bank(id: Sample.bank(id), name: "Banque \(id)", limits: limits)
        script = Mutex(Script(expects: expects))
    }

    var calls: [Call] { script.withLock { $0.calls } }
    var trace: String { calls.map(\.name).joined(separator: ", ") }
    var orders: [TransferOrder] { script.withLock { $0.orders } }
    var choices: [BankChoice] { script.withLock { $0.choices } }

    func count(_ name: String) -> Int { calls.count { $0.name.hasPrefix(name) } }

    /// The payment stands like this at the bank from now on.
    func says(_ status: BankReport.Status) { script.withLock { $0.status = status } }

    func onConfirmation(_ status: BankReport.Status) { script.withLock { $0.confirmed = status } }

    func onCancellation(_ status: BankReport.Status) { script.withLock { $0.cancelled = status } }

    /// The next calls of this name go like this, one after the other.
    func next(_ name: String, _ replies: Reply...) {
        script.withLock { $0.replies[name, default: []] += replies }
    }

    /// Calls of this name wait at the door until it opens.
    func hold(_ name: String) -> Gate {
        let gate = Gate()
        script.withLock { $0.gates[name] = gate }
        return gate
    }

    func initiate(_ order: TransferOrder, _ choice: BankChoice) async throws(BankFault) -> BankPayment {
        let number = script.withLock { script in
            script.orders.append(order)
            script.choices.append(choice)
            return script.orders.count
        }
        _ = try await answer(.initiate, order) { _ in }
        return BankPayment(
            id: "P-\(number)", approval: .redirect(to: "https://bank.example/approve/\(number)", expires: nil),
            expects: script.withLock { $0.expects })
    }

    func confirm(
        _ payment: BankPayment, of order: TransferOrder, _ choice: BankChoice, proof: ApprovalProof?
    ) async throws(BankFault) -> BankReport {
        try await answer(.confirm(proof), order) { $0.status = $0.confirmed }
    }

    func report(_ payment: BankPayment, of order: TransferOrder) async throws(BankFault) -> BankReport {
        try await answer(.report, order) { _ in }
    }

    func cancel(
        _ payment: BankPayment, of order: TransferOrder, _ choice: BankChoice
    ) async throws(BankFault) -> BankReport {
        try await answer(.cancel, order) { $0.status = $0.cancelled }
    }

    private func answer(
        _ call: Call, _ order: TransferOrder, act: @Sendable (inout Script) -> Void
    ) async throws(BankFault) -> BankReport {
        let kind = String(call.name.prefix { $0 != " " })
        let gate = script.withLock { script in
            script.calls.append(call)
            return script.gates[kind]
        }
        do { try await gate?.pass() } catch { throw .outcomeUnknown(.init(.cancelled)) }
        let (reply, status) = script.withLock { script -> (Reply?, BankReport.Status) in
            let reply = script.replies[kind]?.isEmpty == false ? script.replies[kind]?.removeFirst() : nil
            if case .fault = reply {} else { act(&script) }
            return (reply, script.status)
        }
        switch reply {
        case .fault(let fault): throw fault
        case .lost: throw .timeout
        case .echoing(let echo): return BankReport(status, echo: echo)
        case nil: return BankReport(status, echo: Sample.echo(of: order))
        }
    }
}
