import Foundation
import Pecule
import PeculeClient
import PeculeHTTP
import PeculeStoreSamples
import PeculeTestNetwork
import Synchronization
import Testing

/// What the client makes of a network and of gateways that fail.
@Suite("A client on a bad day")
struct ClientTests {
    /// Which message is lost, of which call; the call is made once, and comes out as if nothing had been.
    @Test("a lost message is sent again, and nothing is done twice", arguments: LossyTransport.Loss.allCases, [
        "/v1/transfers", "/bank", "/refresh", "/cancel",
    ])
    func lost(_ loss: LossyTransport.Loss, of suffix: String) async throws {
        let world = try await ServiceWorld(.remote)
        let network = try #require(world.network)
        network.lose(loss) { $0.method == .post && $0.target.hasSuffix(suffix) }
        #expect(try await world.draft().state == .drafted)
        #expect(try await world.begin().state == .awaitingApproval)
        #expect(try await world.refresh().state == .awaitingApproval)
        let end = try await world.service.cancel(Sample.id("T-1"), by: Sample.payer().account)
        #expect(end.state == .failed(.cancelled))
        #expect(network.isSpent)
        #expect(world.bank.count(.initiate) == 1 && world.bank.count(.cancel) == 1)
    }

    /// What comes back each time, what is thrown, how often it was sent, and whether money may have moved.
    @Test("an answer that is none", arguments: [
        (.error(HTTPTransportError(.connect, mayHaveBeenReceived: false)), "gateway_not_reached", 4, false),
        (.error(HTTPTransportError(.timeout, mayHaveBeenReceived: true)), "gateway_outcome_unknown", 4, true),
        (.error(HTTPTransportError(.cancelled, mayHaveBeenReceived: true)), "gateway_outcome_unknown", 1, true),
        (.answer(502, "<html>"), "gateway_outcome_unknown", 4, true),
        (.answer(404, "<html>"), "gateway_outcome_unknown", 1, true),
        (.answer(200, "<html>"), "gateway_outcome_unknown", 1, true),
        (.answer(200, "{}"), "gateway_outcome_unknown", 1, true),
        (.answer(401, "{\"code\":\"unauthorised\",\"title\":\"No key\"}"), "gateway_refused", 1, false),
        (.answer(409, "{\"code\":\"busy\"}"), "busy", 4, false),
        (.answer(503, "{\"code\":\"store_unavailable\",\"reason\":\"full\"}"), "store_unavailable", 4, false),
        (.answer(503, "{\"code\":\"bank_down\"}"), "bank_down", 1, false),
        (.answer(409, "{\"code\":\"over_cap\"}"), "gateway_outcome_unknown", 1, true),
    ] as [(BadGateway.Reply, String, Int, Bool)])
    func none(row: (reply: BadGateway.Reply, code: String, times: Int, moved: Bool)) async throws {
        let gateway = BadGateway(row.reply)
        let client = PeculeClient(
            "http://gateway.test/", key: "pec_x", transport: gateway, environment: StillClock().environment)
        let error = await #expect(throws: PeculeError.self) {
            try await client.refresh(Sample.id("T-1"), by: Sample.payer().account)
        }
        #expect(error?.code == row.code && error?.moneyMayHaveMoved == row.moved)
        #expect(gateway.requests.count == row.times)
    }

    @Test("pauses grow, keep to Retry-After, and end with the time of the call")
    func pauses() async throws {
        let clock = StillClock()
        let busy = BadGateway(.answer(409, "{\"code\":\"busy\"}", retryAfter: 9))
        let patience = ClientPatience(call: .seconds(20), attempts: 10)
        let client = PeculeClient(
            "http://gateway.test", key: "pec_x", transport: busy, patience: patience, environment: clock.environment)
        await #expect(throws: PeculeError.busy) { try await client.banks() }
        #expect(busy.requests.count == 3)
        #expect(clock.now.timeIntervalSince(Sample.morning) == 18)
    }

    @Test("hooks hear of every attempt, and of nothing that was sent")
    func hooks() async throws {
        let world = try await ServiceWorld(.remote)
        world.network?.lose(.reply, of: .post, to: "/v1/transfers")
        _ = try await world.draft()
        let told = world.events.all
        #expect(told.map(\.attempt) == [1, 2, 1] && told.map(\.status) == [nil, 201, 200])
        #expect(told.first?.code == "gateway_outcome_unknown" && told.last?.correlation != nil)
        for secret in ["pec_", "jeanne", "240001", "Petit"] { #expect(!"\(told)".contains(secret)) }
    }

    @Test("the key, the user and what is typed never stand in an address")
    func addresses() async throws {
        let gateway = BadGateway(.answer(404, "{\"code\":\"unknown_transfer\"}"))
        let client = PeculeClient("http://gateway.test", key: "pec_secret", transport: gateway)
        let (id, payer) = (Sample.id("T-1"), Sample.payer())
        _ = try? await client.draft(id, payer: payer, permit: Sample.permit().number, amount: Sample.amount(1))
        _ = try? await client.begin(
            id, by: payer.account, at: Sample.bank, from: Sample.browser, returningTo: Sample.address)
        _ = try? await client.resume(query: "state=\(String(repeating: "a", count: 32))&code=c", from: Sample.browser)
        _ = try? await client.transfer(id, by: payer.account)
        _ = try? await client.history(of: payer.account)
        let targets = gateway.requests.map(\.target)
        #expect(targets.count == 5)
        for secret in ["secret", "jeanne", "240001", "Petit", "aaaa", "code", Sample.browser.revealed] {
            #expect(!targets.joined(separator: " ").contains(secret))
        }
    }

    @Test("the trace of the caller is passed on")
    func trace() async throws {
        let gateway = BadGateway(.answer(200, "{\"banks\":[]}"))
        let client = PeculeClient("http://gateway.test", key: "pec_x", transport: gateway)
        let trace = try #require(CorrelationID("4bf92f3577b34da6a3ce929d0e0e4736"))
        _ = try await CorrelationID.$current.withValue(trace) { try await client.banks() }
        _ = try await client.banks()
        let parents = gateway.requests.map { $0.fields["traceparent"] }
        #expect(parents[0]?.hasPrefix("00-4bf92f3577b34da6a3ce929d0e0e4736-") == true && parents[1] == nil)
    }
}

/// A gateway that always answers the same.
final class BadGateway: HTTPTransport {
    enum Reply: Sendable {
        case answer(Int, String, retryAfter: Int? = nil)
        case error(HTTPTransportError)
    }

    private let reply: Reply
    private let seen = Mutex<[HTTPRequest]>([])

    init(_ reply: Reply) { self.reply = reply }

    var requests: [HTTPRequest] { seen.withLock { $0 } }

    func send(_ request: HTTPRequest, within limits: HTTPLimits) async throws(HTTPTransportError) -> HTTPResponse {
        seen.withLock { $0.append(request) }
        switch reply {
        case .error(let error): throw error
        case .answer(let status, let body, let retryAfter):
            var response = HTTPResponse(status: status, body: Array(body.utf8))
            if let retryAfter { response.fields.set(String(retryAfter), for: "Retry-After") }
            return response
        }
    }
}
