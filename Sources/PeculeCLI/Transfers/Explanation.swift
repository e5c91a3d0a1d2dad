import Foundation
import Pecule
import PeculeGatewayAPI

/// What happened to a transfer, step by step, and by which rule. Holds nothing personal: to be pasted into a ticket.
struct Explanation {
    let transfer: Transfer
    /// By time.
    let steps: [Step]

    /// - Parameter told: what webhooks were told of it.
    init(transfer: Transfer, records: [TransferRecord], told: [(webhook: String, attempt: WebhookAttempt)] = []) {
        self.transfer = transfer
        let all = records.map(Step.change) + told.map(Step.told)
        // At the same millisecond, the change is why somebody was told.
        steps = all.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    var lines: [String] {
        let order = transfer.order
        var lines = [
            "transfer \(transfer.id), \(order.amount), \(transfer.choice?.bank.text ?? "no bank"), people masked",
            "drafted \(Self.time(order.draftedAt))",
        ]
        for step in steps { lines += ["\(Self.time(step.at))  \(step.label)  \(step.text)", "    \(step.rule)"] }
        return lines + [now]
    }

    private var now: String {
        switch transfer.outcome {
        case .chooseBank: "now: no bank has it; given up \(transfer.deadline.map(Self.time) ?? "never")"
        case .approve: "now: the payer decides at the bank; looked at again \(next)"
        case .underway: "now: on its way; the bank is asked again \(next)"
        case .unknown(let since): "now: no answer since \(Self.time(since)); the bank is asked again \(next)"
        case .settled: "now: settled, final"
        case .failed(let reason): "now: failed (\(reason.code)), final; nothing was or will be debited"
        }
    }

    private var next: String { transfer.deadline.map(Self.time) ?? "only after an operator's review" }

    static func time(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
