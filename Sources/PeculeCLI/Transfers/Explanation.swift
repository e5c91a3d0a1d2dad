import Foundation
import Pecule

/// What happened to a transfer, step by step, and by which rule. Holds nothing personal: to be pasted into a ticket.
struct Explanation {
    let transfer: Transfer
    let records: [TransferRecord]

    /// Who does what to whom in one step.
    enum Actor: Int, CaseIterable {
        case payer, gateway, bank

        var name: String {
            switch self {
            case .payer: "payer"
            case .gateway: "gateway"
            case .bank: "bank"
            }
        }
    }

    var lines: [String] {
        let order = transfer.order
        var lines = [
            "transfer \(transfer.id), \(order.amount), \(transfer.choice?.bank.text ?? "no bank"), people masked",
            "drafted \(Self.time(order.draftedAt))",
        ]
        for record in records {
            let detail = record.detail.isEmpty ? "" : " (\(record.detail))"
            lines += [
                "\(Self.time(record.at))  v\(record.version)  \(record.event)\(detail) -> \(record.state)",
                "    \(Self.rule(of: record)); correlation \(record.correlation)",
            ]
        }
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

    /// The rule of the state table that fired (StateTable.md).
    static func rule(of record: TransferRecord) -> String {
        switch record.event {
        case "bankChosen": "the intent is durable before the bank hears of it"
        case "initiated": "the bank opened the payment; the payer has to approve it there"
        case "bankRefused": "a refusal ends what was never opened"
        case "payerReturned": "a return is never believed: it is a reason to confirm or to ask"
        case "reported": "only the bank's word moves a transfer that has started"
        case "bankSilent": "no usable answer: nothing is assumed, the bank is asked again"
        case "deadlinePassed": "the sweeper's turn: nobody else was looking"
        case "bankNotified": "a notification is only a reason to ask"
        case "cancelRequested": record.state == "failed" ? "no bank had it yet" : "the bank decides whether it lets go"
        case "operatorReviewed": "somebody has looked; the bank is asked at once"
        default: "unknown to this release"
        }
    }

    /// From whom to whom a step went.
    static func way(of record: TransferRecord) -> (from: Actor, to: Actor) {
        switch record.event {
        case "bankChosen", "payerReturned", "cancelRequested": (.payer, .gateway)
        case "initiated", "bankRefused", "reported", "bankSilent", "bankNotified": (.bank, .gateway)
        default: (.gateway, .gateway)
        }
    }
}
