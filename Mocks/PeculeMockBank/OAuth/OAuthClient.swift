import PeculeHTTP

/// An initiator that this bank knows.
struct OAuthClient: Sendable {
    /// The organisation identifier of its certificate.
    let id: String
    let secret: String
    /// Where a payer may be sent back to, letter by letter; loopback addresses need no registration
    /// (RFC 8252, section 7.3).
    let redirectURIs: Set<String>

    /// Two, so that what one may not see of the other can be tried.
    static let seed = [
        OAuthClient(
            id: "PSDFR-ACPR-99999", secret: "bac-a-sable", redirectURIs: ["https://gateway.example/oauth/retour"]),
        OAuthClient(id: "PSDFR-ACPR-99998", secret: "autre-bac", redirectURIs: ["https://autre.example/retour"]),
    ]

    func mayReturn(to address: String) -> Bool {
        redirectURIs.contains(address) || WebAddress(address)?.isPlainLoopback == true
    }
}
