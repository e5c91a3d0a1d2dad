import PeculeHTTP
import Testing

@Suite struct RouterTests {
    private let router = {
        var router = HTTPRouter()
        for (method, pattern) in [
            (HTTPMethod.get, "/"), (.get, "/health"), (.get, "/{bank}/payments/{id}"),
            (.delete, "/{bank}/payments/{id}"),
        ] {
            router.on(method, pattern) { _, parameters in
                let seen = parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                return HTTPResponse(status: 200, fields: ["Seen": ([pattern] + seen).joined(separator: " ")])
            }
        }
        return router
    }()

    @Test(arguments: [
        ("GET", "/", 200, "/"),
        ("GET", "/health", 200, "/health"),
        ("GET", "/health?a=b/c", 200, "/health"),
        ("GET", "/b/payments/42", 200, "/{bank}/payments/{id} bank=b id=42"),
        ("DELETE", "/b/payments/4%202", 200, "/{bank}/payments/{id} bank=b id=4 2"),
        ("GET", "/Health", 404, nil),
        ("GET", "/health/", 400, nil),
        ("GET", "/health;x", 404, nil),
        ("GET", "//health", 400, nil),
        ("GET", "/b/payments/", 400, nil),
        ("GET", "/b/payments/..", 400, nil),
        ("GET", "/b/payments/%2e%2E", 400, nil),
        ("GET", "/b/payments/..%2fhealth", 400, nil),
        ("GET", "/b/payments/%00", 400, nil),
        ("GET", "/b/payments/%0a", 400, nil),
        ("GET", "/b/payments/%zz", 400, nil),
        ("GET", "/b/payments/%c0%af", 400, nil),
        ("GET", "/nothing/here", 404, nil),
        ("GET", "relative", 400, nil),
        ("get", "/health", 405, nil),
        ("TRACE", "/health", 405, nil),
    ] as [(String, String, Int, String?)])
    func finds(method: String, target: String, status: Int, seen: String?) async throws {
        let method = try #require(HTTPMethod(rawValue: method))
        let response = await router.respond(to: HTTPRequest(method, target))
        #expect(response.status == status)
        #expect(response.fields["Seen"] == seen)
    }

    @Test func namesTheMethodsOfAnAddress() async {
        let response = await router.respond(to: HTTPRequest(.put, "/b/payments/1"))
        #expect(response.fields["Allow"] == "GET, DELETE")
    }

    @Test func listsItsRoutes() {
        #expect(router.routes.map(\.description).last == "DELETE /{bank}/payments/{id}")
        #expect(router.routes.count == 4)
    }

    @Test func passesAnAnswerInPiecesOn() async {
        var router = HTTPRouter()
        router.stream(.get, "/{id}/events") { _, parameters in
            let (pieces, source) = AsyncStream.makeStream(of: [UInt8].self)
            source.yield(Array((parameters["id"] ?? "").utf8))
            source.finish()
            return HTTPDelivery(streaming: HTTPResponse(status: 200), pieces)
        }
        let delivery = await router.deliver(HTTPRequest(.get, "/a/events"))
        var received: [[UInt8]] = []
        if let pieces = delivery.pieces { for await piece in pieces { received.append(piece) } }
        #expect(received == [[0x61]] && !delivery.isPlain)
        #expect(await router.deliver(HTTPRequest(.get, "/a")).isPlain)
    }
}
