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

    /// One line of `name=value` pairs for logs; only the last can hold spaces.
    public var description: String {
        let bank = bank.map { " bank=\($0)" } ?? ""
        return "at=\(record.at.formatted(.iso8601)) transfer=\(transfer) version=\(record.version) "
            + "state=\(record.state)\(bank) correlation=\(record.correlation) "
            + "event=\(record.event) detail=\(record.detail)"
    }
}
