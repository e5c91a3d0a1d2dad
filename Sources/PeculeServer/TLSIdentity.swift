/// The PEM files a server shows and trusts.
public struct TLSIdentity: Sendable, Equatable {
    /// Its certificate, followed by the intermediate ones.
    public var certificateChainFile: String
    public var privateKeyFile: String
    /// With it, only clients with a certificate of one of these authorities pass the handshake (mutual TLS).
    public var clientAuthorityFile: String?
    /// Asks clients for a certificate and takes any, or none: the handler judges `HTTPRequest.clientCertificate`. For
    /// a server that has to say what is wrong, which a failed handshake cannot.
    public var asksClientCertificate: Bool

    public init(
        certificateChainFile: String, privateKeyFile: String, clientAuthorityFile: String? = nil,
        asksClientCertificate: Bool = false
    ) {
        precondition(clientAuthorityFile == nil || !asksClientCertificate, "either the handshake judges or the handler")
        self.certificateChainFile = certificateChainFile
        self.privateKeyFile = privateKeyFile
        self.clientAuthorityFile = clientAuthorityFile
        self.asksClientCertificate = asksClientCertificate
    }
}
