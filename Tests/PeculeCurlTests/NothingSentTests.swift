import Glibc
import PeculeCurl
import PeculeHTTP
import Testing

/// Failures of which it is certain that the server has not seen the request: the caller may send it again.
@Suite("Failures before the first byte")
struct NothingSentTests {
    private let transport = CurlTransport()

    @Test("a request that cannot go out as it stands is refused", arguments: [
        HTTPRequest(.get, ""), HTTPRequest(.get, "/path"), HTTPRequest(.get, "127.0.0.1/path"),
        HTTPRequest(.get, "//127.0.0.1/path"), HTTPRequest(.get, "ftp://127.0.0.1/"),
        HTTPRequest(.get, "file:///etc/hosts"),
        HTTPRequest(.get, "gopher://127.0.0.1/"), HTTPRequest(.get, "httpx://127.0.0.1/"),
        HTTPRequest(.get, "http:/127.0.0.1/"),
        HTTPRequest(.get, "http://"), HTTPRequest(.get, "http:///path"), HTTPRequest(.get, "http://?q"),
        HTTPRequest(.get, "http://user@127.0.0.1/"), HTTPRequest(.get, "http://user:word@127.0.0.1/"),
        HTTPRequest(.get, "http://@127.0.0.1/"), HTTPRequest(.get, "http://127.0.0.1\\@bank.example/"),
        HTTPRequest(.get, "http://127.0.0.1/#part"), HTTPRequest(.get, "http://127.0.0.1/a b"),
        HTTPRequest(.get, "http://127.0.0.1/a\r\nX: y"), HTTPRequest(.get, "http://127.0.0.1/\0"),
        HTTPRequest(.get, "http://bänk.example/"), HTTPRequest(.get, "http://127.0.0.1:99999/"),
        HTTPRequest(.get, "http://127.0.0.1:x/"), HTTPRequest(.get, "http://[::1/"),
        HTTPRequest(.head, "http://127.0.0.1/", body: [1]),
        HTTPRequest(.get, "http://127.0.0.1/", fields: ["X-A": "a\r\nX-B: b"]),
        HTTPRequest(.get, "http://127.0.0.1/", fields: ["X A": "a"]),
        HTTPRequest(.get, "http://127.0.0.1/", fields: ["": "a"]),
        HTTPRequest(.post, "http://127.0.0.1/", fields: ["content-length": "5"], body: [1]),
        HTTPRequest(.post, "http://127.0.0.1/", fields: ["Transfer-Encoding": "chunked"], body: [1]),
        HTTPRequest(.post, "http://127.0.0.1/", fields: ["Expect": "100-continue"]),
        HTTPRequest(.get, "http://127.0.0.1/", fields: ["Connection": "upgrade", "Upgrade": "h2c"]),
    ])
    func badRequest(request: HTTPRequest) async {
        let ending = await transport.ending(of: request)
        #expect(ending == .failed(.badRequest, mayHaveBeenReceived: false))
    }

    @Test("an error says nothing of the request")
    func discretion() async {
        for target in ["http://user:secret@bank.example/secret", Self.unresolvable + "/secret"] {
            await #expect {
                try await transport.send(HTTPRequest(.get, target, body: Array("secret".utf8)), within: HTTPLimits())
            } throws: { error in
                !"\(error)".contains("secret") && !"\(error)".contains("bank") && !"\(error)".contains("aaa")
            }
        }
    }

    /// A label of 64 characters (63 is the most): the resolver refuses it without asking anyone.
    private static let unresolvable = "http://" + String(repeating: "a", count: 64) + ".example"

    @Test("a name that does not resolve, a port where nobody listens, an authority nobody can read")
    func unreachable() async throws {
        let silent = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        defer { close(silent) }
        let nobody = "127.0.0.1:\(RawServer.bindToFreePort(silent))"
        let rows: [(String, HTTPTransportError.Reason)] = [
            (Self.unresolvable, .resolve), ("http://" + nobody, .connect),
            ("https://" + nobody, .connect),
        ]
        for (target, reason) in rows {
            let ending = await transport.ending(of: HTTPRequest(.post, target))
            #expect(ending == .failed(reason, mayHaveBeenReceived: false))
        }
        let server = RawServer { $0.waitForClose() }
        let target = server.url.replacing("http:", with: "https:")
        let lost = CurlTransport(.init(trustedAuthoritiesFile: "/nowhere/ca.pem"))
        #expect(await lost.ending(of: HTTPRequest(.post, target)) == .failed(.tls, mayHaveBeenReceived: false))
    }

    @Test("a handshake that never ends runs into the connect timeout or the total one", arguments: [
        HTTPLimits(connect: .milliseconds(200)), HTTPLimits(total: .milliseconds(200)), HTTPLimits(total: .zero),
        HTTPLimits(connect: .zero), HTTPLimits(total: .seconds(-1)),
    ])
    func timeout(limits: HTTPLimits) async {
        let server = RawServer { $0.waitForClose() }
        let target = server.url.replacing("http:", with: "https:")
        let ending = await transport.ending(of: HTTPRequest(.post, target), within: limits)
        #expect(ending == .failed(.timeout, mayHaveBeenReceived: false))
    }

    @Test("a port that speaks no TLS")
    func plaintext() async {
        let server = RawServer { connection in
            connection.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            connection.waitForClose()
        }
        let target = server.url.replacing("http:", with: "https:")
        let ending = await transport.ending(of: HTTPRequest(.post, target, body: [1]))
        #expect(ending == .failed(.tls, mayHaveBeenReceived: false))
    }

    @Test("proxies of the environment are not asked")
    func proxies() async {
        await #expect(processExitsWith: .success) {
            for name in ["http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"] {
                setenv(name, "http://127.0.0.1:1", 1)
            }
            unsetenv("no_proxy")
            unsetenv("NO_PROXY")
            let server = RawServer { connection in
                connection.readRequest()
                connection.answer()
            }
            let ending = await CurlTransport().ending(of: HTTPRequest(.get, server.url))
            guard ending == .status(200) else { exit(1) }
        }
    }
}
