import Pecule
import PeculeHTTP

/// Translates orders into a standard's requests and its answers into our words. Pure: bytes in, values out, and
/// randomness where it is handed in.
protocol BankDialect: Sendable {
    /// Opens a payment. A function of its arguments alone, so that a repeated call is the same request.
    func initiation(of order: TransferOrder, _ choice: BankChoice, asInstant: Bool) -> HTTPRequest

    /// Whether the bank said that it does not do this transfer as an instant one: then it has opened nothing.
    func refusesInstant(_ response: HTTPResponse) -> Bool

    /// What the bank's 201 leads to; nil when it cannot be understood or used safely.
    func opening(
        from response: HTTPResponse, of order: TransferOrder, _ choice: BankChoice, asInstant: Bool,
        random bytes: @escaping Random
    ) -> Opening?

    /// Asks what became of a payment.
    func inquiry(of payment: BankPayment, _ order: TransferOrder, random bytes: Random) -> HTTPRequest

    /// Nil when the answer is none, speaks of another payment, or has a status that the standard does not know.
    func report(from response: HTTPResponse, of payment: BankPayment) -> BankReport?

    /// Asks why a payment was rejected, where the report does not say; nil where nothing more can be learnt.
    func question(about report: BankReport, of payment: BankPayment, random bytes: Random) -> HTTPRequest?

    /// The report with what the answer to that question adds.
    func report(_ report: BankReport, explainedBy response: HTTPResponse) -> BankReport

    func confirmation(of payment: BankPayment, _ order: TransferOrder, proof: ApprovalProof?) -> HTTPRequest

    /// Nil where this bank withdraws nothing.
    func cancellation(of payment: BankPayment, _ order: TransferOrder, _ choice: BankChoice) -> HTTPRequest?

    /// What is to be sent so that the payer can agree to a cancellation that the bank took; nil when nothing is.
    func cancellationApproval(
        after response: HTTPResponse, of payment: BankPayment, _ order: TransferOrder, _ choice: BankChoice
    ) -> HTTPRequest?

    /// The reason that the body of an error holds.
    func reason(from response: HTTPResponse) -> RejectionReason
}

/// That many bytes nobody can guess.
typealias Random = @Sendable (Int) -> [UInt8]

/// Where the opening of a payment stands.
enum Opening: Sendable {
    case opened(BankPayment)
    /// One more request, and what its answer leads to; without one (nil) the payment is open all the same, and nobody
    /// knows whether the bank took the request.
    case asks(HTTPRequest, then: @Sendable (HTTPResponse?) -> Opening?)
}

/// What must be remembered between opening and confirming a payment.
struct ApprovalMemo {
    /// STET: given by the bank, to be given back in the confirmation (1.4.2 and later).
    var nonce: String?
    /// The secret behind the code challenge (RFC 7636, section 4.1).
    var verifier: String?
    /// Berlin Group: the authorisation that a confirmation is put to.
    var authorisation: String?
    /// Whether the payment was opened as an instant transfer.
    var isInstant = false

    init(nonce: String? = nil) { self.nonce = nonce }

    init(_ memo: ProviderMemo) {
        let form = URLForm(parsing: memo.revealed)
        nonce = form?["nonce"]
        verifier = form?["verifier"]
        authorisation = form?["authorisation"]
        isInstant = form?["instant"] != nil
    }

    var memo: ProviderMemo {
        let pairs = [
            ("nonce", nonce), ("verifier", verifier), ("instant", isInstant ? "1" : nil),
            ("authorisation", authorisation),
        ]
        return ProviderMemo(URLForm(pairs.compactMap { name, value in value.map { (name: name, value: $0) } }).text)
    }
}
