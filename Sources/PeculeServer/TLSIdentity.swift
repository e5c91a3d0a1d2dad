/// The PEM files a server shows and trusts.
public struct TLSIdentity: Sendable, Equatable {
    /// Its certificate, followed by the intermediate ones.
    public var certificateChainFile: String
    public var privateKeyFile: String
    /// With it, only clients with a certificate of one of these authorities pass the handshake (mutual TLS).
    public var clientAuthorityFile: String?

    public init(certificateChainFile: String, privateKeyFile: String, clientAuthorityFile: String? = nil) {
        self.certificateChainFile = certificateChainFile
        self.privateKeyFile = privateKeyFile
        self.clientAuthorityFile = clientAuthorityFile
    }
}
