/// What a bank says of a payment, in our words.
public struct BankReport: Sendable, Hashable {
    /// Where the bank says that the payment stands.
    public enum Status: Sendable, Hashable {
        /// Waits for the payer, or is not decided.
        case pending
        /// Approved by the payer; waits for our confirmation.
        case approved
        case executing
        case settled
        case rejected(RejectionReason)
        /// The payer said no.
        case denied
        /// The payer did not decide in time.
        case expired
        /// Withdrawn after our request.
        case cancelled

        /// The status and, of a rejection, its code.
        var name: String {
            switch self {
            case .pending: "pending"
            case .approved: "approved"
            case .executing: "executing"
            case .settled: "settled"
            case .rejected(let reason): "rejected \(reason.code)"
            case .denied: "denied"
            case .expired: "expired"
            case .cancelled: "cancelled"
            }
        }
    }

    public let status: Status
    /// What the bank says it transfers, to be compared with the order.
    public let echo: PaymentEcho

    public init(_ status: Status, echo: PaymentEcho) {
        self.status = status
        self.echo = echo
    }
}

/// The parts of an order that a bank gives back. A part that it left out or that cannot be read is nil, and differs.
public struct PaymentEcho: Sendable, Hashable {
    public let amount: Amount?
    /// ISO 4217's three letters.
    public let currency: String?
    public let creditor: IBAN?
    public let endToEndID: String?

    public init(amount: Amount?, currency: String?, creditor: IBAN?, endToEndID: String?) {
        self.amount = amount
        self.currency = currency.flatMap { $0.utf8.count == 3 && $0.utf8.allSatisfy(\.isLetter) ? $0 : nil }
        self.creditor = creditor
        self.endToEndID = endToEndID
    }
}

/// A part that a bank gave back otherwise than it was ordered: an alarm, never a success.
public enum EchoDifference: Sendable, Hashable, CustomStringConvertible {
    case amount(ordered: Amount, echoed: Amount?)
    case currency(echoed: String?)
    case creditor
    case endToEndID

    public var description: String {
        switch self {
        case .amount(let ordered, let echoed):
            "amount: ordered \(ordered), the bank says \(echoed?.description ?? "nothing readable")"
        case .currency(let echoed): "currency: ordered EUR, the bank says \(echoed ?? "nothing")"
        case .creditor: "creditor account: not the one that was ordered"
        case .endToEndID: "end-to-end id: not the one that was ordered"
        }
    }
}

/// A bank's reason for a no: ISO 20022's code of four characters, or what the bank wrote instead.
public struct RejectionReason: Sendable, Hashable, CustomStringConvertible {
    /// `AM04`; at most 35 characters of A-Z a-z 0-9 and `_`; `MS03` (not specified) when there is nothing better.
    public let code: String

    public init(_ code: String?) {
        let isReadable = code.map { text in
            (1...35).contains(text.utf8.count)
                && text.unicodeScalars.allSatisfy { $0.isASCII && ($0.properties.isAlphabetic || $0 == "_")
                    || ("0"..."9").contains($0) }
        }
        self.code = isReadable == true ? code ?? "MS03" : "MS03"
    }

    public static let insufficientFunds = RejectionReason("AM04")

    public var description: String { code }
}
