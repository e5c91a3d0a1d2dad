import Glibc
import PeculeCurl
import PeculeHTTP
import Testing

@Suite("Cancellation and the end of a transport")
struct EndingTests {
    private let transport = CurlTransport()

    /// Where the exchange stands when it is ended from outside.
    enum Stage: CaseIterable, Sendable {
        case beforeSending, handshake, awaitingAnswer, inHead, inBody

        var mayHaveBeenReceived: Bool { self != .beforeSending && self != .handshake }
        var scheme: String { self == .handshake ? "https:" : "http:" }

        var server: RawServer {
            RawServer { connection in
                if mayHaveBeenReceived { connection.readRequest() }
                if self == .inHead { connection.write("HTTP/1.1 200 OK\r\n") }
                if self == .inBody { connection.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf") }
                connection.waitForClose()
            }
        }

        func wait(for server: RawServer) async {
            switch self {
            case .beforeSending: break
            case .handshake: await server.wait(for: .accepted)
            case .awaitingAnswer, .inHead, .inBody: await server.wait(for: .request)
            }
        }
    }

    @Test("a cancelled task gives up its exchange at once, and the connection with it", arguments: Stage.allCases)
    func cancellation(at stage: Stage) async {
        let server = stage.server
        let target = server.url.replacing("http:", with: stage.scheme)
        let exchange = Task { [transport] in
            if stage == .beforeSending { withUnsafeCurrentTask { $0?.cancel() } }
            return await transport.ending(of: HTTPRequest(.post, target, body: [1]))
        }
        await stage.wait(for: server)
        exchange.cancel()
        #expect(await exchange.value == .failed(.cancelled, mayHaveBeenReceived: stage.mayHaveBeenReceived))
        if stage != .beforeSending { await server.wait(for: .closed) }
        #expect(server.requests.count == (stage.mayHaveBeenReceived ? 1 : 0))
    }

    @Test("a cancelled exchange leaves the others alone")
    func neighbours() async throws {
        let server = RawServer { connection in
            while let request = connection.readRequest() {
                request.hasPrefix("GET /hang") ? connection.waitForClose() : connection.answer()
            }
        }
        let hanging = Task { [transport] in await transport.ending(of: HTTPRequest(.get, server.url + "/hang")) }
        await server.wait(for: .request)
        for _ in 1...5 { #expect(await transport.ending(of: HTTPRequest(.get, server.url)) == .status(200)) }
        hanging.cancel()
        #expect(await hanging.value == .failed(.cancelled, mayHaveBeenReceived: true))
        #expect(await transport.ending(of: HTTPRequest(.get, server.url)) == .status(200))
    }

    @Test("stop ends what is under way, and what comes later", arguments: Stage.allCases)
    func stop(at stage: Stage) async {
        let server = stage.server
        let target = server.url.replacing("http:", with: stage.scheme)
        if stage == .beforeSending { transport.stop() }
        let exchange = Task { [transport] in await transport.ending(of: HTTPRequest(.post, target, body: [1])) }
        await stage.wait(for: server)
        transport.stop()
        #expect(await exchange.value == .failed(.stopped, mayHaveBeenReceived: stage.mayHaveBeenReceived))
        let later = await transport.ending(of: HTTPRequest(.post, target, body: [1]))
        #expect(later == .failed(.stopped, mayHaveBeenReceived: false))
        if stage != .beforeSending { await server.wait(for: .closed) }
    }

    @Test("the last reference to a transport closes its kept connections")
    func release() async {
        let server = RawServer { connection in
            while connection.readRequest() != nil { connection.answer() }
        }
        do {
            let short = CurlTransport()
            #expect(await short.ending(of: HTTPRequest(.get, server.url)) == .status(200))
        }
        await server.wait(for: .closed)
    }

    @Test("tasks that prefer the executor run on its one thread, before and after an answer")
    func executor() async throws {
        let server = RawServer { connection in
            while connection.readRequest() != nil { connection.answer() }
        }
        let threads = await withTaskGroup(of: Set<pthread_t>.self) { group in
            for _ in 1...8 {
                group.addTask(executorPreference: transport.executor) {
                    var seen: Set = [pthread_self()]
                    for _ in 1...3 {
                        let ending = await transport.ending(of: HTTPRequest(.get, server.url))
                        #expect(ending == .status(200))
                        seen.insert(pthread_self())
                    }
                    return seen
                }
            }
            return await group.reduce(into: Set<pthread_t>()) { $0.formUnion($1) }
        }
        #expect(threads.count == 1)
    }

    @Test("a task that prefers the executor of a stopped transport still runs to its end")
    func stoppedExecutor() async {
        let task = Task(executorPreference: transport.executor) {
            transport.stop()
            var endings: [Ending] = []
            for _ in 1...3 {
                await Task.yield()
                endings.append(await transport.ending(of: HTTPRequest(.get, "http://127.0.0.1:1/")))
            }
            return endings
        }
        #expect(await task.value == Array(repeating: .failed(.stopped, mayHaveBeenReceived: false), count: 3))
    }
}
