import Pecule
import PeculeHTTP
import PeculeMockBank

/// The way from one life of a gateway process to the banks: in process, and full of accidents.
struct FaultyNetwork: HTTPTransport {
    let process: GatewayProcess
    let life: Life

    private var world: World { process.world }
    private static let timeout = 15_000

    func send(_ sent: HTTPRequest, within limits: HTTPLimits) async throws(HTTPTransportError) -> HTTPResponse {
        let request = world.mutant.map { MutantRequest(world: world, mutant: $0).altered(sent) } ?? sent
        let exchange = world.exchange(request)
        world.oracle.requested(exchange.transfer)
        let end = world.executor.time + Self.timeout
        try await pass(1 + world.executor.below(40), received: false)
        let cut = cut(exchange)
        if let response = try await stopped(exchange, cut) { return response }
        if strikes(.lateRequest, exchange) { try await travel(until: end) }
        if strikes(.doubledRequest, exchange) { deliverLater(exchange, within: 60_000) }
        let response = await answer(exchange)
        try await pass(1 + world.executor.below(40), received: true)
        if cut == .oneWayPartition { try await timeOut() }
        try await delay(exchange, until: end)
        return Damage(world: world, exchange: exchange).done(to: response)
    }

    private func strikes(_ fault: Fault, _ exchange: Exchange) -> Bool { world.strikes(fault, exchange.transfer) }

    // MARK: Time

    private func pass(_ milliseconds: Int, received: Bool) async throws(HTTPTransportError) {
        do throws(CancellationError) { try await process.pass(milliseconds, in: life) } catch {
            throw HTTPTransportError(.cancelled, mayHaveBeenReceived: received)
        }
    }

    private func timeOut() async throws(HTTPTransportError) {
        try await pass(Self.timeout, received: true)
        throw HTTPTransportError(.timeout, mayHaveBeenReceived: true)
    }

    /// Takes its time, but not too much.
    private func travel(until end: Int) async throws(HTTPTransportError) {
        try await pass(world.executor.below(max(1, end - world.executor.time)), received: true)
    }

    // MARK: The way there

    /// What lies between this process and the bank, for a while.
    private func cut(_ exchange: Exchange) -> Fault? {
        let bank = Substring(exchange.bank)
        guard world.isTroubled else { return nil }
        if let cut = life.cuts[bank], world.executor.time < cut.until {
            world.count(cut.kind, exchange.transfer)
            return cut.kind
        }
        for kind in [Fault.partition, .oneWayPartition, .halfOpen] where strikes(kind, exchange) {
            life.cuts[bank] = Life.Cut(kind: kind, until: world.executor.time + 5_000 + world.executor.below(60_000))
            return kind
        }
        return nil
    }

    /// What keeps a request from the bank; nil when it may go on.
    private func stopped(_ exchange: Exchange, _ cut: Fault?) async throws(HTTPTransportError) -> HTTPResponse? {
        if cut == .partition || strikes(.unreachable, exchange) {
            throw HTTPTransportError(.connect, mayHaveBeenReceived: false)
        }
        if cut == .halfOpen || strikes(.lostRequest, exchange) { try await timeOut() }
        if world.isDown(exchange) { return try down() }
        if strikes(.overtakenRequest, exchange) {
            deliverLater(exchange, within: 60_000)
            try await timeOut()
        }
        return refusal(exchange)
    }

    /// Half of the time nobody listens; half of the time something in front of the bank answers.
    private func down() throws(HTTPTransportError) -> HTTPResponse {
        guard world.executor.below(2) == 0 else { throw HTTPTransportError(.connect, mayHaveBeenReceived: false) }
        return HTTPResponse(status: 503, fields: ["Retry-After": "30"])
    }

    private func refusal(_ exchange: Exchange) -> HTTPResponse? {
        if strikes(.serverError, exchange) { return HTTPResponse(status: 500 + world.executor.below(5)) }
        if strikes(.tooManyRequests, exchange) { return HTTPResponse(status: 429, fields: ["Retry-After": "20"]) }
        if exchange.step != "token", strikes(.tokenExpired, exchange) { return HTTPResponse(status: 401) }
        return nil
    }

    // MARK: The bank

    /// The bank's answer, or the one that a cache on the way kept.
    private func answer(_ exchange: Exchange) async -> HTTPResponse {
        if let kept = world.kept(exchange), strikes(.repeatedReply, exchange) { return kept }
        let response = await deliver(exchange)
        world.keep(response, exchange)
        return response
    }

    private func deliver(_ exchange: Exchange) async -> HTTPResponse {
        let honest = await world.bank.respond(to: exchange.request)
        world.learn(from: honest, exchange)
        let response = world.hostility?.spoils(honest, exchange, in: world) ?? honest
        world.oracle.note(
            "\(exchange.request.method.rawValue) \(exchange.step) \(response.status)", of: exchange.transfer)
        return response
    }

    /// The network keeps it, and delivers it when it likes: after what was sent later.
    private func deliverLater(_ exchange: Exchange, within most: Int) {
        let world = world
        world.executor.start { [self] in
            await world.executor.wait(world.executor.below(most))
            world.oracle.note("late, and unasked:", of: exchange.transfer)
            _ = await deliver(exchange)
        }
    }

    // MARK: The way back

    private func delay(_ exchange: Exchange, until end: Int) async throws(HTTPTransportError) {
        if strikes(.lostReply, exchange) { try await timeOut() }
        if strikes(.lateReply, exchange) { try await travel(until: end) }
        if strikes(.slowDrip, exchange) {
            if world.executor.below(2) == 0 { try await timeOut() }
            try await travel(until: end)
        }
        if strikes(.reset, exchange) { throw HTTPTransportError(.reset, mayHaveBeenReceived: true) }
    }
}
