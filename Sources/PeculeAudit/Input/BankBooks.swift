public import Foundation

/// What one bank says of itself: every account, every payment it was asked for, every booking. Amounts are cents.
public struct BankBooks: Sendable, Equatable, Codable {
    /// A customer's account.
    public struct Account: Sendable, Equatable, Codable {
        public var iban: String
        public var balanceCents: Int

        public init(iban: String, balanceCents: Int) {
            self.iban = iban
            self.balanceCents = balanceCents
        }
    }

    /// A payment that a gateway asked for.
    public struct Payment: Sendable, Equatable, Codable {
        public var id: String
        public var endToEndID: String
        /// As STET names it: `ACSC` settled, `ACSP` debited, `RJCT` and `CANC` ended without a debit.
        public var status: String
        public var amountCents: Int
        public var creditor: String

        enum CodingKeys: String, CodingKey {
            case id, status, amountCents, creditor
            case endToEndID = "endToEndId"
        }

        public init(id: String, endToEndID: String, status: String, amountCents: Int, creditor: String) {
            self.id = id
            self.endToEndID = endToEndID
            self.status = status
            self.amountCents = amountCents
            self.creditor = creditor
        }
    }

    /// A booking: what it takes from one account it gives to another.
    public struct Entry: Sendable, Equatable, Codable {
        /// Milliseconds since 1970.
        public var at: Int
        /// `opening`, `execution` (payer to clearing) or `settlement` (clearing to payee).
        public var kind: String
        public var debited: String
        public var credited: String
        public var amountCents: Int
        public var endToEndID: String?

        enum CodingKeys: String, CodingKey {
            case at, kind, debited, credited, amountCents
            case endToEndID = "endToEndId"
        }

        public init(
            at: Int, kind: String, debited: String, credited: String, amountCents: Int, endToEndID: String?
        ) {
            self.at = at
            self.kind = kind
            self.debited = debited
            self.credited = credited
            self.amountCents = amountCents
            self.endToEndID = endToEndID
        }
    }

    public var bank: String
    public var accounts: [Account]
    public var payments: [Payment]
    /// In the order in which they were booked.
    public var ledger: [Entry]

    public init(bank: String, accounts: [Account], payments: [Payment], ledger: [Entry]) {
        self.bank = bank
        self.accounts = accounts
        self.payments = payments
        self.ledger = ledger
    }

    /// The books of several banks, as `GET /mock/books` gives them.
    public static func list(parsing json: Data) throws -> [BankBooks] {
        try JSONDecoder().decode([BankBooks].self, from: json)
    }
}

extension BankBooks.Payment {
    var isSettled: Bool { status == "ACSC" }
    var isDebited: Bool { status == "ACSP" }
    var isRejected: Bool { status == "RJCT" || status == "CANC" }
    var hasEnded: Bool { isSettled || isRejected }
    var shownStatus: String { Mask.word(status, of: Self.statuses) }

    private static let statuses: Set<String> = [
        "RCVD", "ACTC", "ACCO", "ACCP", "PDNG", "ACSP", "ACSC", "RJCT", "CANC",
    ]
}
