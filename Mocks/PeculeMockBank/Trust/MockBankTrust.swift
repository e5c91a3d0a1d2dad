import Foundation
import PeculeCrypto
public import PeculeServer

/// Whom banks believe, and what they show of themselves: read from a folder of `MockBankCertificates`.
public struct MockBankTrust: Sendable {
    /// What the folder lacks.
    public struct Fault: Error, CustomStringConvertible {
        let file: String

        public var description: String {
            "\(file) is missing or broken: make the folder with mock-bank certificates"
        }
    }

    /// How the server shows itself. It takes any client: the banks judge certificates, so that they can say why not.
    public let server: TLSIdentity
    let authorities: CertificateTrust
    /// Every initiator's seal that is registered here: what a signature names is looked up, and never fetched.
    let seals: [Certificate]
    /// The banks' own seal.
    let seal: Certificate
    let key: PrivateKey

    public init(folder: String) throws(Fault) {
        server = TLSIdentity(
            certificateChainFile: "\(folder)/server.pem", privateKeyFile: "\(folder)/server.key",
            asksClientCertificate: true)
        authorities = CertificateTrust(try Self.certificates("\(folder)/ca.pem"))
        var seals: [Certificate] = []
        for item in MockBankCertificates.items where item.kind == .seal {
            seals += try Self.certificates("\(folder)/\(item.name).pem")
        }
        self.seals = seals
        let own = "\(folder)/\(MockBankCertificates.bankSeal)"
        seal = try Self.certificates(own + ".pem")[0]
        guard let key = (try? String(contentsOfFile: own + ".key", encoding: .utf8)).flatMap({ PrivateKey(pem: $0) }),
            seal.belongs(to: key)
        else { throw Fault(file: own + ".key") }
        self.key = key
    }

    /// At least one.
    private static func certificates(_ file: String) throws(Fault) -> [Certificate] {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8),
            let certificates = Certificate.list(pem: text), !certificates.isEmpty
        else { throw Fault(file: file) }
        return certificates
    }
}
