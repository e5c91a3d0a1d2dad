import PeculeHTTP

/// What the API shows of a webhook and its log: no secret.
extension Webhook {
    var shown: JSONObject {
        var shown = JSONObject([
            ("id", .string(id)), ("url", .string(url)), ("state", .string(state.rawValue)),
            ("created", .time(createdAt)),
        ])
        shown["failing_since"] = failingSince.map(JSON.time)
        shown["reason"] = reason.map(JSON.string)
        return shown
    }
}

extension WebhookAttempt {
    var shown: JSONObject {
        var shown = JSONObject([
            ("event", .string(event)), ("at", .time(at)), ("attempt", .integer(number)),
            ("outcome", .string(outcome.rawValue)),
        ])
        shown["status"] = status.map(JSON.integer)
        shown["fault"] = fault.map(JSON.string)
        shown["next"] = next.map(JSON.time)
        return shown
    }
}
