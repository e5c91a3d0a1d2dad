import Foundation
import PeculeCrypto
import PeculeHTTP
import PeculeServer
import Testing

/// HTTPS, seen by the `openssl` command, a client of other hands.
@Suite struct TLSTests {
    private let files = try? Certificates.shared.get()

    @Test(arguments: ["-tls1_2", "-tls1_3"])
    func answers(version: String) async throws {
        let files = try #require(files)
        try await withServer(tls: files.server()) { server in
            let output = try await request(server, [version, "-CAfile", files.path("ca.pem"), "-verify_return_error"])
            #expect(output.contains("Seen: GET /secret"))
        }
    }

    @Test(arguments: [
        ["-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"], ["-tls1", "-cipher", "DEFAULT@SECLEVEL=0"],
        ["-tls1_2", "-cipher", "AES128-SHA"], ["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA"],
        ["-tls1_2", "-cipher", "AES128-GCM-SHA256"],
    ])
    func refusesWhatIsWeak(options: [String]) async throws {
        let files = try #require(files)
        try await withServer(tls: files.server()) { server in
            let (refused, others) = (try await request(server, options), try await request(server, []))
            #expect(!refused.contains("Seen:"))
            #expect(others.contains("Seen:"), "others are still served")
        }
    }

    @Test(arguments: [
        ("client", true), ("rogue", false), (nil, false), ("serverOnly", false),
    ] as [(String?, Bool)])
    func admitsOnlyItsOwnClients(name: String?, isAdmitted: Bool) async throws {
        let files = try #require(files)
        let identity = files.server(clients: true)
        let seen = Seen()
        let handler = Answer { request in
            seen.note(request.target)
            return await Answer.echo.respond(to: request)
        }
        try await withServer(tls: identity, handler) { server in
            let options = name.map { ["-cert", files.path("\($0).pem"), "-key", files.path("\($0).key")] } ?? []
            let output = try await request(server, options)
            #expect(output.contains("Seen: GET /secret") == isAdmitted)
        }
        #expect(seen.targets == (isAdmitted ? ["/secret"] : []), "the handshake decides, no handler")
    }

    @Test(arguments: ["client", "rogue", "serverOnly", nil], ["-tls1_2", "-tls1_3"])
    func leavesTheJudgementToTheHandlerWhereItIsToldTo(name: String?, version: String) async throws {
        let files = try #require(files)
        var identity = files.server()
        identity.asksClientCertificate = true
        let shown = try name.map { try String(contentsOfFile: files.path("\($0).pem"), encoding: .utf8) }
        let expected = shown.flatMap { Certificate.list(pem: $0)?.first?.der }
        let handler = Answer { request in
            HTTPResponse(status: 200, fields: ["Seen": request.clientCertificate == expected ? "as shown" : "another"])
        }
        try await withServer(tls: identity, handler) { server in
            let options = name.map { ["-cert", files.path("\($0).pem"), "-key", files.path("\($0).key")] } ?? []
            let session = files.path("session-\(server.port)")
            let first = try await request(server, options + [version, "-sess_out", session])
            #expect(first.contains("Seen: as shown"))
            let again = try await request(server, options + [version, "-sess_in", session])
            #expect(again.contains("Seen: as shown") && again.contains("Reused, "))
        }
    }

    @Test func resumesASessionWithAClientCertificate() async throws {
        let files = try #require(files)
        try await withServer(tls: files.server(clients: true)) { server in
            let options = ["-cert", files.path("client.pem"), "-key", files.path("client.key"), "-tls1_2"]
            let session = files.path("session-\(server.port)")
            let first = try await request(server, options + ["-sess_out", session])
            let again = try await request(server, options + ["-sess_in", session])
            #expect(first.contains("Seen:") && first.contains("New, "))
            #expect(again.contains("Seen:") && again.contains("Reused, "))
        }
    }

    @Test func closesOnPlainHTTP() async throws {
        let files = try #require(files)
        try await withServer(tls: files.server()) { server in
            let port = server.port
            let received = try await onThread {
                let client = try RawClient(port: port)
                client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                return String(decoding: try client.rest(), as: UTF8.self)
            }
            #expect(!received.contains("HTTP/1.1"))
        }
    }

    @Test func cutsAHandshakeThatDoesNotGoOn() async throws {
        let files = try #require(files)
        try await withServer(limits: .init(headTimeout: .milliseconds(50)), tls: files.server()) { server in
            let port = server.port
            let received = try await onThread {
                let client = try RawClient(port: port)
                client.send([0x16, 0x03, 0x01, 0x02, 0x00])
                return try client.rest()
            }
            #expect(received == [])
        }
    }

    @Test func carriesLargeBodies() async throws {
        let files = try #require(files)
        let body = Array(String(repeating: "0123456789abcdef", count: 50_000).utf8)
        try await withServer(tls: files.server(), Answer { _ in HTTPResponse(status: 200, body: body) }) { server in
            let output = try await request(server, [])
            #expect(output.contains(String(decoding: body, as: UTF8.self)))
        }
    }

    @Test(arguments: [
        ("missing.pem", "server.key", nil, "missing.pem"),
        ("server.pem", "missing.key", nil, "missing.key"),
        ("server.pem", "client.key", nil, "client.key"),
        ("server.key", "server.key", nil, "server.key"),
        ("server.pem", "server.key", "missing.pem", "missing.pem"),
        ("server.pem", "server.key", "server.key", "server.key"),
    ] as [(String, String, String?, String)])
    func refusesBrokenIdentities(chain: String, key: String, authority: String?, culprit: String) throws {
        let files = try #require(files)
        let identity = TLSIdentity(
            certificateChainFile: files.path(chain), privateKeyFile: files.path(key),
            clientAuthorityFile: authority.map(files.path))
        do throws(HTTPServerError) {
            _ = try HTTPServer.start(.init(tls: identity), handler: Answer.echo)
            Issue.record("started")
        } catch {
            guard case .tls(let file, let detail) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(file == files.path(culprit) && !detail.isEmpty)
        }
    }

    /// What `openssl s_client` prints for one GET, handshake report included.
    private func request(_ server: HTTPServer, _ options: [String]) async throws -> String {
        let address = "127.0.0.1:\(server.port)"
        return try await onThread {
            try openssl(
                ["s_client", "-connect", address, "-ign_eof"] + options,
                input: "GET /secret HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            ).output
        }
    }
}
