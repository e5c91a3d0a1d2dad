public import FoundationEssentials
public import PeculeCrypto
public import PeculeHTTP

/// A small real bank, shared by several fictional ones: customers, accounts, a ledger, the payment-initiation
/// interface of STET, an OAuth server, and the pages on which a payer approves. Everything is in memory.
public final class MockBank: HTTPHandler, Sendable {
    let desk: Desk
    private let router: HTTPRouter
    /// Nil in a place that is itself one of them.
    private let spaces: Spaces?

    /// - Parameters:
    ///   - baseURL: where this bank is reached, without a slash at the end. Links are never made of a request's Host.
    ///   - consentLifetime: seconds that a payer has to answer, and an initiator to confirm.
    ///   - settlementDelay: seconds between the payer's debit and the payee's credit.
    ///   - reviewTime: seconds that the bank looks at an order of the customer `attente`.
    ///   - trust: whom the banks believe that demand certificates. Precondition: there is one when there are such.
    ///   - transport: carries notifications to initiators, each when `sendNotifications` finds it due; without one
    ///     none is sent, and the control API lists them all the same.
    ///   - random: gives that many unpredictable bytes.
    public convenience init(
        baseURL: String = "http://127.0.0.1:8080",
        profiles: [MockBankProfile] = MockBankProfile.fictional,
        payees: PayeeDirectory = .seed,
        consentLifetime: TimeInterval = 15 * 60,
        settlementDelay: TimeInterval = 1,
        reviewTime: TimeInterval = 15 * 60,
        trust: MockBankTrust? = nil,
        transport: (any HTTPTransport)? = nil,
        clock: @escaping @Sendable () -> Date = { Date() },
        random: @escaping @Sendable (Int) -> [UInt8] = { SecureRandom.bytes($0) }
    ) {
        precondition(trust != nil || profiles.allSatisfy { $0.security == nil }, "such banks need a MockBankTrust")
        let timing = BankState.Timing(
            consentLifetime: consentLifetime, settlementDelay: settlementDelay, review: reviewTime)
        let seed = Seed(
            profiles: profiles, timing: timing, payees: payees, gate: TrustGate(trust: trust, clock: clock))
        self.init(
            desk: Desk(
                seed, clock: VirtualClock(clock), randomness: Randomness(random), baseURL: baseURL,
                transport: transport),
            spaces: Spaces())
    }

    init(desk: Desk, spaces: Spaces? = nil) {
        self.desk = desk
        self.spaces = spaces
        router = Self.router(desk)
    }

    var books: BankBooks { desk.books }

    /// Every route served, as `openapi.yaml` lists them.
    public var routes: [HTTPRoute] { router.routes }

    /// Tells the bank where it is reached, once its port is known and before anyone speaks to it.
    public func move(to baseURL: String) { books.move(to: baseURL) }

    /// What the bank's clock shows. A gateway under test that takes its time from here follows `POST /mock/clock`.
    public var now: Date { desk.clock.now }

    /// Whether there is something that carries notifications.
    var sendsNotifications: Bool { desk.transport != nil }

    /// Lets the present moment come, and sends initiators what is due by it, in this place and in all behind `/r/`.
    /// What is not answered with 2xx is sent again after 30 seconds, 5 minutes and an hour on the bank's clock.
    public func sendNotifications() async {
        let places = spaces?.all.map(\.bank) ?? []
        await withTaskGroup { group in
            for place in [self] + places { group.addTask { await place.desk.sendNotifications() } }
        }
    }

    /// What would arrive over a wire that does not break.
    public func respond(to request: HTTPRequest) async -> HTTPResponse { await deliver(request).response }

    public func deliver(_ request: HTTPRequest) async -> HTTPDelivery {
        if let (place, inner) = spaces?.find(request, make: { desk.place(named: $0) }) {
            return await place.deliver(inner)
        }
        guard desk.recorder.isOn, !RecordingFace.isOutside(request) else { return await play(request) }
        return await desk.recorder.turns.take { await record(request) }
    }

    private func record(_ request: HTTPRequest) async -> HTTPDelivery {
        guard let at = desk.beginExchange() else { return await play(request) }
        let delivery = await play(request)
        desk.endExchange(Recorder.Exchange(at: at, request: request, response: delivery.response))
        return delivery
    }

    /// Answers as the scenario of the request's order wants it, and writes it down.
    private func play(_ request: HTTPRequest) async -> HTTPDelivery {
        guard let visit = Visit(request) else { return HTTPDelivery(await answer(request)) }
        let at = desk.clock.now
        do throws(ScenarioError) {
            let trouble = try books.change(visit.bank) { (state, now) throws(ScenarioError) in
                try state.trouble(of: visit, at: now)
            }
            let delivery = await deliver(request, trouble ?? nil)
            desk.note(visit, delivery, trouble ?? nil, at: at)
            return delivery
        } catch {
            let delivery = HTTPDelivery(visit.refusal(error, at: at))
            desk.note(visit, delivery, nil, at: at)
            return delivery
        }
    }

    private func deliver(_ request: HTTPRequest, _ trouble: WireTrouble?) async -> HTTPDelivery {
        guard let trouble else { return HTTPDelivery(await answer(request)) }
        if let instead = trouble.instead { return instead }
        return trouble.done(to: await answer(request))
    }

    private func answer(_ request: HTTPRequest) async -> HTTPResponse {
        StetFace.dress(await router.respond(to: request), for: request, at: desk.clock.now)
    }

    private static func router(_ desk: Desk) -> HTTPRouter {
        let books = desk.books
        var router = HTTPRouter()
        DirectoryFace(desk: desk).install(in: &router)
        BooksFace(books: books).install(in: &router)
        ControlFace(desk: desk).install(in: &router)
        NotificationFace(desk: desk).install(in: &router)
        RecordingFace(desk: desk).install(in: &router)
        ConsoleFace(desk: desk).install(in: &router)
        StetFace(books: books, clock: { desk.clock.now }, gate: desk.gate).install(in: &router)
        BerlinFace(books: books, gate: desk.gate).install(in: &router)
        PhoneFace(books: books).install(in: &router)
        TokenFace(books: books, gate: desk.gate).install(in: &router)
        ApprovalFace(books: books).install(in: &router)
        ApplicationFace(books: books).install(in: &router)
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

        init(_ entry: Ledger.Entry, at bank: String) {
            self.bank = bank
            at = entry.at
            kind = entry.kind.rawValue
            debited = entry.debited.name
            credited = entry.credited.name
            amountCents = entry.cents
            paymentID = entry.paymentID
            endToEndID = entry.endToEndID
        }
    }

    /// One payment request as it stands.
    public struct PaymentView: Sendable, Equatable {
        public let bank: String
        public let id: String
        public let endToEndID: String
        /// `paymentInformationStatus` of the standard.
        public let status: String
        /// Why it was rejected, as an ISO 20022 code; nil unless it was.
        public let reason: String?
        public let amountCents: Int
        /// IBAN of the payee.
        public let creditor: String
        /// Whether the payer agreed on the bank's pages.
        public let isApproved: Bool

        init(_ payment: Payment, at profile: MockBankProfile) {
            bank = profile.id
            id = payment.id
            endToEndID = payment.order.endToEndID
            status = payment.status(at: profile)
            reason = payment.rejection?.code(in: .v16)
            amountCents = payment.order.cents
            creditor = payment.order.creditorIBAN
            isApproved = payment.approval != nil
        }
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
        books.all { state in state.ledger.entries.map { LedgerEntry($0, at: state.profile.id) } }
    }

    /// One bank's bookings after its first `count`: for those who look often.
    public func ledger(of bank: String, after count: Int) -> [LedgerEntry] {
        books.look(at: bank) { state in
            state.ledger.entries.dropFirst(count).map { LedgerEntry($0, at: bank) }
        } ?? []
    }

    /// The newest payment request of a client with that end-to-end id at one bank.
    public func payment(of bank: String, client: String, endToEndID: String) -> PaymentView? {
        books.look(at: bank) { state in
            state.payment(client: client, endToEndID: endToEndID).map { PaymentView($0, at: state.profile) }
        } ?? nil
    }

    /// Every payment request, oldest first.
    public func payments() -> [PaymentView] {
        books.all { state in
            state.paymentsByAge.map { PaymentView($0, at: state.profile) }
        }
    }

    /// Turns the bank dishonest for once: debits a payer beside what was ordered, by default the same amount again.
    /// For tests of those who compare books.
    /// - Returns: false when there is no such payment, or nothing to take.
    public func misbook(_ bank: String, client: String, endToEndID: String, cents: Int? = nil) -> Bool {
        books.enter(bank) { state, moment in
            guard let payment = state.payment(client: client, endToEndID: endToEndID) else { return false }
            return state.misbook(payment, cents: cents ?? payment.order.cents, at: moment.now)
        } ?? false
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
