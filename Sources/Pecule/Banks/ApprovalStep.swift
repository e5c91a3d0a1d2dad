public import Foundation

/// What the payer must do next to approve a payment.
///
/// Masked, because whoever holds the address can open the payment, and the `state` of the return stands in it.
public enum ApprovalStep: Sensitive, Hashable {
    /// Send the browser to this address of the bank, as it is; it comes back to the return address.
    case redirect(to: String, expires: Date?)
    /// The payer answers in the bank's application; no browser comes back. What the bank wants him to read, if
    /// anything: at most 500 characters of plain text.
    case decoupled(message: String?, expires: Date?)

    /// When the bank stops waiting for the payer, if it is known.
    public var expires: Date? {
        switch self {
        case .redirect(_, let expires), .decoupled(_, let expires): expires
        }
    }

    public var revealed: String {
        switch self {
        case .redirect(let address, _): address
        case .decoupled(let message, _): message ?? ""
        }
    }

    public var mask: String {
        switch self {
        case .redirect: "redirect •••"
        case .decoupled: "decoupled •••"
        }
    }
}

/// What the payer's return from the bank brings for the confirmation.
public enum ApprovalProof: Sensitive, Hashable {
    /// OAuth 2 authorization code (RFC 6749, section 4.1.2), exchanged once.
    case authorizationCode(String)
    /// STET's `psuAuthenticationFactor`, repeated in the confirmation.
    case authenticationFactor(String)
    /// Berlin Group's `confirmationCode`, put to the authorisation.
    case confirmationCode(String)

    /// Which of them; the return has to bring the kind that the bank's flow asks for.
    public enum Kind: String, Sendable, Hashable {
        case authorizationCode, authenticationFactor, confirmationCode
    }

    init(_ kind: Kind, _ text: String) {
        self =
            switch kind {
            case .authorizationCode: .authorizationCode(text)
            case .authenticationFactor: .authenticationFactor(text)
            case .confirmationCode: .confirmationCode(text)
            }
    }

    public var kind: Kind {
        switch self {
        case .authorizationCode: .authorizationCode
        case .authenticationFactor: .authenticationFactor
        case .confirmationCode: .confirmationCode
        }
    }

    public var revealed: String {
        switch self {
        case .authorizationCode(let text), .authenticationFactor(let text), .confirmationCode(let text): text
        }
    }

    public var mask: String { "\(kind.rawValue) •••" }
}
