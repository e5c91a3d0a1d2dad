import PeculeHTTP
import PeculeServer
import Testing

/// Answers whose body comes piece by piece.
@Suite struct StreamTests {
    /// Streams what it is given at `/stream`, echoes elsewhere.
    private struct Streaming<Pieces: AsyncSequence<[UInt8], Never> & Sendable>: HTTPHandler {
        var head = HTTPResponse(status: 200, fields: ["Content-Type": "text/event-stream"])
        let pieces: Pieces

        func respond(to request: HTTPRequest) async -> HTTPResponse { await Answer.echo.respond(to: request) }

        func deliver(_ request: HTTPRequest) async -> HTTPDelivery {
            guard request.target == "/stream" else { return HTTPDelivery(await respond(to: request)) }
            return HTTPDelivery(streaming: head, pieces)
        }
    }

    /// The same piece for ever; tells how often it was asked.
    private struct Endless: AsyncSequence, AsyncIteratorProtocol, Sendable {
        let piece: [UInt8]
        let asked: AsyncStream<Int>.Continuation
        var count = 0

        func makeAsyncIterator() -> Endless { self }

        mutating func next() async -> [UInt8]? { await next(isolation: nil) }

        mutating func next(isolation actor: isolated (any Actor)?) async -> [UInt8]? {
            guard !Task.isCancelled else { return nil }
            count += 1
            asked.yield(count)
            return piece
        }
    }

    private let stream = AsyncStream.makeStream(of: [UInt8].self)

    @Test func headFirstThenEachPieceThenTheNextRequest() async throws {
        let source = stream.continuation
        try await withServer(Streaming(pieces: stream.stream)) { server in
            let client = Transferred(try RawClient(port: server.port))
            let head = try await onThread {
                client.client.send("GET /stream HTTP/1.1\r\nHost: h\r\n\r\n")
                return try client.client.response()
            }
            #expect(head?.fields["Transfer-Encoding"] == "chunked" && head?.fields["Content-Length"] == nil)
            for piece in ["one", "", "deux"] {
                source.yield(Array(piece.utf8))
                guard !piece.isEmpty else { continue }
                #expect(try await onThread { try client.client.chunk() } == Array(piece.utf8))
            }
            source.finish()
            #expect(try await onThread { try client.client.chunk() } == [])
            let next = try await onThread {
                client.client.send("GET /next HTTP/1.1\r\nHost: h\r\n\r\n")
                return try client.client.response()?.fields["Seen"]
            }
            #expect(next == "GET /next")
        }
    }

    static let rows: [(request: String, body: String)] = [
        ("GET /stream HTTP/1.0\r\n\r\n", "ab"),
        ("GET /stream HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", "1\r\na\r\n1\r\nb\r\n0\r\n\r\n"),
        ("HEAD /stream HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", ""),
        ("HEAD /stream HTTP/1.0\r\n\r\n", ""),
    ]

    @Test(arguments: rows)
    func eachClientSeesTheEndInItsWay(row: (request: String, body: String)) async throws {
        for piece in ["a", "b"] { stream.continuation.yield(Array(piece.utf8)) }
        stream.continuation.finish()
        try await withServer(Streaming(pieces: stream.stream)) { server in
            let port = server.port
            let received = try await onThread {
                let client = try RawClient(port: port)
                client.send(row.request)
                return (try client.response()?.fields["Connection"], try client.rest())
            }
            #expect(received.0 == "close")
            #expect(received.1 == Array(row.body.utf8))
        }
    }

    @Test func theClientsLeavingCancelsTheProducer() async throws {
        let (cancelled, source) = (stream.stream, stream.continuation)
        let (ended, end) = AsyncStream.makeStream(of: AsyncStream<[UInt8]>.Continuation.Termination.self)
        source.onTermination = { end.yield($0) }
        try await withServer(Streaming(pieces: cancelled)) { server in
            let port = server.port
            try await onThread {
                let client = try RawClient(port: port)
                client.send("GET /stream HTTP/1.1\r\nHost: h\r\n\r\n")
                _ = try client.response()
            }
            guard case .cancelled? = await ended.first(where: { _ in true }) else {
                Issue.record("the producer was not cancelled")
                return
            }
        }
    }

    @Test func stoppingEndsTheStreamInOrder() async throws {
        stream.continuation.yield([0x61])
        let server = try HTTPServer.start(.init(limits: .patient), handler: Streaming(pieces: stream.stream))
        let client = Transferred(try RawClient(port: server.port))
        let begun = try await onThread {
            client.client.send("GET /stream HTTP/1.1\r\nHost: h\r\n\r\n")
            return (try client.client.response()?.status, try client.client.chunk())
        }
        #expect(begun.0 == 200 && begun.1 == [0x61])
        await server.stop(within: .seconds(600))
        #expect(try await onThread { try client.client.rest() } == Array("0\r\n\r\n".utf8))
    }

    @Test func aStoppingServerBeginsNoStream() async throws {
        let (started, begun) = AsyncStream.makeStream(of: Void.self)
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        struct Late: HTTPHandler {
            let begun: AsyncStream<Void>.Continuation
            let gate: AsyncStream<Void>
            let pieces: AsyncStream<[UInt8]>

            func respond(to request: HTTPRequest) async -> HTTPResponse { HTTPResponse(status: 200) }

            func deliver(_ request: HTTPRequest) async -> HTTPDelivery {
                guard request.target == "/stream" else { return HTTPDelivery(await respond(to: request)) }
                begun.yield()
                _ = await gate.first { true }
                return HTTPDelivery(streaming: HTTPResponse(status: 200), pieces)
            }
        }
        let handler = Late(begun: begun, gate: gate, pieces: stream.stream)
        let server = try HTTPServer.start(.init(limits: .patient), handler: handler)
        let idle = Transferred(try RawClient(port: server.port))
        let client = Transferred(try RawClient(port: server.port))
        _ = try await onThread {
            idle.client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            return try idle.client.response()?.status
        }
        client.client.send("GET /stream HTTP/1.1\r\nHost: h\r\n\r\n")
        _ = await started.first { true }
        async let stopped: Void = server.stop(within: .seconds(600))
        // The idle connection's end shows that the server is stopping; only then may the handler go on.
        #expect(try await onThread { try idle.client.rest() } == [])
        open.yield()
        let answer = try await onThread { (try client.client.response(), try client.client.rest()) }
        #expect(answer.0?.fields["Connection"] == "close" && answer.1 == Array("0\r\n\r\n".utf8))
        await stopped
        withExtendedLifetime(stream.continuation) {}
    }

    @Test func aSlowReaderHoldsTheProducerBackUntilItsTimeIsOver() async throws {
        let (counts, asked) = AsyncStream.makeStream(of: Int.self)
        let limits = HTTPServerLimits.patient(writeTimeout: .milliseconds(50))
        let pieces = Endless(piece: [UInt8](repeating: 0x61, count: 1 << 20), asked: asked)
        try await withServer(limits: limits, Streaming(pieces: pieces)) { server in
            let client = Transferred(try RawClient(port: server.port, receiveBuffer: 4 << 10))
            try await onThread {
                // Writing fails only once the server has closed; until then nothing is read.
                while client.client.send("GET /stream HTTP/1.1\r\nHost: h\r\n\r\n") {}
            }
            asked.finish()
            // A megabyte each: what the two systems' buffers hold, and the one that is waiting.
            #expect((1...16).contains(await counts.reduce(0, max)))
        }
    }

    @Test func manySilentStreamsHoldNobodyUp() async throws {
        struct Silent: AsyncSequence, AsyncIteratorProtocol, Sendable {
            func makeAsyncIterator() -> Silent { self }
            mutating func next() async -> [UInt8]? { await next(isolation: nil) }
            mutating func next(isolation actor: isolated (any Actor)?) async -> [UInt8]? {
                await untilCancelled()
                return nil
            }
        }
        try await withServer(loops: 1, Streaming(pieces: Silent())) { server in
            let port = server.port
            let seen = try await onThread {
                let streams = try (0..<200).map { _ in try RawClient(port: port) }
                for client in streams {
                    client.send("GET /stream HTTP/1.1\r\nHost: h\r\n\r\n")
                    guard try client.response()?.status == 200 else { return "no head" }
                }
                let other = try RawClient(port: port)
                other.send("GET /other HTTP/1.1\r\nHost: h\r\n\r\n")
                let seen = try other.response()?.fields["Seen"]
                return withExtendedLifetime(streams) { seen ?? "nothing" }
            }
            #expect(seen == "GET /other")
        }
    }
}
