public import Foundation

/// The payer's choice of a bank, with all that the call to it needs: durable before the call, so that a repeated
/// call is the same call.
public struct BankChoice: Sendable, Hashable {
    public let bank: BankID
    /// Where the bank sends the browser back, without the `state`.
    public let returnAddress: ReturnAddress
    public let returnState: ReturnState
    public let browser: BrowserSession
    public let chosenAt: Date
    /// Against whose cap it counts.
    let month: TransferMonth
    /// What the bank has to be told besides; forgotten when the transfer has ended.
    public internal(set) var answers: BankAnswers

    public init(
        bank: BankID, returnAddress: ReturnAddress, returnState: ReturnState, browser: BrowserSession, chosenAt: Date,
        answers: BankAnswers = .none
    ) {
        self.bank = bank
        self.returnAddress = returnAddress
        self.returnState = returnState
        self.browser = browser
        self.chosenAt = chosenAt
        month = TransferMonth(of: chosenAt)
        self.answers = answers
    }
}

/// A payment that a bank opened for a transfer.
public struct BankPayment: Sendable, Hashable {
    /// The bank's own name for it.
    public let id: String
    public let approval: ApprovalStep
    /// What the return must bring before the payment can be confirmed; nil when nothing.
    public let expects: ApprovalProof.Kind?
    /// What the provider needs to go on and nobody else reads (a nonce, a PKCE verifier).
    public let memo: ProviderMemo

    public init(id: String, approval: ApprovalStep, expects: ApprovalProof.Kind? = nil, memo: ProviderMemo = .empty) {
        self.id = id
        self.approval = approval
        self.expects = expects
        self.memo = memo
    }
}

/// A provider's private notes on one payment, kept with the transfer.
public struct ProviderMemo: Sensitive, Hashable {
    public let revealed: String

    public static let empty = ProviderMemo("")

    public init(_ text: String) { revealed = text }

    public var mask: String { "memo •••" }
}

/// An exact address of the portal that a bank may send a browser back to: https, or http on this machine.
public struct ReturnAddress: Sendable, Hashable, CustomStringConvertible {
    public let text: String

    /// Nil for another scheme, a missing host, user information, a query or a fragment.
    public init?(_ text: String) {
        let bytes = text.utf8
        guard bytes.count <= 200, text.isAll(Self.isAllowed),
            let scheme = ["https://", "http://"].first(where: text.hasPrefix)
        else { return nil }
        let authority = bytes.dropFirst(scheme.utf8.count).prefix { $0 != UInt8(ascii: "/") }
        let host = Substring(authority.prefix { $0 != UInt8(ascii: ":") })
        guard !host.isEmpty, scheme == "https://" || host == "127.0.0.1" || host == "localhost" else { return nil }
        self.text = text
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "@"), UInt8(ascii: "\\"): false
        default: (0x21...0x7E).contains(byte)
        }
    }

    public var description: String { text }
}
