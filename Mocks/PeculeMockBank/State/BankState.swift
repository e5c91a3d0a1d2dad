import FoundationEssentials
import PeculeHTTP

/// One bank: its customers, its books, and every payment request it was given. A value; each decision is a method
/// that takes the moment in which it is made.
struct BankState: Sendable {
    /// How long things last.
    struct Timing: Sendable {
        var consentLifetime: TimeInterval
        var settlementDelay: TimeInterval
        var review: TimeInterval

        static let idleSession: TimeInterval = 5 * 60
        static let session: TimeInterval = 60 * 60
        static let token: TimeInterval = 3600
        static let authorizationCode: TimeInterval = 60
        static let oneTimeCode: TimeInterval = 5 * 60
    }

    let profile: MockBankProfile
    let timing: Timing
    let clients: [String: OAuthClient]
    let customers: [Customer]
    var catalogue: ScenarioCatalogue
    let payees: PayeeDirectory
    /// Where browsers and initiators find this bank: what every absolute link begins with, and the OAuth issuer.
    var address: String
    /// The token endpoint: where a bank has a host of its own for it, this machine's other name.
    var tokenAddress: String {
        let (own, other) = ("http://127.0.0.1:", "http://localhost:")
        let isMoved = profile.variants.hasTokenHost && address.hasPrefix(own)
        return (isMoved ? other + address.dropFirst(own.count) : address) + "/oauth/token"
    }

    private(set) var ledger = Ledger()
    private(set) var payments: [String: Payment] = [:]
    private var byContext: [String: String] = [:]
    private var byInformationID: [[String]: String] = [:]
    private var byEndToEndID: [[String]: String] = [:]
    private var agenda = Agenda()
    /// What initiators are told.
    var outbox = Outbox()
    /// The time at which what happens now happens.
    private var time: Date
    var tokens = ExpiringStore<AccessToken>()
    var codes = ExpiringStore<AuthorizationCode>()
    var sessions = ExpiringStore<ApprovalSession>()
    /// By `Payment.playKey`; only of orders to which something is to happen.
    var plays: [String: Play] = [:]
    /// What happens to every order that says nothing else.
    var whole = Scenario.ordinary
    /// Whether the cents of an amount call a scenario.
    var readsCents = false

    init(
        profile: MockBankProfile, timing: Timing, payees: PayeeDirectory, catalogue: ScenarioCatalogue,
        customers: [Customer], address: String, openedAt now: Date
    ) {
        self.profile = profile
        self.address = address
        self.timing = timing
        self.payees = payees
        time = now
        self.catalogue = catalogue
        self.customers = customers
        clients = Dictionary(uniqueKeysWithValues: OAuthClient.seed.map { ($0.id, $0) })
        for account in customers.flatMap(\.accounts) { ledger.open(account.iban, cents: account.openingCents, at: now) }
    }

    /// What the paths of this bank begin with.
    var path: String { BankState.path(of: address) }

    static func path(of address: String) -> String {
        let rest = address.utf8.drop { $0 != UInt8(ascii: ":") }.dropFirst(3)
        return String(Substring(rest.drop { $0 != UInt8(ascii: "/") }))
    }

    func balance(of iban: String) -> Int { ledger.balance(.iban(iban)) }

    func payment(context: String) -> Payment? { byContext[context].flatMap { payments[$0] } }

    func payment(client: String, informationID: String) -> Payment? {
        byInformationID[[client, informationID]].flatMap { payments[$0] }
    }

    /// The newest payment with that end-to-end id: older ones, if any, ended without a debit.
    func payment(client: String, endToEndID: String) -> Payment? {
        byEndToEndID[[client, endToEndID]].flatMap { payments[$0] }
    }

    /// Oldest first.
    var paymentsByAge: [Payment] { payments.values.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) } }

    mutating func add(_ payment: Payment) {
        payments[payment.id] = payment
        byContext[payment.context] = payment.id
        byInformationID[[payment.client, payment.order.informationID]] = payment.id
        byEndToEndID[[payment.client, payment.order.endToEndID]] = payment.id
        if let deadline = payment.deadline { agenda.add(payment.id, due: deadline) }
    }

    mutating func change(_ id: String, _ change: (inout Payment) -> Void) {
        if let place = payments.index(forKey: id) { change(&payments.values[place]) }
    }

    mutating func move(_ id: String, to stage: Payment.Stage) {
        let before = payments[id]?.status(at: profile)
        change(id) { [time] payment in
            payment.stage = stage
            payment.moves.append(Payment.Move(at: time, stage: stage))
        }
        if let deadline = payments[id]?.deadline { agenda.add(id, due: deadline) }
        guard let payment = payments[id], payment.notifying != nil, payment.status(at: profile) != before else {
            return
        }
        outbox.tell(payment.status(at: profile), of: payment, as: scenario(of: payment).notify, at: time)
    }

    /// Lets time pass: everything due by now happens, in the order in which it became due.
    mutating func advance(to now: Date) {
        defer { time = now }
        while let item = agenda.next(until: now) {
            time = item.due
            guard let payment = payments[item.paymentID], payment.deadline == item.due else { continue }
            guard payment.ahead.isEmpty else {
                enter(payment.ahead, payment.id, at: item.due)
                continue
            }
            switch payment.stage {
            case .awaitingApproval, .awaitingConfirmation: move(payment.id, to: .rejected(.unanswered))
            case .accepted, .held: execute(payment, at: item.due, settling: item.due + timing.settlementDelay)
            case .executing: settle(payment, at: item.due)
            case .settled, .rejected: break
            }
        }
    }

    /// Begins the execution of an order that has every agreement it needs.
    mutating func start(_ payment: Payment, at now: Date) {
        let states = scenario(of: payment).states
        if !states.isEmpty {
            enter(states, payment.id, at: now)
        } else if profile.flow == .bankConfirms {
            move(payment.id, to: .accepted(until: now + timing.settlementDelay))
        } else {
            execute(payment, at: now, settling: now + timing.settlementDelay)
        }
    }

    /// What only a dishonest bank does; false when the payer never agreed or has not so much.
    mutating func misbook(_ payment: Payment, cents: Int, at now: Date) -> Bool {
        guard let approval = payment.approval, balance(of: approval.debtorIBAN) >= cents else { return false }
        ledger.misbook(payment, from: approval.debtorIBAN, cents: cents, at: now)
        return true
    }

    /// Debits the payer, if he has the money.
    mutating func execute(_ payment: Payment, at now: Date, settling: Date) {
        guard let approval = payment.approval else { return }
        if balance(of: approval.debtorIBAN) < payment.order.cents {
            move(payment.id, to: .rejected(.insufficientFunds))
        } else {
            ledger.execute(payment, from: approval.debtorIBAN, at: now)
            move(payment.id, to: .executing(until: settling))
        }
    }

    /// Credits the payee.
    mutating func settle(_ payment: Payment, at now: Date) {
        ledger.settle(payment, at: now)
        move(payment.id, to: .settled)
    }
}
