/// Everything in which one fictional bank differs from another: data, read by one implementation.
///
/// The axes are those on which real French banks differ behind the same STET standard.
public struct MockBankProfile: Sendable, Equatable {
    /// How the payer comes back from the bank, and what the initiator must do then.
    public enum RedirectFlow: String, Sendable, CaseIterable {
        /// The approval executes the order.
        case simple
        /// The order waits for a confirmation that proves nothing.
        case simpleThenConfirm
        /// The return URL carries `psuAuthenticationFactor`; the confirmation must repeat it.
        case factorThenConfirm
        /// OAuth authorization code; the confirmation is made with the code's token.
        case codeThenConfirm
        /// OAuth authorization code; the approval executes the order.
        case codeOnly
        /// The bank accepts the order and executes it a moment later, unasked.
        case bankConfirms
        /// The payer answers on a telephone; no browser comes.
        case decoupled

        var usesCode: Bool { self == .codeThenConfirm || self == .codeOnly }
    }

    /// STET PSD2 API version spoken on the wire.
    public enum Version: String, Sendable, CaseIterable {
        case v140 = "1.4.0"
        case v142 = "1.4.2"
        case v16 = "1.6"
    }

    /// How a client proves itself at the token endpoint (RFC 6749, section 2.3.1).
    public enum ClientAuthentication: String, Sendable {
        case basic
        case body
        /// By its certificate alone (RFC 8705, section 2.1), at a bank that demands one.
        case tls
    }

    /// First segment of every path of this bank.
    public let id: String
    public let name: String
    /// `#rrggbb`, at least 6.7:1 against white.
    public let colour: String
    public let bic: String
    /// The five digits after the check digits of its IBANs.
    public let bankCode: String
    public let version: Version
    public let flow: RedirectFlow
    /// The status that asks the initiator for its confirmation; nil where none is wanted.
    public let confirmNow: String?
    public let clientAuthentication: ClientAuthentication
    /// What is spoken instead of STET; nil at a bank of STET.
    public var berlinGroup: BerlinGroup?
    /// Nil at a bank that takes calls as they come.
    public var security: Security?
    public var variants = Variants()
    public var minimumCents = 100
    public var maximumCents = 300_000

    public init(
        id: String, name: String, colour: String, bic: String, bankCode: String, version: Version,
        flow: RedirectFlow, confirmNow: String?, clientAuthentication: ClientAuthentication
    ) {
        self.id = id
        self.name = name
        self.colour = colour
        self.bic = bic
        self.bankCode = bankCode
        self.version = version
        self.flow = flow
        self.confirmNow = confirmNow
        self.clientAuthentication = clientAuthentication
    }

    /// Last path segment of the confirmation that this bank accepts; nil where none is wanted.
    /// STET 1.4.2 alone has a separate one for the OAuth flow, gone again from 1.5.
    var confirmation: String? {
        guard confirmNow != nil else { return nil }
        return version == .v142 && flow.usesCode ? "o-confirmation" : "confirmation"
    }
}
