import Foundation
import Pecule
import PeculeGatewayAPI

extension Explanation {
    /// Who does what to whom in one step.
    enum Actor: String {
        case payer, gateway, bank, webhook
    }

    /// One thing that happened.
    enum Step {
        case change(TransferRecord)
        /// A webhook, by its id, was told or not reached.
        case told(webhook: String, WebhookAttempt)

        var at: Date {
            switch self {
            case .change(let record): record.at
            case .told(_, let attempt): attempt.at
            }
        }

        /// What stands before it: the version of the transfer, or the number of the attempt.
        var label: String {
            switch self {
            case .change(let record): "v\(record.version)"
            case .told(_, let attempt): "#\(attempt.number)"
            }
        }

        /// What happened, and what came of it.
        var text: String { "\(words) -> \(result)" }

        var words: String {
            switch self {
            case .change(let record): record.event + (record.detail.isEmpty ? "" : " (\(record.detail))")
            case .told(let webhook, let attempt): "\(webhook) told \(attempt.event)"
            }
        }

        var result: String {
            switch self {
            case .change(let record): record.state
            case .told(_, let attempt):
                "\(attempt.outcome.rawValue) (\(attempt.status.map(String.init) ?? attempt.fault ?? "no answer"))"
            }
        }

        /// The rule that fired, and what to look for in the log.
        var rule: String {
            switch self {
            case .change(let record): "\(record.rule); correlation \(record.correlation)"
            case .told(_, let attempt): attempt.rule
            }
        }

        /// From whom to whom it went.
        var way: (from: Actor, to: Actor) {
            switch self {
            case .change(let record): record.way
            case .told: (.gateway, .webhook)
            }
        }

        /// Whether the other side was not heard.
        var isUnanswered: Bool {
            switch self {
            case .change(let record): record.event == "bankSilent"
            case .told(_, let attempt): attempt.outcome != .delivered
            }
        }
    }
}

extension WebhookAttempt {
    fileprivate var rule: String {
        switch outcome {
        case .delivered: "answered with 2xx: the next of this transfer may go"
        case .failed: "any other answer, or none: tried again \(next.map(Explanation.time) ?? "later")"
        case .givenUp: "the last attempt of this event: it is not sent again, the next one is"
        case .gone: "410: nothing is sent there any more"
        }
    }
}

extension TransferRecord {
    /// The rule of the state table that fired (StateTable.md).
    fileprivate var rule: String {
        switch event {
        case "bankChosen": "the intent is durable before the bank hears of it"
        case "initiated": "the bank opened the payment; the payer has to approve it there"
        case "bankRefused": "a refusal ends what was never opened"
        case "payerReturned": "a return is never believed: it is a reason to confirm or to ask"
        case "reported": "only the bank's word moves a transfer that has started"
        case "bankSilent": "no usable answer: nothing is assumed, the bank is asked again"
        case "deadlinePassed": "the sweeper's turn: nobody else was looking"
        case "bankNotified": "a notification is only a reason to ask"
        case "cancelRequested": state == "failed" ? "no bank had it yet" : "the bank decides whether it lets go"
        case "operatorReviewed": "somebody has looked; the bank is asked at once"
        default: "unknown to this release"
        }
    }

    fileprivate var way: (from: Explanation.Actor, to: Explanation.Actor) {
        switch event {
        case "bankChosen", "payerReturned", "cancelRequested": (.payer, .gateway)
        case "initiated", "bankRefused", "reported", "bankSilent", "bankNotified": (.bank, .gateway)
        default: (.gateway, .gateway)
        }
    }
}
