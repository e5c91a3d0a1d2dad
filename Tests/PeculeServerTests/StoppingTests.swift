import PeculeHTTP
import PeculeServer
import Testing

@Suite struct StoppingTests {
    @Test func letsBegunExchangesFinishAndClosesIdleConnections() async throws {
        let (started, begun) = AsyncStream.makeStream(of: Void.self)
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let handler = Answer { request in
            guard request.target == "/slow" else { return HTTPResponse(status: 200) }
            begun.yield()
            _ = await gate.first { true }
            return HTTPResponse(status: 200, body: Array("late".utf8))
        }
        let server = try HTTPServer.start(.init(limits: .patient), handler: handler)
        let idle = Transferred(try RawClient(port: server.port))
        let busy = Transferred(try RawClient(port: server.port))
        let served = try await onThread {
            idle.client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            return try idle.client.response()?.status
        }
        #expect(served == 200)
        busy.client.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n")
        _ = await started.first { true }
        async let stopped: Void = server.stop(within: .seconds(60))
        // The idle connection's end shows that the server is stopping; only then may the handler go on.
        #expect(try await onThread { try idle.client.rest() } == [])
        open.yield()
        let answer = try await onThread { (try busy.client.response(), try busy.client.rest()) }
        #expect(answer.0?.body == Array("late".utf8) && answer.0?.fields["Connection"] == "close")
        #expect(answer.1 == [])
        await stopped
        #expect(throws: RawClientError.self) { try RawClient(port: server.port) }
    }

    @Test func cancelsWhatOutlastsTheGrace() async throws {
        let (started, begun) = AsyncStream.makeStream(of: Void.self)
        let (cancelled, ended) = AsyncStream.makeStream(of: Bool.self)
        let handler = Answer { _ in
            begun.yield()
            await untilCancelled()
            ended.yield(Task.isCancelled)
            return HTTPResponse(status: 200)
        }
        let server = try HTTPServer.start(.init(limits: .patient), handler: handler)
        let client = Transferred(try RawClient(port: server.port))
        client.client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        _ = await started.first { true }
        await server.stop(within: .zero)
        #expect(await cancelled.first { _ in true } == true)
        #expect(try await onThread { try client.client.rest() } == [])
    }

    /// A loop's thread once ended before its own drain had come back to it, and nobody ran the rest: it took busy
    /// processors to see it.
    @Test func comesBackFromEveryStop() async throws {
        try await withThrowingTaskGroup { group in
            for _ in 0..<400 {
                group.addTask { try await withServer { server in #expect(server.port > 0) } }
            }
            try await group.waitForAll()
        }
    }

    @Test func mayBeAskedTwice() async throws {
        let server = try HTTPServer.start(handler: Answer.echo)
        async let one: Void = server.stop(within: .seconds(60))
        async let two: Void = server.stop(within: .seconds(60))
        _ = await (one, two)
        await server.stop(within: .zero)
        #expect(throws: RawClientError.self) { try RawClient(port: server.port) }
    }

    @Test func refusesAPortThatIsTaken() async throws {
        try await withServer { server in
            #expect(throws: HTTPServerError.system(call: "bind", code: 98)) {
                try HTTPServer.start(.init(port: server.port), handler: Answer.echo)
            }
        }
    }

    @Test func refusesAHostThatIsNone() {
        #expect(throws: HTTPServerError.unknownHost("not a host")) {
            try HTTPServer.start(.init(host: "not a host"), handler: Answer.echo)
        }
    }
}
