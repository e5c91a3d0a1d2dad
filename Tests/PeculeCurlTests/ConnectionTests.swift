import PeculeCurl
import PeculeHTTP
import Testing

@Suite("Connections")
struct ConnectionTests {
    private let transport = CurlTransport()

    @Test("requests one after another share a connection")
    func keepAlive() async throws {
        let server = RawServer { connection in
            var count = 0
            while connection.readRequest() != nil {
                count += 1
                connection.answer("\(count)")
            }
        }
        var bodies: [String] = []
        for method in [HTTPMethod.get, .post, .put, .get] {
            let response = try await transport.send(HTTPRequest(method, server.url), within: HTTPLimits())
            bodies.append(String(decoding: response.body, as: UTF8.self))
        }
        #expect(bodies == ["1", "2", "3", "4"])
    }

    /// The server answers the first request of each connection, reads the second and closes without a word: whether it
    /// acted on it, nobody can say.
    @Test("a request that dies with a kept connection is repeated only when it is safe", arguments: [
        (HTTPMethod.post, "x", Ending.failed(.reset, mayHaveBeenReceived: true), 2),
        (.post, "", .failed(.reset, mayHaveBeenReceived: true), 2),
        (.put, "x", .failed(.reset, mayHaveBeenReceived: true), 2),
        (.patch, "x", .failed(.reset, mayHaveBeenReceived: true), 2),
        (.delete, "", .failed(.reset, mayHaveBeenReceived: true), 2),
        (.get, "", .status(200), 3),
        (.head, "", .status(200), 3),
    ])
    func staleConnection(method: HTTPMethod, body: String, ending: Ending, requests: Int) async throws {
        let server = RawServer { connection in
            connection.readRequest()
            connection.answer("")
            connection.readRequest()
        }
        _ = try await transport.send(HTTPRequest(.get, server.url), within: HTTPLimits())
        let found = await transport.ending(of: HTTPRequest(method, server.url, body: Array(body.utf8)))
        #expect(found == ending)
        #expect(server.requests.count == requests)
    }

    @Test("a kept connection that the server closed meanwhile is not used, and nothing is lost")
    func closedWhileIdle() async throws {
        let server = RawServer { connection in
            connection.readRequest()
            connection.answer()
        }
        for _ in 1...3 {
            _ = try await transport.send(HTTPRequest(.post, server.url, body: [1]), within: HTTPLimits())
            await server.wait(for: .closed)
        }
        #expect(server.requests.count == 3)
    }

    @Test("200 requests at once all get their own answer")
    func concurrency() async throws {
        let server = RawServer { connection in
            while let request = connection.readRequest() {
                connection.answer(String(request.split(separator: " ")[1]))
            }
        }
        try await withThrowingTaskGroup(of: (String, HTTPResponse).self) { group in
            for number in 1...200 {
                group.addTask {
                    let request = HTTPRequest(.post, server.url + "/\(number)", body: Array("\(number)".utf8))
                    return ("/\(number)", try await transport.send(request, within: HTTPLimits()))
                }
            }
            for try await (path, response) in group { #expect(response.body == Array(path.utf8)) }
        }
        #expect(Set(server.requests.map { $0.split(separator: " ")[1] }).count == 200)
    }

    @Test("more exchanges than connections wait their turn, and their total time runs meanwhile")
    func connectionLimit() async throws {
        let transport = CurlTransport(.init(maximumConnectionsPerHost: 1))
        let server = RawServer { connection in
            connection.readRequest()
            connection.waitForClose()
        }
        let first = Task { await transport.ending(of: HTTPRequest(.get, server.url)) }
        await server.wait(for: .request)
        let waiting = await transport.ending(
            of: HTTPRequest(.get, server.url), within: HTTPLimits(total: .milliseconds(200)))
        #expect(waiting == .failed(.timeout, mayHaveBeenReceived: false))
        first.cancel()
        #expect(await first.value == .failed(.cancelled, mayHaveBeenReceived: true))
        #expect(server.requests.count == 1)
    }
}
