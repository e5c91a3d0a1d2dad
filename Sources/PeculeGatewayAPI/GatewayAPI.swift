import Foundation
public import Pecule
public import PeculeHTTP

/// The gateway over HTTP, as `openapi.yaml` has it: the calls of `PeculeService` for backends that are not this
/// package, each with a key of its own and users of its own.
///
/// A client's users are the accounts `<client>:<account>` of the gateway: the permits registered by them have to name
/// those.
public struct GatewayAPI: HTTPHandler {
    let gateway: PeculeGateway
    let keys: KeyRing
    let register: ClientRegister
    let watch: TransferWatch
    let memory: ReadMemory
    let metrics: GatewayMetrics
    let environment: Environment
    private let correlations: CorrelationSource
    private let readMeter: RouteMeter
    private var router = HTTPRouter()

    /// - Parameters:
    ///   - register: the keys and certificates by which clients prove who they are.
    ///   - board: what the gateway was given as its `onChange`.
    ///   - metrics: what the gateway was given as its `onChange` and `onCall`, besides.
    public init(
        _ gateway: PeculeGateway, keys: KeyRing, register: ClientRegister, board: ChangeBoard,
        metrics: GatewayMetrics = GatewayMetrics(), environment: Environment = .system
    ) {
        self.gateway = gateway
        (self.keys, self.register) = (keys, register)
        self.metrics = metrics
        self.environment = environment
        correlations = CorrelationSource(environment)
        readMeter = metrics.meter(of: Self.readRoute)
        memory = ReadMemory(board)
        watch = TransferWatch(service: gateway, board: board, environment: environment)
        addBankRoutes()
        addTransferRoutes()
        addReturnRoutes()
        addOperatorRoutes()
        addHealthRoutes()
    }

    public var routes: [HTTPRoute] { router.routes }

    public func respond(to request: HTTPRequest) async -> HTTPResponse { await deliver(request).response }

    public func deliver(_ request: HTTPRequest) async -> HTTPDelivery {
        let (correlation, start) = (correlation(of: request), environment.now())
        if let answer = memory.answer(to: request, at: start) {
            return finished(HTTPDelivery(answer), readMeter, since: start, correlation)
        }
        return await CorrelationID.$current.withValue(correlation) { await router.deliver(request) }
    }

    static let readRoute = HTTPRoute(.get, "/v1/transfers/{id}")

    /// The trace id of a `traceparent` (W3C Trace Context, section 3.2), or a new one.
    private func correlation(of request: HTTPRequest) -> CorrelationID {
        let parts = request.fields["traceparent"]?.split(separator: "-").map(String.init) ?? []
        let trace = parts.count >= 4 && parts[1].wholeMatch(of: /[0-9a-f]{32}/) != nil ? parts[1] : nil
        let known = trace.flatMap { $0.allSatisfy { $0 == "0" } ? nil : CorrelationID($0) }
        return known ?? correlations.next()
    }
}

// MARK: How a route is written

extension GatewayAPI {
    typealias Answer = @Sendable (GatewayAPI, Call) async throws -> HTTPResponse
    typealias StreamedAnswer = @Sendable (GatewayAPI, Call) async throws -> HTTPDelivery

    /// Adds a route for callers with this scope.
    mutating func on(_ method: HTTPMethod, _ pattern: String, for scope: Scope, _ answer: @escaping Answer) {
        stream(method, pattern, for: scope) { HTTPDelivery(try await answer($0, $1)) }
    }

    /// Adds a route for callers with this scope, whose answer may come in pieces.
    mutating func stream(
        _ method: HTTPMethod, _ pattern: String, for scope: Scope, _ answer: @escaping StreamedAnswer
    ) {
        let (api, meter) = (self, metrics.meter(of: HTTPRoute(method, pattern)))
        router.stream(method, pattern) { request, names in
            await api.answering(meter) {
                let caller = try await api.caller(of: request, with: scope)
                return try await answer(api, Call(request: request, names: names, caller: caller))
            }
        }
    }

    /// Adds a route for everyone.
    mutating func open(
        _ method: HTTPMethod, _ pattern: String,
        _ answer: @escaping @Sendable (GatewayAPI, HTTPRequest, [String: String]) async throws -> HTTPResponse
    ) {
        let (api, meter) = (self, metrics.meter(of: HTTPRoute(method, pattern)))
        router.stream(method, pattern) { request, names in
            await api.answering(meter) { HTTPDelivery(try await answer(api, request, names)) }
        }
    }

    private func answering(_ meter: RouteMeter, _ body: () async throws -> HTTPDelivery) async -> HTTPDelivery {
        let start = environment.now()
        var delivery: HTTPDelivery
        do {
            delivery = try await body()
        } catch let refusal as Refusal {
            delivery = HTTPDelivery(refusal.response)
        } catch let error as PeculeError {
            delivery = HTTPDelivery(Refusal(error).response)
        } catch let error as WebhookError {
            delivery = HTTPDelivery(Refusal(error).response)
        } catch let fault as StoreFault {
            delivery = HTTPDelivery(Refusal(PeculeError.store(fault)).response)
        } catch {
            // Nothing else is thrown; and nobody is told what an unknown error says.
            delivery = HTTPDelivery(Refusal(status: 500, code: "internal", title: "The gateway has a problem").response)
        }
        return finished(delivery, meter, since: start, CorrelationID.current)
    }

    private func finished(
        _ delivery: HTTPDelivery, _ meter: RouteMeter, since start: Date, _ correlation: CorrelationID?
    ) -> HTTPDelivery {
        var delivery = delivery
        delivery.response.fields.reserveCapacity(delivery.response.fields.all.count + 2)
        delivery.response.fields.append("no-store", for: "Cache-Control")
        if let correlation { delivery.response.fields.append(correlation.text, for: "Pecule-Correlation") }
        let duration = max(0, environment.now().timeIntervalSince(start))
        meter.note(status: delivery.response.status, took: duration)
        return delivery
    }

    private func caller(of request: HTTPRequest, with scope: Scope) async throws -> Caller {
        guard let credentials = HTTPCredentials(of: request, scheme: "bearer"),
            let key = APIKey(String(credentials.word)),
            let (owner, until) = try await keys.owner(of: key)
        else {
            throw Refusal(
                status: 401, code: "unauthorised", title: "This address wants a key",
                detail: "Authorization: write `Bearer` and a key that `pecule keys add` made, or a token of /v1/token",
                fields: [("WWW-Authenticate", "Bearer realm=\"pecule\"")])
        }
        guard owner.scopes.contains(scope) else {
            throw Refusal(
                status: 403, code: "insufficient_scope", title: "The key does not allow this",
                detail: "Authorization: needs a key with the scope \(scope.rawValue)")
        }
        guard let admitted = try await register.admits(request.clientCertificate, of: owner.client) else {
            throw Refusal(
                status: 401, code: "certificate_required", title: "This client has to show its certificate",
                detail: "call over TLS with a certificate that `pecule keys certificate` registered",
                fields: [("WWW-Authenticate", "Bearer realm=\"pecule\", error=\"invalid_token\"")])
        }
        return Caller(client: owner.client, until: min(until, admitted))
    }
}

/// One request of a known caller.
struct Call: Sendable {
    let request: HTTPRequest
    let names: [String: String]
    let caller: Caller

    /// The user for whom the backend asks, from `Pecule-Payer`: never in an address, where it would be logged.
    func payer() throws(Refusal) -> AccountID {
        guard let name = request.fields["Pecule-Payer"] else { throw .bad("Pecule-Payer", "missing") }
        guard let account = caller.account(name) else {
            throw .bad("Pecule-Payer", "1 to 90 printable characters without spaces")
        }
        return account
    }

    /// The transfer that the address names. One that cannot exist is as unknown as any other.
    func transfer() throws(PeculeError) -> TransferID {
        guard let id = names["id"].flatMap(TransferID.init) else { throw .unknownTransfer }
        return id
    }
}
