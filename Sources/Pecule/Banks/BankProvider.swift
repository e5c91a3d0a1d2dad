/// A bank, or a way to reach one. Everything the gateway knows of banks stands behind these four calls.
///
/// A provider keeps nothing between calls: what it must remember of a payment goes into `BankPayment.memo`. Its
/// calls may be repeated with the same arguments after a crash; the keys it sends are functions of the order.
public protocol BankProvider: Sendable {
    var bank: Bank { get }

    /// Asks the bank to open a payment for the order. No money can move before the payer approves it there.
    func initiate(_ order: TransferOrder, _ choice: BankChoice) async throws(BankFault) -> BankPayment

    /// Confirms a payment that the payer approved, with the proof that the bank's flow asks for.
    func confirm(
        _ payment: BankPayment, of order: TransferOrder, _ choice: BankChoice, proof: ApprovalProof?
    ) async throws(BankFault) -> BankReport

    /// Asks what became of a payment. Changes nothing at the bank.
    func report(_ payment: BankPayment, of order: TransferOrder) async throws(BankFault) -> BankReport

    /// Asks the bank to withdraw a payment; its answer decides.
    func cancel(
        _ payment: BankPayment, of order: TransferOrder, _ choice: BankChoice
    ) async throws(BankFault) -> BankReport
}

/// A bank as a payer sees it in the list.
public struct Bank: Sendable, Hashable {
    public let id: BankID
    public let name: String
    /// ISO 3166 code of two letters.
    public let country: String
    public let bic: BIC?
    /// The five-digit codes by which its French account numbers are known.
    public let bankCodes: [String]
    /// Amounts the bank takes in one transfer.
    public let limits: ClosedRange<Amount>
    /// What it has to be told before it opens a payment, besides the order.
    public let questions: [BankQuestion]
    /// The parameter of the payer's return that brings the proof, where it is not the standard's own.
    public let proofParameter: String?
    /// Who the payer's return has to say that it comes from (`iss`, RFC 9207); nil where the bank says nothing of it.
    public let issuer: String?
    /// Whether the payer's browser has to bring something back before the bank executes. Where it has not, the payer
    /// may approve on another device as well, which knows nothing of where he began.
    public let needsReturn: Bool
    /// How long to wait for this bank, where the gateway's own patience does not suit it.
    public let patience: Patience?

    public init(
        id: BankID, name: String, country: String = "FR", bic: BIC? = nil, bankCodes: [String] = [],
        limits: ClosedRange<Amount>? = nil, questions: [BankQuestion] = [], proofParameter: String? = nil,
        issuer: String? = nil, needsReturn: Bool = true, patience: Patience? = nil
    ) {
        self.id = id
        self.name = name
        self.country = country
        self.bic = bic
        self.bankCodes = bankCodes
        self.limits = limits ?? Self.anyAmount
        self.questions = questions
        self.proofParameter = proofParameter
        self.issuer = issuer
        self.needsReturn = needsReturn
        self.patience = patience
    }

    private static let anyAmount: ClosedRange<Amount> = {
        guard let cent = Amount(cents: 1) else { preconditionFailure("one cent is an amount") }
        return cent...Amount.largest
    }()
}
