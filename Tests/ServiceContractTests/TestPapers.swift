import Foundation
import PeculeClient
import PeculeCrypto
import PeculeCurl
import PeculeGatewayAPI
import PeculeServer
import PeculeStoreSamples

/// A gateway's and a client's certificates and keys in files, for all tests of a run.
struct TestPapers {
    static let shared = Result { try TestPapers() }

    let server: TLSIdentity
    let client: CurlTransport.Configuration
    let certificate: Certificate
    private let key = PrivateKey.make(.ellipticCurve)

    private init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pecule-papers-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        func file(_ name: String, _ text: String) throws -> String {
            let place = folder.appending(path: name)
            try Data(text.utf8).write(to: place)
            return place.path()
        }
        let now = Int(Date().timeIntervalSince1970)
        let validity = (now - 3600)...(now + 3600)
        let authority = CertificateAuthority(.init(commonName: "Test CA", organization: "Test"), validity: validity)
        let key = PrivateKey.make(.ellipticCurve)
        let names = "DNS:localhost,IP:127.0.0.1"
        let shown = authority.issue(
            .init(commonName: "localhost", organization: "Test"), for: .server(names: names), key: key,
            validity: validity)
        // Whom a certificate belongs to is said by its thumbprint alone: this one vouches for itself.
        certificate = authority.certificate
        server = TLSIdentity(
            certificateChainFile: try file("server.pem", shown.pem), privateKeyFile: try file("server.key", key.pem),
            asksClientCertificate: true)
        client = .init(
            trustedAuthoritiesFile: try file("ca.pem", authority.certificate.pem),
            clientIdentity: .init(
                certificateFile: try file("client.pem", authority.certificate.pem),
                keyFile: try file("client.key", authority.key.pem)))
    }

    /// Registers key and certificate of that client.
    func register(
        _ name: String, at register: ClientRegister, for audience: String
    ) async throws -> ClientCredentials {
        let client = Sample.make(ClientName(name))
        let kept = try await register.add(Sample.make(PublicKey(pem: key.publicPEM)), of: client, [.pay, .read])
        _ = try await register.add(certificate, of: client)
        return Sample.make(ClientCredentials(client: name, key: key.pem, keyID: kept.id, audience: audience))
    }
}
