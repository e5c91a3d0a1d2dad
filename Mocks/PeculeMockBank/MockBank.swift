public import FoundationEssentials
public import PeculeCrypto
public import PeculeHTTP

/// A small real bank, shared by several fictional ones: customers, accounts, a ledger, the payment-initiation
/// interface of STET, an OAuth server, and the pages on which a payer approves. Everything is in memory.
public final class MockBank: HTTPHandler, Sendable {
    private let books: BankBooks
    private let clock: @Sendable () -> Date
    private let router: HTTPRouter

    /// - Parameters:
    ///   - baseURL: where this bank is reached, without a slash at the end. Links are never made of a request's Host.
    ///   - consentLifetime: seconds that a payer has to answer, and an initiator to confirm.
    ///   - settlementDelay: seconds between the payer's debit and the payee's credit.
    ///   - random: gives that many unpredictable bytes.
    public init(
        baseURL: String = "http://127.0.0.1:8080",
        profiles: [MockBankProfile] = MockBankProfile.fictional,
        payees: PayeeDirectory = .seed,
        consentLifetime: TimeInterval = 15 * 60,
        settlementDelay: TimeInterval = 1,
        clock: @escaping @Sendable () -> Date = { Date() },
        random: @escaping @Sendable (Int) -> [UInt8] = { SecureRandom.bytes($0) }
    ) {
        let timing = BankState.Timing(consentLifetime: consentLifetime, settlementDelay: settlementDelay)
        let now = clock()
        let states = profiles.map {
            BankState(profile: $0, timing: timing, payees: payees, address: "\(baseURL)/\($0.id)", openedAt: now)
        }
        books = BankBooks(states, clock: clock, random: random)
        self.clock = clock
        router = Self.router(books, clock)
    }

    /// Every route served, as `openapi.yaml` lists them.
    public var routes: [HTTPRoute] { router.routes }

    /// Tells the bank where it is reached, once its port is known and before anyone speaks to it.
    public func move(to baseURL: String) { books.move(to: baseURL) }

    public func respond(to request: HTTPRequest) async -> HTTPResponse {
        StetFace.dress(await router.respond(to: request), for: request, at: clock())
    }

    private static func router(_ books: BankBooks, _ clock: @escaping @Sendable () -> Date) -> HTTPRouter {
        var router = HTTPRouter()
        DirectoryFace(books: books).install(in: &router)
        BooksFace(books: books).install(in: &router)
        StetFace(books: books, clock: clock).install(in: &router)
        TokenFace(books: books).install(in: &router)
        ApprovalFace(books: books).install(in: &router)
        return router
    }
}

// What tests and demonstrations may look at.
extension MockBank {
    /// One booking: what it takes from one account it gives to another.
    public struct LedgerEntry: Sendable, Equatable {
        public let bank: String
        public let at: Date
        /// `opening`, `execution` (payer to clearing) or `settlement` (clearing to payee).
        public let kind: String
        /// IBAN, or the name of an inner account.
        public let debited: String
        public let credited: String
        public let amountCents: Int
        public let paymentID: String?
        public let endToEndID: String?
    }

    /// One payment request as it stands.
    public struct PaymentView: Sendable, Equatable {
        public let bank: String
        public let id: String
        public let endToEndID: String
        /// `paymentInformationStatus` of the standard.
        public let status: String
        public let amountCents: Int
        /// Whether the payer agreed on the bank's pages.
        public let isApproved: Bool
    }

    /// One customer's account.
    public struct AccountView: Sendable, Equatable {
        public let bank: String
        public let iban: String
        /// Login of the customer who owns it.
        public let owner: String
        public let balanceCents: Int
    }

    /// Every booking of every bank, in the order in which it was made.
    public func ledger() -> [LedgerEntry] {
        books.all { state in
            state.ledger.entries.map { entry in
                LedgerEntry(
                    bank: state.profile.id, at: entry.at, kind: entry.kind.rawValue, debited: entry.debited.name,
                    credited: entry.credited.name, amountCents: entry.cents, paymentID: entry.paymentID,
                    endToEndID: entry.endToEndID)
            }
        }
    }

    /// Every payment request, oldest first.
    public func payments() -> [PaymentView] {
        books.all { state in
            state.paymentsByAge.map { payment in
                PaymentView(
                    bank: state.profile.id, id: payment.id, endToEndID: payment.order.endToEndID,
                    status: payment.status(at: state.profile), amountCents: payment.order.cents,
                    isApproved: payment.approval != nil)
            }
        }
    }

    /// The customers' accounts.
    public func accounts() -> [AccountView] {
        books.all { state in
            state.customers.flatMap { customer in
                customer.accounts.map { account in
                    AccountView(
                        bank: state.profile.id, iban: account.iban, owner: customer.login,
                        balanceCents: state.balance(of: account.iban))
                }
            }
        }
    }
}
