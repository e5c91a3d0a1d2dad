import Foundation
import Pecule
import PeculeHTTP

/// One line of JSON for every change of a transfer and every call to a bank, on standard error: nothing personal stands
/// in either.
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

    private static func time(_ date: Date) -> JSON { .string(Explanation.time(date)) }
}
