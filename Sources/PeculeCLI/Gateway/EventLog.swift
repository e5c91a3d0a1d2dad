import Foundation
import Pecule
import PeculeGatewayAPI
import PeculeHTTP

/// One line of JSON for every change of a transfer, every call to a bank and every webhook that is stopped, on standard
/// error: nothing personal stands in any.
struct EventLog: Sendable {
    private let write: @Sendable (String) -> Void

    /// - Parameter write: takes one line.
    init(_ write: @escaping @Sendable (String) -> Void) { self.write = write }

    static let standardError = EventLog { try? FileHandle.standardError.write(contentsOf: Data("\($0)\n".utf8)) }

    func note(_ change: TransferChange) {
        var members: [JSON.Member] = [
            ("at", Self.time(change.record.at)), ("what", "change"), ("transfer", .string(change.transfer.text)),
            ("version", .integer(change.record.version)), ("state", .string(change.record.state)),
            ("event", .string(change.record.event)), ("detail", .string(change.record.detail)),
            ("correlation", .string(change.record.correlation.text)),
        ]
        if let bank = change.bank { members.append(("bank", .string(bank.text))) }
        write(String(decoding: JSON.object(members).bytes, as: UTF8.self))
    }

    func note(_ call: BankCall) {
        var members: [JSON.Member] = [
            ("at", Self.time(Environment.system.now())), ("what", "bank_call"),
            ("transfer", .string(call.transfer.text)), ("bank", .string(call.bank.text)),
            ("step", .string(call.step.rawValue)), ("outcome", .string(call.outcome)),
            ("milliseconds", .integer(Int((call.duration * 1000).rounded()))),
            ("correlation", .string(call.correlation.text)),
        ]
        if let detail = call.fault?.detail { members.append(("cause", .string(detail.description))) }
        write(String(decoding: JSON.object(members).bytes, as: UTF8.self))
    }

    /// An operator should look: nothing is sent to this webhook any more.
    func note(_ webhook: Webhook) {
        let members: [JSON.Member] = [
            ("at", Self.time(Environment.system.now())), ("what", "webhook_stopped"), ("webhook", .string(webhook.id)),
            ("client", .string(webhook.client.text)), ("state", .string(webhook.state.rawValue)),
            ("reason", .string(webhook.reason ?? "")),
        ]
        write(String(decoding: JSON.object(members).bytes, as: UTF8.self))
    }

    private static func time(_ date: Date) -> JSON { .string(Explanation.time(date)) }
}
