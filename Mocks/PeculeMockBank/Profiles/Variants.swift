extension MockBankProfile {
    /// In what else banks differ behind one standard. The defaults are what most of them do.
    public struct Variants: Sendable, Equatable {
        /// Whether tokens are given at another host name than the interface.
        public var hasTokenHost = false
        /// Whether token requests are JSON instead of forms.
        public var readsJSONTokenRequests = false
        public var scope = "pisp"
        /// As the token answer writes it; `Bearer` is what has to be sent.
        public var tokenType = "Bearer"
        public var needsPKCE = true
        /// STET, confirmation by a code's token: whether a nonce has to be given back.
        public var givesNonce = true
        /// Whether `Accept` may name nothing but `application/json`.
        public var refusesHAL = false
        /// A header field that has to stand in every call to the interface.
        public var header: Header?
        public var payerHeaders = PayerHeaders.ignored
        /// Whether payers on a telephone get a link that opens the bank's application.
        public var hasApplication = false
        public var paymentID = PaymentID.absoluteLocation
        /// How amounts have to be written, and are; nil for either.
        public var amount: Amount?
        /// Where the beneficiary has to stand; nil for either place.
        public var beneficiary: Level?
        /// Whether a confirmation that proves nothing has to have no body.
        public var refusesConfirmationBody = false
        public var debtorAccount = DebtorAccount.free
        /// Instant transfers as this bank does them; nil for the standard's usual.
        public var instant: Instant?
        /// By which clock the execution date is read, strictly; nil for its own offset.
        public var clock: Clock?
        /// The status while an order is executed.
        public var executing = "ACSP"
        /// Whether the instruction stays at ACTC until the end.
        public var instructionLags = false
        /// Seconds for which a new payment is not found (404).
        public var appearsAfter = 0
        public var cancellation = Cancellation.onPayment
        public var refusal = Refusal.text
        /// `error` of a return without an approval (RFC 6749, section 4.1.2.1).
        public var returnError = "access_denied"

        /// Whether initiators are told of changes where they want it: Berlin Group's resource status notification. A
        /// bank of STET, whose standard has none, does it in the same way.
        public var notifies = false

        public init() {}
    }

    public struct Header: Sendable, Equatable {
        public let name: String
        public let value: String
    }

    /// What becomes of `PSU-IP-Address` and its like.
    public enum PayerHeaders: Sendable { case ignored, required, refused }

    /// Where the answer to an opening names the payment.
    public enum PaymentID: Sendable, Equatable {
        case absoluteLocation
        case relativeLocation
        case locationWithSlash
        case consentPath
        case consentQuery(String)
    }

    public enum Amount: String, Sendable { case string, number }

    public enum Level: String, Sendable { case payment, instruction }

    /// Whether the payer's account is named in the order, and has to be one of this bank.
    public enum DebtorAccount: Sendable { case free, optionalHere, requiredHere }

    public enum Clock: String, Sendable {
        case utc = "UTC"
        case paris = "Europe/Paris"
    }

    public enum Cancellation: Sendable {
        case onPayment
        /// The status stands on the instruction too, and the applied approach is given back.
        case everywhere
        /// 405.
        case none
    }

    /// How the interface says that it does not do what is ordered.
    public enum Refusal: Sendable {
        /// 400 with a sentence.
        case text
        /// 403 with a sentence in French.
        case forbidden
        /// 400 with a code of the bank's own in `message`.
        case code
    }

    public struct Instant: Sendable, Equatable {
        public var minimumCents = 1
        public var maximumCents: Int
        /// Whether payer and payee may both be here.
        public var isInside = true
        /// Whether initiators know these rules beforehand, or learn by a refusal.
        public var isTold = false

        func admits(_ order: PaymentOrder, at bankCode: String) -> Bool {
            (minimumCents...maximumCents).contains(order.cents)
                && (isInside || !order.creditorIBAN.dropFirst(4).hasPrefix(bankCode))
        }
    }
}
