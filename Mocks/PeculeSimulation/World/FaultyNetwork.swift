import FoundationEssentials
import Pecule
import PeculeHTTP
import PeculeMockBank

/// The way from one life of a gateway process to the banks: in process, and full of accidents.
struct FaultyNetwork: HTTPTransport {
    let process: GatewayProcess
    let life: Life

    private var world: World { process.world }
    private static let timeout = 30_000

    func send(_ request: HTTPRequest, within limits: HTTPLimits) async throws(HTTPTransportError) -> HTTPResponse {
        var request = request
        request.target = String(request.target.dropFirst(World.bankOrigin.count))
        if world.mutant == .newKeyForEachTry { request = renamed(request) }
        try await pass(1 + world.executor.below(40), received: false)
        if world.strikes(.unreachable) { throw HTTPTransportError(.connect, mayHaveBeenReceived: false) }
        if world.bankIsDown(request.path.dropFirst().prefix { $0 != "/" }) { return try await down() }
        if world.strikes(.lostRequest) { try await timeOut() }
        if let refusal = refusal(request) { return refusal }
        if world.strikes(.delay) { try await pass(world.executor.below(25_000), received: true) }
        if world.strikes(.duplicatedRequest) { repeatLater(request) }
        let response = await deliver(request)
        try await pass(1 + world.executor.below(40), received: true)
        if world.strikes(.lostReply) { try await timeOut() }
        if world.strikes(.reset) { throw HTTPTransportError(.reset, mayHaveBeenReceived: true) }
        return damaged(response, to: request)
    }

    private func pass(_ milliseconds: Int, received: Bool) async throws(HTTPTransportError) {
        do throws(CancellationError) { try await process.pass(milliseconds, in: life) } catch {
            throw HTTPTransportError(.cancelled, mayHaveBeenReceived: received)
        }
    }

    private func timeOut() async throws(HTTPTransportError) {
        try await pass(Self.timeout, received: true)
        throw HTTPTransportError(.timeout, mayHaveBeenReceived: true)
    }

    /// Half of the time nobody listens; half of the time something in front of the bank answers.
    private func down() async throws(HTTPTransportError) -> HTTPResponse {
        guard world.executor.below(2) == 0 else { throw HTTPTransportError(.connect, mayHaveBeenReceived: false) }
        return HTTPResponse(status: 503, fields: ["Retry-After": "30"])
    }

    private func deliver(_ request: HTTPRequest) async -> HTTPResponse {
        let response = await world.bank.respond(to: request)
        world.oracle.note("\(request.method.rawValue) \(step(request)) \(response.status)", of: transfer(request))
        return response
    }

    /// The network keeps a copy, and delivers it when it likes.
    private func repeatLater(_ request: HTTPRequest) {
        let world = world
        world.executor.start { [self] in
            _ = try? await world.executor.wait(world.executor.below(90_000))
            world.oracle.note("again, a duplicate:", of: transfer(request))
            _ = await deliver(request)
        }
    }

    private func refusal(_ request: HTTPRequest) -> HTTPResponse? {
        if world.strikes(.serverError) { return HTTPResponse(status: 500 + world.executor.below(5)) }
        if world.strikes(.tooManyRequests) { return HTTPResponse(status: 429, fields: ["Retry-After": "20"]) }
        if request.path.contains("/stet/"), world.strikes(.tokenExpired) { return HTTPResponse(status: 401) }
        return nil
    }

    private func damaged(_ response: HTTPResponse, to request: HTTPRequest) -> HTTPResponse {
        var response = response
        guard !response.body.isEmpty else { return response }
        let place = world.executor.below(response.body.count)
        if world.strikes(.truncatedBody) { response.body = Array(response.body[..<place]) }
        // A control character makes any JSON unreadable, wherever it stands.
        if world.strikes(.garbledBody) { response.body.insert(0, at: min(place, response.body.count)) }
        if request.path.contains("/payment-requests/"), response.status == 200, world.strikes(.hostileReply) {
            response = Lie(response, world.executor)?.response ?? response
        }
        return response
    }

    // MARK: What a request is about

    private func transfer(_ request: HTTPRequest) -> TransferID? {
        guard let trace = request.fields["X-Request-ID"], let end = trace.lastIndex(of: "-") else { return nil }
        return TransferID(String(trace[..<end]))
    }

    private func step(_ request: HTTPRequest) -> Substring {
        request.fields["X-Request-ID"]?.split(separator: "-").last ?? "token"
    }

    // MARK: A planted bug

    private func renamed(_ request: HTTPRequest) -> HTTPRequest {
        guard request.method == .post, request.path.hasSuffix("/payment-requests"), let id = transfer(request) else {
            return request
        }
        var request = request
        let text = String(decoding: request.body, as: UTF8.self)
        let parts = text.split(separator: "\"\(id.text)\"", omittingEmptySubsequences: false)
        request.body = Array(parts.joined(separator: "\"\(id.text)-\(world.executor.below(1_000_000))\"").utf8)
        return request
    }
}

/// A success that the bank reports of another payment than the one it was asked about.
struct Lie {
    let response: HTTPResponse

    init?(_ honest: HTTPResponse, _ executor: SeededExecutor) {
        guard honest.status == 200, var body = (try? JSON(parsing: honest.body))?.object,
            var request = body["paymentRequest"]?.object,
            var transaction = request["creditTransferTransaction"]?[0]?.object
        else { return nil }
        switch executor.below(3) {
        case 0: transaction["instructedAmount"] = ["currency": "EUR", "amount": .number("9999.99")]
        case 1: transaction["paymentId"] = ["instructionId": "OTHER", "endToEndId": "OTHER"]
        default:
            let account: JSON = ["iban": "FR7699992000420000009876566"]
            request["beneficiary"] = ["creditor": ["name": "AUTRE"], "creditorAccount": account]
            transaction["beneficiary"] = nil
        }
        request["creditTransferTransaction"] = .array([.object(transaction)])
        request["paymentInformationStatus"] = "ACSC"
        body["paymentRequest"] = .object(request)
        var response = honest
        response.body = JSON.object(body).bytes
        self.response = response
    }
}
