public import PeculeHTTP

extension CurlTransport {
    /// What is the same for every exchange of a transport.
    public struct Configuration: Sendable {
        /// A certificate and the private key that belongs to it: PEM files (mutual TLS).
        public struct ClientIdentity: Sendable {
            public let certificateFile: String
            public let keyFile: String

            public init(certificateFile: String, keyFile: String) {
                self.certificateFile = certificateFile
                self.keyFile = keyFile
            }
        }

        /// A PEM file of authorities trusted beside those of the system's certificate folder.
        public var trustedAuthoritiesFile: String?
        public var clientIdentity: ClientIdentity?
        /// Exchanges beyond it wait, and their total time runs while they do.
        public var maximumConnectionsPerHost: Int
        /// Sent when the request brings no `User-Agent` of its own; nil sends none.
        public var userAgent: String?
        /// Asked of each address before a connection to it is opened, after its name was resolved: a name that leads
        /// elsewhere the next time leads nowhere. Runs on the thread of the transport.
        public var admits: @Sendable (IPAddress) -> Bool

        public init(
            trustedAuthoritiesFile: String? = nil, clientIdentity: ClientIdentity? = nil,
            maximumConnectionsPerHost: Int = 128, userAgent: String? = "pecule",
            admits: @escaping @Sendable (IPAddress) -> Bool = { _ in true }
        ) {
            precondition(maximumConnectionsPerHost > 0, "a transport needs a connection")
            self.trustedAuthoritiesFile = trustedAuthoritiesFile
            self.clientIdentity = clientIdentity
            self.maximumConnectionsPerHost = maximumConnectionsPerHost
            self.userAgent = userAgent
            self.admits = admits
        }
    }
}
