import Foundation
import PeculeCurl
import PeculeHTTP
import Testing

@Suite("TLS")
struct TLSTests {
    private static let good = certificate()
    private static let untold = Ending.failed(.tls, mayHaveBeenReceived: false)

    private static func certificate(
        alternative: String? = "IP:127.0.0.1", constraint: String = "critical,CA:FALSE", days: Int = 2,
        by issuer: TestCertificate? = .authority
    ) -> TestCertificate {
        TestCertificate(
            name: "127.0.0.1", alternative: alternative, constraint: constraint, days: days, issuer: issuer)
    }

    /// Runs with a transport that trusts the test authority, and removes its files.
    private func withTransport<Value>(
        identity: TestCertificate? = nil, _ body: (CurlTransport) async throws -> Value
    ) async throws -> Value {
        let authority = try TestCertificate.authority.write()
        defer { try? FileManager.default.removeItem(at: authority.folder) }
        let own = try identity?.write()
        defer { if let own { try? FileManager.default.removeItem(at: own.folder) } }
        let transport = CurlTransport(
            .init(
                trustedAuthoritiesFile: authority.certificate,
                clientIdentity: own.map { .init(certificateFile: $0.certificate, keyFile: $0.key) }))
        return try await body(transport)
    }

    private func server(_ tls: TLSServer) -> RawServer {
        RawServer(identity: tls) { connection in
            while connection.readRequest() != nil { connection.answer() }
        }
    }

    private static let rows: [(String, TLSServer, Ending)] = [
        ("good", TLSServer(good), .status(200)),
        ("of another authority", TLSServer(certificate(by: .otherAuthority)), untold),
        ("signed by itself", TLSServer(certificate(by: nil)), untold),
        ("of another name", TLSServer(certificate(alternative: "IP:127.0.0.2,DNS:localhost")), untold),
        ("expired", TLSServer(certificate(days: -1)), untold),
        ("signed by a certificate that is no authority", TLSServer(certificate(by: good)), untold),
        ("good, old ciphers only", TLSServer(good, ciphers: "ECDHE-ECDSA-AES128-SHA256"), untold),
        ("good, TLS 1.2", TLSServer(good, ciphers: "ECDHE-ECDSA-AES128-GCM-SHA256"), .status(200)),
    ]

    @Test("a request leaves only when the server has proved its name", arguments: rows.indices)
    func serverCertificate(row: Int) async throws {
        let (name, tls, expected) = Self.rows[row]
        let server = server(tls)
        let ending = try await withTransport { transport in
            await transport.ending(
                of: HTTPRequest(.post, server.url.replacing("http:", with: "https:"), body: [1]))
        }
        #expect(ending == expected, "\(name)")
        #expect(server.requests.count == (expected == .status(200) ? 1 : 0), "\(name)")
    }

    @Test("the system's authorities alone do not trust a private one")
    func systemAuthorities() async {
        let server = server(TLSServer(Self.good))
        let target = server.url.replacing("http:", with: "https:")
        #expect(await CurlTransport().ending(of: HTTPRequest(.get, target)) == Self.untold)
        #expect(server.requests.isEmpty)
    }

    /// In TLS 1.3 a client has sent its request before it learns that its certificate was refused.
    @Test("the client proves itself with its certificate, when the server asks")
    func clientCertificate() async throws {
        let server = server(TLSServer(Self.good, clientAuthority: .authority))
        let request = HTTPRequest(.post, server.url.replacing("http:", with: "https:"), body: [1])
        let client = TestCertificate(name: "gateway", issuer: .authority)
        let accepted = try await withTransport(identity: client) { await $0.ending(of: request) }
        #expect(accepted == .status(200))
        let anonymous = try await withTransport { await $0.ending(of: request) }
        #expect(anonymous == .failed(.reset, mayHaveBeenReceived: true))
        let stranger = TestCertificate(name: "gateway", issuer: .otherAuthority)
        let refused = try await withTransport(identity: stranger) { await $0.ending(of: request) }
        #expect(refused == .failed(.reset, mayHaveBeenReceived: true))
        #expect(server.requests.count == 1)
    }

    @Test("requests one after another share one handshake")
    func keepAlive() async throws {
        let server = RawServer(identity: TLSServer(Self.good)) { connection in
            var count = 0
            while connection.readRequest() != nil {
                count += 1
                connection.answer("\(count)")
            }
        }
        let request = HTTPRequest(.post, server.url.replacing("http:", with: "https:"), body: [1])
        let last = try await withTransport { transport in
            _ = try await transport.send(request, within: HTTPLimits())
            return try await transport.send(request, within: HTTPLimits())
        }
        #expect(last.body == Array("2".utf8))
    }
}
