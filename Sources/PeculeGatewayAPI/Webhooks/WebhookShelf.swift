import Pecule

/// Webhooks as a store keeps them.
extension ItemStore {
    func webhook(_ id: String, of client: ClientName) async throws(StoreFault) -> Webhook? {
        guard let item = try await item(Webhook.kind, Webhook.itemID(id, of: client)) else { return nil }
        return try Webhook(item)
    }

    /// The webhooks of one client, or of all.
    func webhooks(of client: ClientName? = nil) async throws(StoreFault) -> [Webhook] {
        let prefix = client.map { Webhook.itemID("", of: $0) } ?? ""
        let items = try await allItems(Webhook.kind, startingWith: prefix)
        return try items.map { item throws(StoreFault) in try Webhook(item) }
    }

    func change(_ webhook: Webhook, _ change: (inout Webhook) -> Void) async throws(StoreFault) {
        let id = Webhook.itemID(webhook.id, of: webhook.client)
        try await self.change(Webhook.kind, id, as: Webhook.self) { kept, due in
            // It may have been deleted meanwhile.
            guard var kept else { return nil }
            change(&kept)
            return (kept, due)
        }
    }
}
