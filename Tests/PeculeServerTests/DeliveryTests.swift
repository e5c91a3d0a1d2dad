import PeculeHTTP
import PeculeServer
import Testing

/// What reaches a client when a handler wants the wire to break.
@Suite struct DeliveryTests {
    private struct Breaking: HTTPHandler {
        let damage: HTTPDelivery.Damage
        let delay: Duration

        func respond(to request: HTTPRequest) async -> HTTPResponse {
            HTTPResponse(status: 200, body: Array("0123456789".utf8))
        }

        func deliver(_ request: HTTPRequest) async -> HTTPDelivery {
            guard request.target == "/broken" else { return HTTPDelivery(await respond(to: request)) }
            return HTTPDelivery(await respond(to: request), after: delay, damage: damage)
        }
    }

    /// The end of what is received, and whether the connection then takes another request.
    static let rows: [(damage: HTTPDelivery.Damage, ending: String, goesOn: Bool)] = [
        (.none, "0123456789", true),
        (.drip(.milliseconds(1)), "0123456789", true),
        (.cut, "\r\n\r\n01234", false),
        (.short, "\r\n\r\n01234", false),
        (.reset, "", false),
    ]

    @Test(arguments: rows, [Duration.zero, .milliseconds(20)])
    func aDamagedAnswer(
        row: (damage: HTTPDelivery.Damage, ending: String, goesOn: Bool), delay: Duration
    ) async throws {
        try await withServer(Breaking(damage: row.damage, delay: delay)) { server in
            let port = server.port
            let start = ContinuousClock.now
            let received = try await onThread {
                let client = try RawClient(port: port)
                client.send("GET /broken HTTP/1.1\r\nHost: h\r\n\r\n")
                guard row.goesOn else { return (String(decoding: try client.rest(), as: UTF8.self), false) }
                let first = try client.response()
                client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                return (String(decoding: first?.body ?? [], as: UTF8.self), try client.response()?.status == 200)
            }
            #expect(received.0.hasSuffix(row.ending) && received.0.isEmpty == row.ending.isEmpty)
            #expect(received.1 == row.goesOn)
            #expect(ContinuousClock.now - start >= delay)
        }
    }

    @Test func silenceLastsUntilTheClientLeaves() async throws {
        let limits = HTTPServerLimits.patient
        try await withServer(limits: limits, loops: 1, Breaking(damage: .silence, delay: .zero)) { server in
            let port = server.port
            let other = try await onThread {
                let silent = try RawClient(port: port)
                silent.send("GET /broken HTTP/1.1\r\nHost: h\r\n\r\n")
                let other = try RawClient(port: port)
                other.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                let answer = try other.response()?.status
                silent.finishSending()
                return (answer, try silent.rest())
            }
            #expect(other.0 == 200)
            #expect(other.1 == [], "closed without a byte")
        }
    }

    /// What a client in the same process is told.
    static let received: [(damage: HTTPDelivery.Damage, delay: Duration, reason: HTTPTransportError.Reason?)] = [
        (.none, .zero, nil), (.none, .seconds(2), .timeout), (.drip(.milliseconds(10)), .zero, nil),
        (.drip(.seconds(1)), .zero, .timeout), (.reset, .zero, .reset), (.cut, .zero, .reset), (.short, .zero, .reset),
        (.silence, .zero, .timeout),
    ]

    @Test(arguments: received)
    func anInProcessClient(row: (damage: HTTPDelivery.Damage, delay: Duration, reason: HTTPTransportError.Reason?)) {
        let delivery = HTTPDelivery(HTTPResponse(status: 200), after: row.delay, damage: row.damage)
        do throws(HTTPTransportError) {
            let response = try delivery.received(within: HTTPLimits(total: .seconds(1)))
            #expect(row.reason == nil && response.status == 200)
        } catch {
            #expect(error.reason == row.reason && error.mayHaveBeenReceived)
        }
    }
}
