import Foundation
import Pecule
import PeculeAudit
import PeculeStoreSamples

/// One transfer through events without rhyme or reason, as the gateway decides them: what it allows, the auditor's own
/// state table must allow.
struct LogWalk {
    private let random = TestRandom()
    private var transfer = Sample.draft()
    private var records: [TransferRecord] = []
    private var now = Sample.morning
    /// States and unusual things that the walk came by.
    private(set) var sights: Set<String> = []
    /// So few calls that the budget is spent often.
    private let patience = {
        var patience = Patience()
        patience.requests = 6
        return patience
    }()

    init(seed: UInt64) {
        for _ in 0..<(seed % 1009) { _ = random.bytes(1) }
        for _ in 0..<60 { step() }
    }

    func tables() -> Tables {
        let notices = zip(1..., records).map { number, record in
            TransferNotice(sequence: number, transfer: transfer.id, version: record.version, state: record.state)
        }
        return Tables(transfers: [transfer], records: [(transfer.id, records)], notices: notices)
    }

    private mutating func step() {
        now += TimeInterval(below(90)) - 5
        let event = event()
        let hadStopped = transfer.deadline == nil && !transfer.state.isFinal
        // Refused and ignored events leave nothing behind.
        guard case .changed = try? transfer.apply(event, at: now, patience: patience) else { return }
        records.append(TransferRecord(transfer, because: event, in: Sample.correlation))
        look(hadStopped && event == .operatorReviewed)
    }

    private mutating func look(_ isReviewOfStop: Bool) {
        sights.insert(transfer.state.name)
        if transfer.contradiction != nil { sights.insert("contradiction") }
        if !transfer.alarm.isEmpty { sights.insert("alarm") }
        if transfer.deadline == nil, !transfer.state.isFinal { sights.insert("stopped asking") }
        if isReviewOfStop { sights.insert("operator after a stop") }
    }

    private func event() -> TransferEvent {
        switch below(12) {
        case 0: .bankChosen(Sample.choice(of: transfer.id, at: now))
        case 1: below(3) == 0 ? .bankRefused(RejectionReason("AC04")) : .initiated(Sample.payment())
        case 2: .payerReturned(below(2) == 0 ? nil : .authorizationCode("code"))
        case 3, 4, 5: .reported(BankReport(status(), echo: echo()))
        case 6: .bankSilent(sent: false, retryAfter: below(2) == 0 ? nil : .seconds(7))
        case 7: .bankSilent(sent: true)
        case 8: below(4) == 0 ? .cancelRequested : .bankNotified
        case 9: .operatorReviewed
        default: .deadlinePassed
        }
    }

    private func status() -> BankReport.Status {
        switch below(16) {
        case 0: .settled
        case 1: .rejected(RejectionReason("AM04"))
        case 2: .denied
        case 3: .expired
        case 4: .cancelled
        case 5, 6, 7: .approved
        case 8, 9: .executing
        default: .pending
        }
    }

    private func echo() -> PaymentEcho {
        let order = transfer.order
        let amount = below(8) == 0 ? Sample.amount(1) : order.amount
        return PaymentEcho(
            amount: amount, currency: "EUR", creditor: order.payee.iban, endToEndID: order.endToEndID)
    }

    private func below(_ bound: Int) -> Int { (Int(random.bytes(1)[0]) << 8 | Int(random.bytes(1)[0])) % bound }
}
