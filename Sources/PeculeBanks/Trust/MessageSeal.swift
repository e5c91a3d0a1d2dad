public import PeculeCrypto

/// What the gateway signs its messages with (QSEALC), and the banks' seals that it believes.
public struct MessageSeal: Sendable {
    /// Why there is no seal.
    public enum Fault: Error, Sendable, Equatable, CustomStringConvertible {
        case broken(String)
        case keyOfAnother
        case noSeal

        public var description: String {
            switch self {
            case .broken(let what): "\(what): not a PEM text with what it should hold"
            case .keyOfAnother: "the private key is not that of the certificate"
            case .noSeal: "the certificate is no seal (QSEALC) of a payment initiator"
            }
        }
    }

    let certificate: Certificate
    let key: PrivateKey
    let authorities: CertificateTrust
    /// What a bank's signature names is looked up here, and never fetched.
    let bankSeals: [Certificate]

    /// - Parameters:
    ///   - certificate: our seal (PEM), and its key without a password.
    ///   - authorities: whoever may vouch for banks' seals (PEM).
    ///   - bankSeals: the certificates by which banks sign their answers (PEM); empty where none does.
    public init(certificate: String, key: String, authorities: String, bankSeals: String = "") throws(Fault) {
        guard let own = Certificate.list(pem: certificate)?.first else { throw .broken("certificate") }
        guard let privateKey = PrivateKey(pem: key) else { throw .broken("key") }
        guard own.belongs(to: privateKey) else { throw .keyOfAnother }
        guard own.statements?.kind == .seal, own.statements?.roles.contains(.paymentInitiation) == true else {
            throw .noSeal
        }
        guard let trusted = Certificate.list(pem: authorities), !trusted.isEmpty else { throw .broken("authorities") }
        guard let seals = Certificate.list(pem: bankSeals) else { throw .broken("bankSeals") }
        (self.certificate, self.key) = (own, privateKey)
        (self.authorities, self.bankSeals) = (CertificateTrust(trusted), seals)
    }
}

/// How messages to one bank are signed.
public struct SignatureProfile: Sendable, Equatable, CustomStringConvertible {
    public let rule: SignatureRule
    /// Where our certificate can be read, without the `_` and the fingerprint that follow; nil where a bank names it by
    /// its serial number.
    public let keyURL: String?

    public var description: String {
        let list = (rule.headers + rule.headersIfPresent.map { "[\($0)]" }).joined(separator: " ")
        return "\(rule.algorithm.rawValue) over \(list)" + (rule.signsAnswers ? ", and the bank's answers too" : "")
    }
}
