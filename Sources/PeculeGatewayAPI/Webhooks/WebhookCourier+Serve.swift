import Foundation
import Pecule
import PeculeCrypto
import PeculeHTTP

/// From a webhook's lanes to its receiver.
extension WebhookCourier {
    /// Sends what is due to one receiver, until nothing more is or one of the messages was not taken.
    func serve(_ webhook: Webhook) async throws(StoreFault) {
        var goesOn = true
        while goesOn {
            let now = environment.now()
            guard let webhook = try await store.webhook(webhook.id, of: webhook.client), webhook.state != .stopped,
                webhook.pausedUntil.map({ $0 <= now }) ?? true
            else { return }
            let due = try await store.dueItems(WebhookLane.kind(of: webhook.id), at: now, limit: Self.mostAtOnce)
            guard !due.isEmpty else { return }
            goesOn = try await attend(due, of: webhook)
        }
    }

    private func attend(_ lanes: [StoredItem], of webhook: Webhook) async throws(StoreFault) -> Bool {
        guard webhook.state != .gone else {
            for lane in lanes { _ = try await store.remove(lane) }
            return true
        }
        return await withTaskGroup(of: Bool.self) { group in
            for lane in lanes { group.addTask { (try? await attend(lane, of: webhook)) ?? false } }
            return await group.reduce(true) { $0 && $1 }
        }
    }

    /// False when the first message of the lane was not taken, or is another's at the moment.
    private func attend(_ item: StoredItem, of webhook: Webhook) async throws(StoreFault) -> Bool {
        let lane = try WebhookLane(item)
        guard let event = lane.events.first else { return try await store.remove(item) }
        let claim = item.next(text: item.text, due: environment.now() + Self.lease)
        guard try await store.put(claim) else { return false }
        let answer = await send(event, to: webhook)
        // The process is going: nobody knows what came of it, and the next process asks when the lease ends.
        if Task.isCancelled { return false }
        let attempt = judge(answer, of: event, number: lane.attempts + 1, by: webhook)
        onAttempt(attempt)
        try await note(attempt, of: webhook)
        try await keep(attempt, answer, of: webhook)
        try await conclude(attempt, in: item)
        return attempt.outcome == .delivered
    }

    private func send(_ event: WebhookEvent, to webhook: Webhook) async -> WebhookAnswer {
        guard (try? reach.host(of: webhook.url)) != nil else {
            return .none(HTTPTransportError.Reason.forbidden.rawValue)
        }
        let (now, body) = (environment.now(), Array(event.body.utf8))
        let headers = WebhookHeaders(
            signing: body, id: event.id, at: now.milliseconds / 1000, with: webhook.secrets(at: now))
        var request = HTTPRequest(.post, webhook.url, fields: ["Content-Type": "application/json"], body: body)
        for (name, value) in headers.fields { request.fields.append(value, for: name) }
        do throws(HTTPTransportError) {
            return .response(try await transport.send(request, within: limits))
        } catch {
            return .none(error.reason.rawValue)
        }
    }

    private func judge(
        _ answer: WebhookAnswer, of event: WebhookEvent, number: Int, by webhook: Webhook
    ) -> WebhookAttempt {
        let now = environment.now()
        let pause = WebhookSchedule.pause(after: number, wish: answer.wish(at: now), random: environment.randomBytes)
        let outcome: WebhookAttempt.Outcome =
            switch answer.status ?? 0 {
            case 200..<300: .delivered
            case 410: .gone
            // One that is about to be disabled keeps what it did not take.
            default: pause == nil && !webhook.isGivenUp(at: now) ? .givenUp : .failed
            }
        return WebhookAttempt(
            event: event.id, at: now, number: number, outcome: outcome, status: answer.status, fault: answer.fault,
            next: outcome == .failed ? pause.map { now + $0 } : nil)
    }

    private func note(_ attempt: WebhookAttempt, of webhook: Webhook) async throws(StoreFault) {
        let id = attempt.itemID(of: webhook.id, random: environment.randomBytes)
        _ = try await store.put(
            StoredItem(
                kind: WebhookAttempt.kind, id: id, text: attempt.text, due: attempt.at + WebhookAttempt.memory))
    }

    /// What one answer says of the whole receiver: that it works or not, or wants to be left alone for a while.
    private func keep(
        _ attempt: WebhookAttempt, _ answer: WebhookAnswer, of webhook: Webhook
    ) async throws(StoreFault) {
        let wish = attempt.outcome == .failed ? answer.wish(at: attempt.at) : nil
        var noted = webhook
        noted.note(attempt)
        guard noted != webhook || wish != nil else { return }
        var stopped: Webhook?
        try await store.change(webhook) { webhook in
            let wasActive = webhook.state == .active
            webhook.note(attempt)
            if let wish { webhook.pausedUntil = attempt.at + TimeInterval(wish) }
            stopped = wasActive && webhook.state != .active ? webhook : nil
        }
        if let stopped { onStop(stopped) }
    }

    private func conclude(_ attempt: WebhookAttempt, in item: StoredItem) async throws(StoreFault) {
        try await store.change(item.kind, item.id, as: WebhookLane.self) { kept, _ in
            // Another process may have gone on with it since the lease ended.
            guard var lane = kept, lane.events.first?.id == attempt.event, lane.attempts == attempt.number - 1
            else { return nil }
            if attempt.outcome == .failed { lane.noteFailure() } else { lane.drop() }
            return (lane, attempt.next ?? (lane.events.isEmpty ? attempt.at + WebhookLane.memory : attempt.at))
        }
    }
}

/// What came of an attempt.
private enum WebhookAnswer {
    case response(HTTPResponse)
    /// No answer, and why.
    case none(String)

    var status: Int? { if case .response(let response) = self { response.status } else { nil } }

    var fault: String? { if case .none(let why) = self { why } else { nil } }

    func wish(at now: Date) -> Int? {
        if case .response(let response) = self { WebhookSchedule.wish(of: response, at: now) } else { nil }
    }
}
