import Pecule
import PeculeCrypto
import PeculeHTTP

extension GatewayAPI {
    /// Adds the routes of webhooks. A `WebhookCourier` sends what they ask for.
    public mutating func addWebhooks(_ desk: WebhookDesk) {
        metrics.add { await desk.readings }
        addSubscriptionRoutes(desk)
        on(.post, "/v1/webhooks/{webhook}/secret", for: .operate) { _, call in
            let secret = try await desk.rotateSecret(call.webhook, of: call.caller.client)
            return .json(["secret": .string(secret.revealed)])
        }
        on(.post, "/v1/webhooks/{webhook}/test", for: .operate) { _, call in
            let event = try await desk.sendTest(call.webhook, of: call.caller.client)
            return .json(["event": .string(event)], status: 202)
        }
        on(.post, "/v1/webhooks/{webhook}/enable", for: .operate) { _, call in
            .json(.object(try await desk.enable(call.webhook, of: call.caller.client).shown))
        }
        on(.get, "/v1/webhooks/{webhook}/attempts", for: .operate) { _, call in
            var parameters = try Parameters(call.request)
            let after = try parameters.value("after", "the `next` of the page before") { Self.cursor($0) }
            try parameters.end()
            let (attempts, next) = try await desk.attempts(call.webhook, of: call.caller.client, after: after)
            var members: [JSON.Member] = [("attempts", .array(attempts.map { .object($0.shown) }))]
            if let next { members.append(("next", .string(next))) }
            return .json(.object(members))
        }
    }

    private mutating func addSubscriptionRoutes(_ desk: WebhookDesk) {
        on(.get, "/v1/webhooks", for: .operate) { _, call in
            let webhooks = try await desk.list(of: call.caller.client)
            return .json(["webhooks": .array(webhooks.map { .object($0.shown) })])
        }
        on(.post, "/v1/webhooks", for: .operate) { _, call in
            var members = try Members(body: call.request)
            let url = try members.text("url")
            try members.end()
            let (webhook, secret) = try await desk.create(url, for: call.caller.client)
            var shown = webhook.shown
            shown["secret"] = .string(secret.revealed)
            return .json(.object(shown), status: 201)
        }
        on(.delete, "/v1/webhooks/{webhook}", for: .operate) { _, call in
            try await desk.delete(call.webhook, of: call.caller.client)
            return HTTPResponse(status: 204)
        }
    }

    private static func cursor(_ text: String) -> String? {
        text.wholeMatch(of: /[0-9]{13}-[0-9a-f]{8}/) == nil ? nil : text
    }
}

extension Call {
    /// The webhook that the address names.
    fileprivate var webhook: String { names["webhook"] ?? "" }
}

extension Refusal {
    init(_ error: WebhookError) {
        switch error {
        case .url(let problem) where problem.isOfForm: self = .bad("url", "\(problem)")
        case .url(let problem):
            self.init(
                status: 409, code: "webhook_url", title: "No webhooks can go to this URL",
                detail: "url: \(problem)", members: [("field", "url")])
        case .tooMany:
            self.init(
                status: 409, code: "webhook_limit", title: "There are \(WebhookDesk.most) webhooks already",
                detail: "delete one that is not needed any more")
        case .unknown: self.init(status: 404, code: "unknown_webhook", title: "There is no such webhook")
        case .gone:
            self.init(
                status: 409, code: "webhook_gone", title: "The receiver wants nothing more",
                detail: "it has answered 410; delete this webhook and create another")
        case .stopped:
            self.init(
                status: 409, code: "webhook_disabled", title: "Nothing has arrived there for days",
                detail: "enable it first, when the receiver works again")
        case .store(let fault): self.init(PeculeError.store(fault))
        }
    }
}
