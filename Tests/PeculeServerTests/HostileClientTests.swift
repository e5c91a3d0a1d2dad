import PeculeHTTP
import PeculeServer
import Testing

/// Clients that send what they should not, too slowly, or not at all.
@Suite struct HostileClientTests {
    /// One shape each of what `PeculeHTTPTests` lists in full: here the answer on the wire, and the end after it.
    @Test(arguments: [
        ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400),
        ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5, 5\r\n\r\nhello", 400),
        ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: +5\r\n\r\nhello", 400),
        ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0x5\r\n\r\nhello", 400),
        ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\nhello", 400),
        ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000000000000000000\r\n\r\nhello", 400),
        ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501),
        ("POST / HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello0\r\n\r\n", 400),
        ("GET / HTTP/1.1\nHost: h\n\n", 400),
        ("GET / HTTP/1.1\r\nHost : h\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: h\r\nX: a\0b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: h\r\nHost: other\r\n\r\n", 400),
        ("GET http://other/ HTTP/1.1\r\nHost: h\r\n\r\n", 400),
        ("GET / HTTP/2.0\r\nHost: h\r\n\r\n", 505),
        ("GET /" + String(repeating: "a", count: 9000) + " HTTP/1.1\r\nHost: h\r\n\r\n", 414),
        ("GET / HTTP/1.1\r\nHost: h\r\nX: " + String(repeating: "a", count: 17_000) + "\r\n\r\n", 431),
        ("GET / HTTP/1.1\r\nHost: h\r\n" + String(repeating: "X: a\r\n", count: 10_000) + "\r\n", 431),
        ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1073741824\r\n\r\n", 413),
        ("\u{16}\u{03}\u{01}\u{02}\u{00}\u{01}\u{00}\u{01}\u{FC}\u{03}\u{03}\r\n", 400),
    ])
    func isAnsweredAndCutOff(bytes: String, status: Int) async throws {
        try await withServer { server in
            let port = server.port
            let received = try await onThread {
                let client = try RawClient(port: port)
                client.send("GET /before HTTP/1.1\r\nHost: h\r\n\r\n")
                client.send(bytes + "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n")
                return (try client.response(), try client.response(), try client.rest())
            }
            #expect(received.0?.fields["Seen"] == "GET /before")
            #expect(received.1?.status == status)
            #expect(received.1?.fields["Connection"] == "close")
            #expect(received.1?.fields["Content-Type"] == "application/problem+json")
            #expect(received.2 == [], "nothing is read after the error")
        }
    }

    @Test func readsWhatTheHandlerSaysToWhatCannotBeRead() async throws {
        struct Polite: HTTPHandler {
            func respond(to request: HTTPRequest) async -> HTTPResponse { HTTPResponse(status: 200) }
            func refusal(of error: HTTPParseError) -> HTTPResponse {
                HTTPResponse(status: error.status, fields: ["Content-Type": "text/plain"], body: Array("sorry".utf8))
            }
        }
        let server = try HTTPServer.start(.init(limits: .patient(body: 10)), handler: Polite())
        let port = server.port
        let response = try await onThread {
            let client = try RawClient(port: port)
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\nhello world")
            return try client.response()
        }
        #expect(response?.status == 413 && response?.body == Array("sorry".utf8))
        await server.stop(within: .seconds(1))
    }

    @Test func sendsItsAnswerEvenWhileTheClientGoesOnSending() async throws {
        try await withServer(limits: .patient(body: 100_000)) { server in
            let port = server.port
            let status = try await onThread {
                let client = try RawClient(port: port)
                client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100001\r\n\r\n")
                client.send([UInt8](repeating: 0x61, count: 90_000))
                return try client.response()?.status
            }
            #expect(status == 413)
        }
    }

    @Test(arguments: [
        "", "GET / HT", "GET / HTTP/1.1\r\nHost: h\r\nX: ",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhel",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
        "GET / HTTP/1.1\r\nHost: h\r\n\r\n",
    ])
    func isCutWhenItFallsSilent(bytes: String) async throws {
        let moment = Duration.milliseconds(50)
        let isComplete = bytes.hasSuffix("\r\n\r\n")
        var limits = HTTPServerLimits.patient
        limits.idleTimeout = moment
        // What is complete must be able to arrive, on however busy a machine.
        if !isComplete { (limits.headTimeout, limits.bodyTimeout) = (moment, moment) }
        try await withServer(limits: limits) { server in
            let port = server.port
            let received = try await onThread {
                let client = try RawClient(port: port)
                client.send(bytes)
                return try client.rest()
            }
            #expect(received.isEmpty == !isComplete, "answered if complete, closed in any case")
        }
    }

    @Test func isCutWhenItDoesNotRead() async throws {
        let limits = HTTPServerLimits.patient(writeTimeout: .milliseconds(50))
        let body = [UInt8](repeating: 0x61, count: 32 << 20)
        try await withServer(limits: limits, Answer { _ in HTTPResponse(status: 200, body: body) }) { server in
            let port = server.port
            let received = try await onThread {
                let client = try RawClient(port: port, receiveBuffer: 4096)
                client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                // Writing fails only once the server has closed; until then nothing is read.
                while client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n") {}
                return try client.rest().count
            }
            #expect(received < body.count)
        }
    }

    /// The half-close is seen while the first handler runs, with a second request already there.
    @Test func isStillAnsweredWhenHalfClosed() async throws {
        let (started, begun) = AsyncStream.makeStream(of: Void.self)
        let handler = Answer { request in
            guard request.target == "/1" else { return await Answer.echo.respond(to: request) }
            begun.yield()
            await untilCancelled()
            return HTTPResponse(status: Task.isCancelled ? 503 : 200)
        }
        try await withServer(handler) { server in
            let client = Transferred(try RawClient(port: server.port))
            client.client.send("GET /1 HTTP/1.1\r\nHost: h\r\n\r\n")
            _ = await started.first { true }
            let received = try await onThread {
                client.client.send("GET /2 HTTP/1.1\r\nHost: h\r\n\r\n")
                client.client.finishSending()
                return (try client.client.response(), try client.client.response(), try client.client.rest())
            }
            #expect(received.0?.status == 503, "its task was cancelled, its answer still sent")
            #expect(received.1?.fields["Seen"] == "GET /2")
            #expect(received.2 == [])
        }
    }

    @Test func cancelsItsHandlerWhenItLeaves() async throws {
        let (started, begun) = AsyncStream.makeStream(of: Void.self)
        let (cancelled, ended) = AsyncStream.makeStream(of: Bool.self)
        let handler = Answer { _ in
            begun.yield()
            await untilCancelled()
            ended.yield(Task.isCancelled)
            return HTTPResponse(status: 200)
        }
        try await withServer(handler) { server in
            var client: RawClient? = try RawClient(port: server.port)
            client?.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            _ = await started.first { true }
            client = nil
            #expect(await cancelled.first { _ in true } == true)
        }
    }

    @Test func waitsItsTurnAtTheConnectionLimit() async throws {
        let seen = Seen()
        let handler = Answer { request in
            seen.note(request.target)
            return HTTPResponse(status: 200)
        }
        try await withServer(limits: .patient(connections: 1), loops: 1, handler) { server in
            let port = server.port
            let served = try await onThread {
                let first = try RawClient(port: port)
                let second = try RawClient(port: port)
                second.send("GET /second HTTP/1.1\r\nHost: h\r\n\r\n")
                // The loop looks at all its sockets between two of these answers.
                for _ in 0..<10 {
                    first.send("GET /first HTTP/1.1\r\nHost: h\r\n\r\n")
                    _ = try first.response()
                }
                first.send("GET /last HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                return (try first.rest().isEmpty, try second.response()?.status)
            }
            #expect(served == (false, 200))
        }
        #expect(seen.targets == Array(repeating: "/first", count: 10) + ["/last", "/second"])
    }

    @Test func askedToContinueSendsItsBody() async throws {
        try await withServer { server in
            let port = server.port
            let received = try await onThread {
                let client = try RawClient(port: port)
                client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
                let interim = try client.response()?.status
                client.send("ok")
                return (interim, try client.response()?.body)
            }
            #expect(received.0 == 100 && received.1 == Array("ok".utf8))
        }
    }
}
