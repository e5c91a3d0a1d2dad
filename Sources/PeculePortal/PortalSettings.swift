public import PeculeHTTP

/// What one portal is set up with.
public struct PortalSettings: Sendable {
    /// Where browsers reach it, without a slash at its end: `https://portail.example`.
    public let address: String
    /// From which codes and tokens are made: 32 bytes that nobody else knows. With other bytes, those who are logged in
    /// have to log in again.
    let secret: [UInt8]
    /// The IP address of the browser that asks, which some banks want to know.
    let payerAddress: @Sendable (HTTPRequest) -> String?

    /// A setting that cannot be right; the text names it and says what it has to be.
    public struct Problem: Error, Equatable, CustomStringConvertible {
        public let description: String
    }

    /// - Parameter payerAddress: knows the proxy in front of the portal, or that there is none.
    public init(
        address: String, secret: [UInt8], payerAddress: @escaping @Sendable (HTTPRequest) -> String? = { _ in nil }
    ) throws(Problem) {
        guard let parsed = WebAddress(address), parsed.isSafeReturn, parsed.origin == address else {
            throw Problem(description: "address: https, host and port alone; http on this machine's loopback only")
        }
        guard secret.count >= 32 else { throw Problem(description: "secret: at least 32 bytes") }
        (self.address, self.secret, self.payerAddress) = (address, secret, payerAddress)
    }

    /// Where banks send browsers back to.
    public var returnAddress: String { "\(address)/virements/retour" }
    /// Where FranceConnect sends them back to, after a login and after a logout.
    public var signInAddress: String { "\(address)/connexion/retour" }
    public var signOutAddress: String { "\(address)/deconnexion/retour" }
}
