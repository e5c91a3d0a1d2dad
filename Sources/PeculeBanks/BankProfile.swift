public import Pecule
public import PeculeHTTP

/// One bank as data: how it is reached and how it behaves. A new bank is a new JSON document, no code.
public struct BankProfile: Sendable {
    public let bank: Bank
    /// Address that the dialect's paths are appended to, without a final slash.
    public let api: String
    /// The token endpoint (RFC 6749, section 3.2), which may be on another host.
    public let token: String
    public let tokenBody: TokenBody
    public let client: ClientCredentials
    public let standard: BankStandard
    public let redirectFlow: RedirectFlow
    /// Whether the authorization request carries a code challenge (RFC 7636).
    public let usesPKCE: Bool
    /// The scope asked with the client's credentials.
    public let scope: String
    /// Status codes by which this bank says that it waits for our confirmation.
    public let confirmNow: Set<String>
    /// How long the bank lets a payer decide.
    public let consentLifetime: Duration
    /// Whether the bank speaks only to who shows a client certificate (QWAC): the transport has to have it.
    public internal(set) var usesMutualTLS = false
    /// How messages are signed; nil for a bank that takes them without.
    public internal(set) var signature: SignatureProfile?
    /// How long this bank may not find a payment that it has just opened (404).
    public let notFoundAtFirst: Duration
    public let accept: AcceptedMedia
    /// Header fields that this bank wants with every call to its interface.
    public let headers: HTTPFields
    /// Whether the payer's address and user agent are told (`PSU-IP-Address`, `PSU-User-Agent`).
    public let sendsPayerHeaders: Bool
    /// Nil where every transfer is an ordinary one.
    public let instant: InstantTransfers?
    public let cancellation: Cancellation
    /// Whether the bank tells us of changes where we ask for it (`TPP-Notification-URI`).
    public internal(set) var notifies = false
    /// The bank's own words for a refusal, each with the ISO code that it stands for.
    public let refusals: [String: RejectionReason]

    /// How the parameters of a token request are written.
    public enum TokenBody: String, Sendable, CaseIterable {
        /// As RFC 6749 has it.
        case form
        case json
    }

    /// What is accepted besides `application/json`.
    public enum AcceptedMedia: String, Sendable, CaseIterable {
        /// STET's own.
        case hal = "application/hal+json"
        /// Nothing: some banks answer 406 to anything else.
        case json = "application/json"
        /// Berlin Group's second medium for errors.
        case problem = "application/problem+json"

        var field: String { self == .json ? rawValue : "\(rawValue), \(Self.json.rawValue)" }
    }

    /// How a payment is withdrawn.
    public struct Cancellation: Sendable, Hashable {
        /// What is sent for it.
        public enum Way: String, Sendable, CaseIterable {
            /// Not at all: nothing is sent.
            case none
            /// STET: the payment again, with this status.
            case rjct = "RJCT"
            case canc = "CANC"
            /// Berlin Group: the HTTP method.
            case delete = "DELETE"
        }

        public let way: Way
        /// STET: whether the status stands on the instruction too.
        public let marksInstruction: Bool
        /// STET: whether `appliedAuthenticationApproach` is given back.
        public let repeatsApproach: Bool
    }
}

/// Who we are to a bank, and how we prove it at its token endpoint.
public struct ClientCredentials: Sendable {
    /// How the token endpoint is told who asks.
    public enum Authentication: String, Sendable, CaseIterable {
        /// HTTP Basic (RFC 6749, section 2.3.1).
        case basic
        /// `client_id` and `client_secret` in the form.
        case body
        /// Our client certificate alone, with `client_id` in the form (RFC 8705, section 2.1: `tls_client_auth`).
        case tls
    }

    /// In STET the organisationIdentifier of our certificate, such as `PSDFR-ACPR-99999`.
    public let id: String
    /// Nil where a certificate stands in its place.
    let secret: ClientSecret?
    public let authentication: Authentication
}

struct ClientSecret: Sensitive {
    let revealed: String
    var mask: String { "secret •••" }
}

/// Which of the two published standards a bank speaks.
public enum BankStandard: Sendable, Hashable, CustomStringConvertible {
    case stet(STETSettings)
    case berlinGroup(BerlinGroupSettings)

    public var description: String {
        switch self {
        case .stet(let settings): "STET \(settings.version.rawValue)"
        case .berlinGroup: "Berlin Group 1.3"
        }
    }
}

/// How a payer's approval reaches the bank's execution.
public enum RedirectFlow: String, Sendable, CaseIterable {
    /// The approval at the bank is enough.
    case simple
    /// After the approval the bank waits for a confirmation that carries nothing.
    case simpleThenConfirm
    /// The return carries a factor that the confirmation has to repeat.
    case factorThenConfirm
    /// OAuth authorization code; the confirmation is made with the code's token.
    case codeThenConfirm
    /// OAuth authorization code, exchanged; the bank needs no confirmation.
    case codeOnly
    /// The bank could be confirmed and does it by itself.
    case bankConfirms
    /// The payer answers in the bank's application; no browser comes back.
    case decoupled

    /// What the payer's return has to bring.
    var proof: ApprovalProof.Kind? {
        switch self {
        case .simple, .simpleThenConfirm, .bankConfirms, .decoupled: nil
        case .factorThenConfirm: .authenticationFactor
        case .codeThenConfirm, .codeOnly: .authorizationCode
        }
    }

    var waitsForConfirmation: Bool {
        switch self {
        case .simpleThenConfirm, .factorThenConfirm, .codeThenConfirm: true
        case .simple, .codeOnly, .bankConfirms, .decoupled: false
        }
    }
}
