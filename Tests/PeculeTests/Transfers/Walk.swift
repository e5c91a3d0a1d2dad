import Foundation
import Pecule

/// One transfer between a payer, a bank and everything that can go wrong on the way, drawn from a seed.
struct Walk {
    struct Broken: Error, CustomStringConvertible {
        let description: String
    }

    /// A call to the bank, from its start to the answer's arrival.
    private struct Call {
        let effect: TransferEffect
        let payment: Int?
        let startedAt: TimeInterval
        var answer: TransferEvent?
        var isLie = false
    }

    private static let order = Sample.order()
    private static let choice = Sample.choice()
    private let patience = Patience()
    private var random: SplitMix
    private var bank: ModelBank
    private(set) var transfer: Transfer
    private var calls: [Call] = []
    /// Seconds that really passed; the wall clock may be behind.
    private var elapsed: TimeInterval = 0
    private var setBack: TimeInterval = 0
    private(set) var sights: Set<String> = []

    init(seed: UInt64) {
        random = SplitMix(seed)
        bank = ModelBank(ModelBank.Flow.allCases[random.below(3)], takesOtherAmount: random.once(in: 20))
        transfer = Transfer(Self.order, patience: patience)
    }

    private var now: Date { transfer.order.draftedAt + elapsed - setBack }

    /// Trouble for a while, then none until it is over.
    mutating func run() throws(Broken) {
        for _ in 0..<(20 + random.below(40)) { try step() }
        try quieten()
        try judge()
    }

    // MARK: Trouble

    private mutating func step() throws(Broken) {
        switch random.below(14) {
        case 0: try happen(.bankChosen(Self.choice))
        case 1: try happen(.deadlinePassed)
        case 2: try happen(.bankNotified)
        case 3 where random.once(in: 4): try happen(.cancelRequested)
        case 4: if let payment = shown { bank.approve(payment) }
        case 5 where random.once(in: 4): if let payment = shown { bank.deny(payment) }
        case 6: try happen(.payerReturned(proof()))
        case 7: if let payment = shown { bank.book(payment, transfer.order, hasMoney: !random.once(in: 4)) }
        case 8 where random.once(in: 8): if let payment = shown { bank.expire(payment) }
        case 9: try pass(TimeInterval(random.below(40)))
        case 10 where random.once(in: 8): setBack += TimeInterval(random.below(7_200))
        default: try attend()
        }
    }

    /// The payment whose page the payer has seen: the only one that can be approved.
    private var shown: Int? { transfer.payment.flatMap { Int($0.id) } }

    private mutating func proof() -> ApprovalProof? {
        guard let payment = shown, bank.flow == .code, !random.once(in: 6) else { return nil }
        return .authorizationCode(random.once(in: 20) ? "forged" : bank.payments[payment].code ?? "too early")
    }

    /// One call in flight gets on: it reaches the bank or not, its answer arrives or not.
    private mutating func attend() throws(Broken) {
        guard !calls.isEmpty else { return }
        let index = random.below(calls.count)
        if calls[index].answer == nil, random.once(in: 6) {
            calls.remove(at: index)
            sights.insert("not sent")
            return try happen(.bankSilent(sent: false))
        }
        if calls[index].answer == nil {
            let acts = !random.once(in: 6)
            if acts { reach(index) }
            if !acts || random.once(in: 5) { return try lose(index) }
            if random.once(in: 2) { return }
        }
        try arrive(index)
    }

    private mutating func lose(_ index: Int) throws(Broken) {
        calls.remove(at: index)
        sights.insert("answer lost")
        try happen(.bankSilent(sent: true))
    }

    private mutating func arrive(_ index: Int) throws(Broken) {
        let call = calls.remove(at: index)
        guard let answer = call.answer else { return }
        let before = transfer.state
        try happen(answer)
        if call.isLie {
            sights.insert("lie")
            try hold(transfer.state == before, "another order's answer moved \(before.name) to \(transfer.state.name)")
        }
        if case .bankSilent = answer { try happen(.bankNotified) }
    }

    /// No call outlives its patience.
    private mutating func pass(_ seconds: TimeInterval) throws(Broken) {
        elapsed += seconds
        while let index = calls.firstIndex(where: { elapsed - $0.startedAt >= patience.call }) {
            if calls[index].answer == nil { try lose(index) } else { try arrive(index) }
        }
    }

    // MARK: The bank's side of a call

    private mutating func reach(_ index: Int, honestly: Bool = false) {
        let payment = calls[index].payment
        switch (calls[index].effect, payment) {
        case (.initiate, _) where !honestly && random.once(in: 12):
            calls[index].answer = .bankRefused(.insufficientFunds)
        case (.initiate, _): calls[index].answer = .initiated(bank.initiate())
        case (.confirm(let proof), let payment?):
            if let status = bank.confirm(payment, proof) {
                report(status, index, honestly)
            } else {
                sights.insert("confirmation refused")
                calls[index].answer = .bankSilent(sent: false)
            }
        case (.cancel, let payment?): report(bank.cancel(payment), index, honestly)
        case (.ask, let payment?): report(bank.payments[payment].status, index, honestly)
        case (.confirm, nil), (.cancel, nil), (.ask, nil), (.nothing, _): break
        }
    }

    private mutating func report(_ status: BankReport.Status, _ index: Int, _ honestly: Bool) {
        let lies = bank.takesOtherAmount || !honestly && random.once(in: 15)
        let amount = lies ? Amount(cents: transfer.order.amount.cents + 1) : transfer.order.amount
        calls[index].isLie = lies
        calls[index].answer = .reported(BankReport(status, echo: Sample.echo(of: transfer.order, amount: amount)))
    }

    // MARK: Events and what must hold after each

    private mutating func happen(_ event: TransferEvent) throws(Broken) {
        let before = transfer
        let verdict = try? transfer.apply(event, at: now, patience: patience)
        if case .changed(let effect) = verdict {
            if effect != .nothing { try start(effect) }
            try hold(transfer.version == before.version + 1, "the version did not rise by one")
        } else {
            try hold(transfer.version == before.version, "changed without a verdict")
        }
        try hold(rank(transfer.state) >= rank(before.state), "fell from \(before.state.name)")
        try hold(!before.state.isFinal || transfer.version == before.version, "left \(before.state.name)")
        try hold(transfer.updatedAt >= before.updatedAt, "went back in time")
        try compareWithBank()
    }

    private mutating func start(_ effect: TransferEffect) throws(Broken) {
        let calling = calls.filter { $0.answer == nil || elapsed - $0.startedAt < patience.call }
        if case .confirm = effect {
            let isDouble = calling.contains { if case .confirm = $0.effect { true } else { false } }
            try hold(!isDouble, "two confirmations at once")
        }
        try hold(effect != .initiate || !calling.contains { $0.effect == .initiate }, "two initiations at once")
        calls.append(Call(effect: effect, payment: shown, startedAt: elapsed))
    }

    private func compareWithBank() throws(Broken) {
        try hold(bank.debits.count <= 1, "debited \(bank.debits.count) times")
        switch transfer.state {
        case .settled: try hold(bank.debits == [transfer.order.amount], "settled, but debited \(bank.debits)")
        case .failed:
            try hold(bank.debits.isEmpty, "failed, but debited")
            try hold(shown.map(bank.canStillDebit) != true, "failed, but the bank can still debit")
        case .drafted, .initiating, .awaitingApproval, .confirming, .executing:
            let longest = max(patience.draft, patience.longestWait, patience.call)
            let bound = transfer.updatedAt + longest
            try hold(transfer.deadline.map { $0 <= bound } == true, "nobody looks again at \(transfer.state.name)")
        }
        try hold(bank.debits.isEmpty || transfer.reservesAllowance, "debited without a reservation")
        try hold(bank.payments.isEmpty || transfer.mayHaveReachedBank, "unknown to us what the bank has")
    }

    // MARK: The end

    private mutating func quieten() throws(Broken) {
        for round in 0..<100 where !transfer.state.isFinal {
            while !calls.isEmpty {
                if calls[0].answer == nil { reach(0, honestly: true) }
                try arrive(0)
            }
            for payment in bank.payments.indices {
                bank.book(payment, transfer.order, hasMoney: true)
                if round > 10 { bank.expire(payment) }
            }
            let wait = transfer.deadline.map { max(0, $0.timeIntervalSince(now)) } ?? 0
            elapsed += max(1, wait)
            try happen(.deadlinePassed)
        }
    }

    private mutating func judge() throws(Broken) {
        sights.insert(transfer.state.name)
        if !transfer.alarm.isEmpty { sights.insert("alarm") }
        guard !bank.takesOtherAmount else { return }
        try hold(transfer.state.isFinal, "never ends: \(transfer.state.name)")
        try hold((transfer.state == .settled) == (bank.debits.count == 1), "ends \(transfer.state.name)")
    }

    private func hold(_ condition: Bool, _ rule: @autoclosure () -> String) throws(Broken) {
        if !condition { throw Broken(description: rule()) }
    }
}
