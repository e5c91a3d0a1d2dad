import Foundation
import Pecule
import PeculeMockBank

/// A promise that was not kept.
public struct Violation: Sendable, Equatable {
    /// The invariant's number and words.
    public let invariant: String
    /// Which of the run's transfers, if it is about one.
    public let transfer: Int?
    public let detail: String
}

/// A state and an event that changed it.
public struct Transition: Hashable, Sendable, Comparable, CustomStringConvertible {
    let state: String
    let event: String

    public var description: String { "\(state) + \(event)" }

    public static func < (one: Transition, other: Transition) -> Bool { one.description < other.description }
}

/// Watches every write of the gateway and, when all is quiet, compares with the bank's own books.
// One thread runs everything of one simulation.
final class Oracle: @unchecked Sendable {
    private let bank: MockBank
    private let executor: SeededExecutor
    private let numbers: [TransferID: Int]
    let orders: [Errand]
    private var known: [TransferID: Transfer] = [:]
    private(set) var violation: Violation?
    private(set) var transitions: [Transition: Int] = [:]
    var trace = Trace()

    init(bank: MockBank, orders: [Errand], _ executor: SeededExecutor) {
        self.bank = bank
        self.orders = orders
        self.executor = executor
        numbers = Dictionary(uniqueKeysWithValues: orders.map { ($0.id, $0.number) })
    }

    func note(_ text: String, of transfer: TransferID? = nil) {
        trace.note(text, of: transfer.flatMap { numbers[$0] }, at: executor.time)
    }

    var areAllFinal: Bool { known.values.allSatisfy(\.state.isFinal) }

    var endings: [String: Int] {
        known.values.reduce(into: [:]) { counts, transfer in
            let ending = if case .failed(let reason) = transfer.state { reason.code } else { transfer.state.name }
            counts[ending, default: 0] += 1
        }
    }

    func report(_ invariant: String, _ transfer: TransferID?, _ detail: String) {
        let number = transfer.flatMap { numbers[$0] }
        note("VIOLATION \(invariant): \(detail)", of: transfer)
        if violation == nil { violation = Violation(invariant: invariant, transfer: number, detail: detail) }
    }

    private func hold(
        _ condition: Bool, _ invariant: String, _ transfer: TransferID?, _ detail: @autoclosure () -> String
    ) {
        if !condition { report(invariant, transfer, detail()) }
    }

    // MARK: While it runs

    func inserted(_ transfer: Transfer) {
        note("drafted", of: transfer.id)
        hold(known[transfer.id] == nil, "D2 one insertion", transfer.id, "inserted twice")
        known[transfer.id] = transfer
    }

    /// A write that was done; `allowance` as the gateway asked for it.
    func replaced(_ transfer: Transfer, because record: TransferRecord, within allowance: MonthlyAllowance?) {
        guard let before = known.updateValue(transfer, forKey: transfer.id) else {
            return report("D2 nothing from nowhere", transfer.id, "replaced before it was inserted")
        }
        note("\(before.state.name) + \(record.event) \(record.detail) -> \(transfer.state.name) v\(transfer.version)",
            of: transfer.id)
        transitions[Transition(state: before.state.name, event: record.event), default: 0] += 1
        hold(transfer.version == before.version + 1, "S3 versions rise by one", transfer.id,
            "\(before.version) to \(transfer.version)")
        hold(
            !before.state.isFinal || transfer.state == before.state, "S2 final states stay", transfer.id,
            "\(before.state.name) to \(transfer.state.name)")
        hold(Self.rank(transfer.state) >= Self.rank(before.state), "S2 monotone", transfer.id,
            "\(before.state.name) to \(transfer.state.name)")
        hold(transfer.updatedAt >= before.updatedAt, "S4 times never decrease", transfer.id, "updatedAt fell")
        hold(transfer.order == before.order, "M5 the order stays", transfer.id, "changed")
        if transfer.state.isFinal { compareWithBank(transfer) }
        if let allowance { checkCap(allowance, transfer) }
    }

    /// Nothing may be final before the bank's books say so.
    private func compareWithBank(_ transfer: Transfer) {
        let debits = debits(of: transfer)
        if transfer.state == .settled {
            hold(debits == [transfer.order.amount.cents], "M1 settled means debited once", transfer.id, "\(debits)")
            return
        }
        let open = bank.payments().filter {
            $0.endToEndID == transfer.order.endToEndID && $0.isApproved && !["RJCT", "CANC"].contains($0.status)
        }
        hold(debits.isEmpty, "M1 failed means not debited", transfer.id, "\(debits)")
        hold(open.isEmpty, "U1 failed means never debited", transfer.id, "the bank says \(open.map(\.status))")
    }

    private func checkCap(_ allowance: MonthlyAllowance, _ transfer: Transfer) {
        let reserved = known.values.filter { other in
            other.reservesAllowance && other.order.detainee.account == allowance.detainee
                && other.choice.map { TransferMonth(of: $0.chosenAt) } == allowance.month
        }
        let sum = reserved.reduce(0) { $0 + $1.order.amount.cents }
        hold(sum <= allowance.limit.cents, "L1 the monthly cap", transfer.id, "\(sum) of \(allowance.limit.cents)")
    }

    private func debits(of transfer: Transfer) -> [Int] {
        bank.ledger().filter { $0.kind == "execution" && $0.endToEndID == transfer.order.endToEndID }.map(\.amountCents)
    }

    private static func rank(_ state: TransferState) -> Int {
        let order = ["drafted", "initiating", "awaitingApproval", "confirming", "executing"]
        return order.firstIndex(of: state.name) ?? order.count
    }

    // MARK: When all is quiet

    func judge(_ store: InMemoryStore) {
        for transfer in known.values.sorted(by: { $0.id.text < $1.id.text }) {
            hold(transfer.state.isFinal, "V1 every transfer ends", transfer.id,
                "still \(transfer.state.name)\(transfer.alarm.isEmpty ? "" : ", with an alarm")")
            hold(store.transfer(transfer.id) == transfer, "D1 what was acknowledged is there", transfer.id, "differs")
            let versions = store.events(of: transfer.id).map(\.version)
            hold(versions == Array(2..<(transfer.version + 1)), "S10 each change has its event", transfer.id,
                "\(versions)")
        }
        judgeBooks()
    }

    private func judgeBooks() {
        let ledger = bank.ledger()
        let executions = ledger.filter { $0.kind == "execution" }
        let settled = known.values.filter { $0.state == .settled }
        for transfer in known.values.sorted(by: { $0.id.text < $1.id.text }) {
            let amounts = executions.filter { $0.endToEndID == transfer.order.endToEndID }.map(\.amountCents)
            let expected = transfer.state == .settled ? [transfer.order.amount.cents] : []
            hold(!transfer.state.isFinal || amounts == expected, "M1 exactly once", transfer.id,
                "\(transfer.state.name), debited \(amounts)")
        }
        hold(executions.count == settled.count || !areAllFinal, "R2 no orphan debit", nil,
            "\(executions.count) debits, \(settled.count) settled")
        let credited = ledger.filter { $0.kind == "settlement" }
        hold(credited.allSatisfy { $0.credited == Self.payee }, "M7 destination", nil, "another account was credited")
        let opening = ledger.filter { $0.kind == "opening" }.reduce(0) { $0 + $1.amountCents }
        let left = bank.accounts().reduce(0) { $0 + $1.balanceCents }
        let moved = credited.reduce(0) { $0 + $1.amountCents }
        hold(opening == left + moved, "M6 conservation", nil, "\(opening) became \(left) and \(moved)")
        hold(bank.accounts().allSatisfy { $0.balanceCents >= 0 }, "M6 no overdraft", nil, "a balance below zero")
    }

    private static let payee = "FR7699920000420000041700138"
}
