import Foundation
public import Pecule
public import PeculeCrypto
import PeculeHTTP

/// What an API client does with its webhooks. Nobody sees or touches another's.
public struct WebhookDesk: Sendable {
    let store: any ItemStore
    private let reach: WebhookReach
    private let environment: Environment

    /// So many webhooks a client may have.
    public static let most = 10

    public init(store: any ItemStore, reach: WebhookReach, environment: Environment = .system) {
        (self.store, self.reach, self.environment) = (store, reach, environment)
    }

    /// Subscribes a URL to the client's transfers, from the next change on. The secret is shown this once.
    public func create(
        _ url: String, for client: ClientName
    ) async throws(WebhookError) -> (webhook: Webhook, secret: WebhookSecret) {
        do throws(WebhookURLProblem) { try await reach.check(url) } catch { throw .url(error) }
        let secret = WebhookSecret(random: environment.randomBytes)
        let webhook = Webhook(id: newID("whk"), client: client, url: url, secret: secret, at: environment.now())
        try await stored { () throws(StoreFault) in
            _ = try await store.put(StoredItem(
                kind: Webhook.kind, id: Webhook.itemID(webhook.id, of: client), text: webhook.text))
        }
        // Counted afterwards: of many at once none slips through, and the last ones give way.
        if try await list(of: client).count > Self.most {
            try await delete(webhook.id, of: client)
            throw .tooMany
        }
        return (webhook, secret)
    }

    /// The client's webhooks, in no order that means anything.
    public func list(of client: ClientName) async throws(WebhookError) -> [Webhook] {
        try await stored { () throws(StoreFault) in try await store.webhooks(of: client) }
    }

    /// Ends a subscription; what has not been delivered is not sent any more.
    public func delete(_ id: String, of client: ClientName) async throws(WebhookError) {
        let webhook = try await find(id, of: client)
        try await stored { () throws(StoreFault) in
            try await store.removeItem(Webhook.kind, Webhook.itemID(webhook.id, of: client))
            for lane in try await store.allItems(WebhookLane.kind(of: id), startingWith: "") {
                try await store.removeItem(lane.kind, lane.id)
            }
        }
    }

    /// Gives a new secret; the old one signs beside it for 24 hours.
    public func rotateSecret(_ id: String, of client: ClientName) async throws(WebhookError) -> WebhookSecret {
        let webhook = try await find(id, of: client)
        let (secret, now) = (WebhookSecret(random: environment.randomBytes), environment.now())
        try await stored { () throws(StoreFault) in
            try await store.change(webhook) { $0.rotate(to: secret, at: now) }
        }
        return secret
    }

    /// Sends again to a webhook that was disabled, at once and with what was kept meanwhile.
    public func enable(_ id: String, of client: ClientName) async throws(WebhookError) -> Webhook {
        let webhook = try await find(id, of: client)
        guard webhook.state != .gone else { throw .gone }
        let now = environment.now()
        try await stored { () throws(StoreFault) in
            try await store.change(webhook) { if $0.state == .stopped { $0.enable() } }
            for lane in try await store.allItems(WebhookLane.kind(of: id), startingWith: "") {
                try await store.change(lane.kind, lane.id, as: WebhookLane.self) { lane, due in
                    lane.flatMap { $0.events.isEmpty ? nil : ($0.startingAnew, now) }
                }
            }
        }
        return try await find(id, of: client)
    }

    /// Sends an event of no transfer as soon as may be; returns its id, by which the log tells what came of it.
    public func sendTest(_ id: String, of client: ClientName) async throws(WebhookError) -> String {
        let webhook = try await find(id, of: client)
        try webhook.refuseUnlessActive()
        let now = environment.now()
        let event = WebhookEvent(testOf: webhook.id, id: newID("msg"), at: now)
        try await stored { () throws(StoreFault) in
            try await store.enqueue(event, in: "test/\(event.id)", of: webhook.id, at: now)
        }
        return event.id
    }

    /// The delivery log, newest first, after the cursor of the page before.
    public func attempts(
        _ id: String, of client: ClientName, after cursor: String? = nil, limit: Int = 50
    ) async throws(WebhookError) -> (attempts: [WebhookAttempt], next: String?) {
        let webhook = try await find(id, of: client)
        let prefix = "\(webhook.id)/"
        return try await stored { () throws(StoreFault) in
            let items = try await store.items(WebhookAttempt.kind, after: prefix + (cursor ?? ""), limit: limit)
                .filter { $0.id.hasPrefix(prefix) }
            let attempts = try items.map { item throws(StoreFault) in try WebhookAttempt(item) }
            let last = items.count == limit ? items.last.map { String($0.id.dropFirst(prefix.count)) } : nil
            return (attempts, last)
        }
    }

    /// What the client's webhooks were told of one transfer, by webhook, oldest first: to explain it.
    public func attempts(
        about transfer: TransferID, of client: ClientName
    ) async throws(WebhookError) -> [(webhook: String, attempt: WebhookAttempt)] {
        var found: [(webhook: String, attempt: WebhookAttempt)] = []
        for webhook in try await list(of: client) {
            let items = try await stored { () throws(StoreFault) in
                try await store.allItems(WebhookAttempt.kind, startingWith: "\(webhook.id)/").map {
                    item throws(StoreFault) in try WebhookAttempt(item)
                }
            }
            let told = items.filter { $0.event.hasPrefix(WebhookEvent.idPrefix(of: transfer)) }
            found += told.reversed().map { (webhook.id, $0) }
        }
        return found
    }

    private func find(_ id: String, of client: ClientName) async throws(WebhookError) -> Webhook {
        let webhook = try await stored { () throws(StoreFault) in try await store.webhook(id, of: client) }
        guard let webhook else { throw .unknown }
        return webhook
    }

    private func newID(_ kind: String) -> String {
        "\(kind)_" + environment.randomBytes(16).map { String(format: "%02x", $0) }.joined()
    }

    private func stored<Value>(_ work: () async throws(StoreFault) -> Value) async throws(WebhookError) -> Value {
        do throws(StoreFault) { return try await work() } catch { throw .store(error) }
    }
}

extension Webhook {
    fileprivate func refuseUnlessActive() throws(WebhookError) {
        switch state {
        case .active: break
        case .gone: throw .gone
        case .stopped: throw .stopped
        }
    }
}

/// Why a client's wish about its webhooks is not granted.
public enum WebhookError: Error, Sendable, Hashable {
    case url(WebhookURLProblem)
    case tooMany
    /// No such webhook, or another client's.
    case unknown
    /// The receiver has answered 410.
    case gone
    /// Nothing has arrived for days.
    case stopped
    case store(StoreFault)
}
