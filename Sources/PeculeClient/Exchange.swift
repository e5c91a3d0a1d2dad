import Foundation
import Pecule
import PeculeHTTP

/// One call to the gateway: key, attempts, pauses, and what its answer means.
struct Exchange: Sendable {
    let base: String
    let access: Access
    let transport: any HTTPTransport
    let patience: ClientPatience
    let environment: Environment
    let hooks: (@Sendable (ClientEvent) -> Void)?

    func transfer(
        _ method: HTTPMethod, _ path: String, _ payer: AccountID?, _ body: JSON? = nil
    ) async throws(PeculeError) -> TransferSummary {
        try transfer(in: try await response(method, path, payer, body, []))
    }

    /// What may be there already is told as such.
    func creation(
        _ path: String, _ payer: AccountID?, _ body: JSON, key: String
    ) async throws(PeculeError) -> (transfer: TransferSummary, isReplayed: Bool) {
        let response = try await response(.post, path, payer, body, [("Idempotency-Key", key)])
        return (try transfer(in: response), response.fields["Idempotency-Replayed"] == "true")
    }

    private func transfer(in response: HTTPResponse) throws(PeculeError) -> TransferSummary {
        try read { () throws(Unreadable) in try TransferSummary(try Self.parsed(response)) }
    }

    func json(_ method: HTTPMethod, _ path: String, _ payer: AccountID?) async throws(PeculeError) -> JSON {
        let response = try await response(method, path, payer, nil, [])
        return try read { () throws(Unreadable) in try Self.parsed(response) }
    }

    /// An answer that cannot be understood leaves open what the gateway did.
    func read<Value>(_ body: () throws(Unreadable) -> Value) throws(PeculeError) -> Value {
        do throws(Unreadable) { return try body() } catch { throw .remote(.outcomeUnknown(error.description)) }
    }

    private static func parsed(_ response: HTTPResponse) throws(Unreadable) -> JSON {
        do throws(JSONError) { return try JSON(parsing: response.body) } catch { throw Unreadable(what: "not JSON") }
    }

    // MARK: Attempts

    /// Every call is safe to repeat: a creation has its key, and all others land on the same transfer.
    private func response(
        _ method: HTTPMethod, _ path: String, _ payer: AccountID?, _ body: JSON?,
        _ fields: [(name: String, value: String)]
    ) async throws(PeculeError) -> HTTPResponse {
        let request = request(method, path, payer, body, fields)
        let end = environment.now().addingTimeInterval(patience.call / .seconds(1))
        var pause = patience.pause
        for attempt in 1... {
            let error: Failure
            switch await send(request, path, attempt, until: end) {
            case .success(let response): return response
            case .failure(let failure): error = failure
            }
            let wait = max(error.wait ?? .zero, jittered(pause))
            let isLate = environment.now().addingTimeInterval(wait / .seconds(1)) >= end
            guard error.isWorthAnother, attempt < patience.attempts, !isLate,
                (try? await environment.sleep(wait)) != nil
            else { throw error.error }
            pause *= 2
        }
        throw .busy
    }

    struct Failure: Error {
        let error: PeculeError
        var isCancelled = false
        var isWorthAnother = false
        /// What the gateway asked for.
        var wait: Duration?
    }

    private func send(
        _ request: HTTPRequest, _ path: String, _ attempt: Int, until end: Date
    ) async -> Result<HTTPResponse, Failure> {
        do throws(Failure) {
            var (request, token) = (request, AccessToken?.none)
            if case .credentials(let credentials, let cache) = access {
                let current = try await self.token(of: credentials, in: cache, until: end)
                request.fields.set("Bearer \(current.revealed)", for: "Authorization")
                token = current
            }
            let response = try await answer(to: request, path, attempt: attempt, until: end)
            guard response.status >= 300 else { return .success(response) }
            var failure = Self.failure(response)
            // A token may have ended before its time.
            if response.status == 401, await forget(token) { failure.isWorthAnother = true }
            return .failure(failure)
        } catch {
            return .failure(error)
        }
    }

    /// Whatever the gateway answers.
    func answer(
        to request: HTTPRequest, _ path: String, attempt: Int, until end: Date
    ) async throws(Failure) -> HTTPResponse {
        let left = Duration.seconds(max(0.001, end.timeIntervalSince(environment.now())))
        do throws(HTTPTransportError) {
            let response = try await transport.send(request, within: HTTPLimits(total: left))
            tell(request, path, attempt, response, response.status < 300 ? nil : Self.failure(response).error)
            return response
        } catch {
            let fault =
                error.mayHaveBeenReceived
                ? RemoteFault.outcomeUnknown(error.description) : .notSent(error.description)
            tell(request, path, attempt, nil, .remote(fault))
            let isCancelled = error.reason == .cancelled
            throw Failure(error: .remote(fault), isCancelled: isCancelled, isWorthAnother: !isCancelled)
        }
    }

    private static func failure(_ response: HTTPResponse) -> Failure {
        let wait = response.fields["Retry-After"].flatMap { Int($0) }.map { Duration.seconds($0) }
        guard let json = try? JSON(parsing: response.body), let error = try? PeculeError(problem: json) else {
            // A machine in between: it says nothing of what the gateway did.
            let fault = RemoteFault.outcomeUnknown("HTTP \(response.status)")
            return Failure(error: .remote(fault), isWorthAnother: response.status >= 500, wait: wait)
        }
        return Failure(error: error, isWorthAnother: Self.isWorthAnother(error), wait: wait)
    }

    /// What passes by itself, and soon; a bank that is down is the payer's to choose otherwise.
    private static func isWorthAnother(_ error: PeculeError) -> Bool {
        switch error {
        case .busy, .store(.unavailable), .store(.outcomeUnknown): true
        default: false
        }
    }

    /// Between a half and all of it.
    private func jittered(_ pause: Duration) -> Duration {
        let chance = environment.randomBytes(1).first ?? 0
        return pause / 2 + pause / 2 * Int(chance) / 255
    }

    // MARK: A request

    private func request(
        _ method: HTTPMethod, _ path: String, _ payer: AccountID?, _ body: JSON?,
        _ fields: [(name: String, value: String)]
    ) -> HTTPRequest {
        var request = HTTPRequest(method, base + path)
        request.fields.reserveCapacity(5)
        if case .authorization(let text) = access { request.fields.append(text, for: "Authorization") }
        if let payer { request.fields.append(payer.revealed, for: "Pecule-Payer") }
        if let correlation = CorrelationID.current, let parent = Self.traceparent(correlation) {
            request.fields.append(parent, for: "traceparent")
        }
        for field in fields { request.fields.append(field.value, for: field.name) }
        if let body {
            request.fields.append("application/json", for: "Content-Type")
            request.body = body.bytes
        }
        return request
    }

    /// W3C Trace Context, section 3.2; only an id of its form travels.
    private static func traceparent(_ correlation: CorrelationID) -> String? {
        guard correlation.text.wholeMatch(of: /[0-9a-f]{32}/) != nil else { return nil }
        return "00-\(correlation)-\(correlation.text.prefix(16))-01"
    }

    private func tell(
        _ request: HTTPRequest, _ path: String, _ attempt: Int, _ response: HTTPResponse?, _ error: PeculeError?
    ) {
        guard let hooks else { return }
        let end = path.utf8.firstIndex(of: UInt8(ascii: "?")) ?? path.endIndex
        hooks(
            ClientEvent(
                method: request.method.rawValue, path: String(path[..<end]), attempt: attempt,
                status: response?.status, code: error?.code, correlation: response?.fields["Pecule-Correlation"]))
    }
}
