public import Foundation
public import Pecule

/// Makes a bank under test, and the provider that reaches it.
public protocol ConformanceWorld: Sendable {
    /// A fresh bank without payments.
    func stage() async throws -> any ConformanceStage
}

/// One bank under test. What it cannot play, it says: those cases are skipped.
public protocol ConformanceStage: Sendable {
    var provider: any BankProvider { get }
    /// The time in which provider and bank live, moved by `advance` alone.
    var environment: Environment { get }
    /// What the payer answers to the bank's questions.
    var answers: [String: String] { get }
    /// Where the bank may send the payer back to.
    var returnAddress: ReturnAddress { get }

    /// Lets time pass: the bank executes, settles and forgets by it.
    func advance(by seconds: TimeInterval) async
    /// What the payer does at the bank with a payment that waits for him.
    /// - Returns: the query of the browser's return; nil when none comes back.
    func act(_ deed: PayerDeed, on payment: BankPayment) async throws -> String?
    /// Cents that the bank took from payers for this order, one for each debit.
    func debits(of order: TransferOrder) async throws -> [Int]
    /// Makes that step go wrong from now on; nil mends everything.
    /// - Returns: false where this cannot be played.
    func plays(_ trouble: ConformanceTrouble?, at step: ConformanceStep) async -> Bool
}

/// What a payer can do with a payment that waits for him.
public enum PayerDeed: String, Sendable, CaseIterable {
    case approve, refuse
}

/// The calls of a provider.
public enum ConformanceStep: String, Sendable, CaseIterable {
    case initiate, confirm, report, cancel
}

/// What can go wrong between provider and bank.
public enum ConformanceTrouble: String, Sendable, CaseIterable {
    // The way.
    /// No connection: the bank cannot have heard anything.
    case unreachable
    /// The bank did not get the request, and nobody can know.
    case requestLost
    /// The bank acted, and its answer was lost.
    case replyLost

    // Answers that say no, or nothing; the bank did not act.
    /// 429, for 120 seconds.
    case throttled
    /// 503.
    case unavailable
    /// The bank does not take our credentials.
    case unauthorised
    /// A success with bytes that are no message.
    case garbage
    /// A success without content.
    case empty
    /// A success with a message of megabytes.
    case oversize

    // Lies about the payment.
    case otherAmount, otherCurrency, otherBeneficiary, otherEndToEndID
    /// An amount that is no number.
    case unreadableAmount
    /// The report leaves out what is transferred.
    case noAmount, noBeneficiary
    /// The report is about another payment.
    case otherPayment
    /// A status that no standard has.
    case unknownStatus
    case noStatus

    // Lies at the opening.
    case noPaymentID
    case noApproval
    /// The payer would be sent to a script.
    case scriptLink
    /// The payer would be sent over an open connection to another machine.
    case plainLink

    static let lies: [Self] = [
        .otherAmount, .otherCurrency, .otherBeneficiary, .otherEndToEndID, .unreadableAmount, .noAmount,
        .noBeneficiary, .otherPayment, .unknownStatus, .noStatus,
    ]
}
