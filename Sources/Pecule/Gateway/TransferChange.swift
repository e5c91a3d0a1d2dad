import Foundation

/// One change of a transfer, as a gateway tells it to whoever keeps a log: after it is durable, without anything
/// personal or secret.
public struct TransferChange: Sendable, Hashable, CustomStringConvertible {
    public let transfer: TransferID
    public let bank: BankID?
    public let record: TransferRecord

    init(_ transfer: Transfer, _ record: TransferRecord) {
        self.transfer = transfer.id
        bank = transfer.choice?.bank
        self.record = record
    }

    /// One line of JSON for structured logs: only ASCII words and what this project wrote, so that nothing is escaped.
    public var json: String {
        var members = [
            ("at", record.at.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))),
            ("transfer", "\(transfer)"), ("state", record.state), ("event", record.event), ("detail", record.detail),
            ("correlation", "\(record.correlation)"),
        ]
        if let bank { members.append(("bank", "\(bank)")) }
        let texts = members.map { name, text in "\"\(name)\":\"\(Self.plain(text))\"" }
        return "{" + (texts + ["\"version\":\(record.version)"]).joined(separator: ",") + "}"
    }

    /// A detail can hold what a bank wrote.
    private static func plain(_ text: String) -> String {
        let plain = text.unicodeScalars.filter { (" "..."~").contains($0) && $0 != "\"" && $0 != "\\" }
        return String(String.UnicodeScalarView(plain))
    }

    /// One line of `name=value` pairs for logs; only the last can hold spaces.
    public var description: String {
        let bank = bank.map { " bank=\($0)" } ?? ""
        return "at=\(record.at.formatted(.iso8601)) transfer=\(transfer) version=\(record.version) "
            + "state=\(record.state)\(bank) correlation=\(record.correlation) "
            + "event=\(record.event) detail=\(record.detail)"
    }
}
