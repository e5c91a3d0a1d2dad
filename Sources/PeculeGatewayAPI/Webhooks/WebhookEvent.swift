import Foundation
import Pecule
import PeculeHTTP

/// What receivers are told, in the bytes that every attempt repeats: an event's id is the same for ever. Nothing in it
/// is personal; who wants to know more asks.
struct WebhookEvent: TextItem, Hashable {
    let id: String
    /// Puts the events of one transfer in order.
    let version: Int
    let body: String

    /// How the ids of a transfer's events begin; the version follows.
    static func idPrefix(of transfer: TransferID) -> String { "msg_\(transfer.text)_" }

    init(_ notice: TransferNotice, at moment: Date) {
        let data: JSON = [
            "id": .string(notice.transfer.text), "version": .integer(notice.version), "state": .string(notice.state),
        ]
        self.init(
            id: Self.idPrefix(of: notice.transfer) + String(notice.version), version: notice.version,
            type: "transfer.changed", at: moment, data: data)
    }

    /// An event of no transfer, for a receiver to try.
    init(testOf webhook: String, id: String, at moment: Date) {
        self.init(id: id, version: 1, type: "webhook.test", at: moment, data: ["webhook": .string(webhook)])
    }

    private init(id: String, version: Int, type: String, at moment: Date, data: JSON) {
        let message: JSON = ["type": .string(type), "timestamp": .time(moment), "data": data]
        (self.id, self.version, body) = (id, version, String(decoding: message.bytes, as: UTF8.self))
    }

    var json: JSON { ["id": .string(id), "version": .integer(version), "body": .string(body)] }

    init?(_ json: JSON) {
        guard let id = json["id"]?.string, let version = json["version"]?.integer, let body = json["body"]?.string
        else { return nil }
        (self.id, self.version, self.body) = (id, version, body)
    }
}
