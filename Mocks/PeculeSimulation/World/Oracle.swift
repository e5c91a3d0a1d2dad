import Foundation
import Pecule

/// Watches every write of the gateway, and holds it against the banks' own books.
// One thread runs everything of one simulation.
final class Oracle: @unchecked Sendable {
    let books: Books
    /// The bank whose transfers are not expected to end well.
    let hostile: String?
    private let executor: SeededExecutor
    /// All transfers that somebody wants to make, in the order of their numbers and of their texts.
    let ids: [TransferID]
    let numbers: [TransferID: Int]
    private let keepsTrace: Bool
    private(set) var known: [TransferID: Transfer] = [:]
    /// How many transfers stand in each state, by its place.
    private(set) var census = [Int](repeating: 0, count: FaultCounts.states.count)
    var doubts: [TransferID: [Doubt]] = [:]
    private var reserving: [MonthlyAllowance: Set<TransferID>] = [:]
    private var returnStates: [ReturnState: TransferID] = [:]
    private var requests: [TransferID: Int] = [:]
    private(set) var violation: Violation?
    private(set) var transitions: [Transition: Int] = [:]
    private(set) var trace = Trace()

    /// Far above what any honest transfer needs in a run.
    private static let mostRequests = 250

    init(books: Books, errands: [Errand], hostile: String?, keepsTrace: Bool, _ executor: SeededExecutor) {
        self.books = books
        self.hostile = hostile
        self.keepsTrace = keepsTrace
        self.executor = executor
        ids = errands.map(\.id)
        numbers = Dictionary(uniqueKeysWithValues: errands.map { ($0.id, $0.number) })
    }

    /// Those at a false bank may never be.
    var areAllFinal: Bool {
        census.dropLast(2).allSatisfy { $0 == 0 } || known.values.allSatisfy { $0.state.isFinal || !isHonest($0) }
    }

    var endings: [String: Int] {
        known.values.reduce(into: [:]) { counts, transfer in
            let ending = if case .failed(let reason) = transfer.state { reason.code } else { transfer.state.name }
            counts[ending, default: 0] += 1
        }
    }

    func isHonest(_ transfer: Transfer) -> Bool { transfer.choice.map { $0.bank.text != hostile } ?? true }

    // MARK: What is told

    func note(_ text: @autoclosure () -> String, of transfer: TransferID? = nil) {
        guard keepsTrace else { return }
        trace.note(text(), of: transfer.flatMap { numbers[$0] }, at: executor.time)
    }

    func report(_ invariant: Invariant, _ transfer: TransferID?, _ detail: String) {
        note("VIOLATION \(invariant.rawValue): \(detail)", of: transfer)
        guard violation == nil else { return }
        violation = Violation(invariant: invariant, transfer: transfer.flatMap { numbers[$0] }, detail: detail)
    }

    func hold(
        _ condition: Bool, _ invariant: Invariant, _ transfer: TransferID?, _ detail: @autoclosure () -> String
    ) {
        if !condition { report(invariant, transfer, detail()) }
    }

    // MARK: While it runs

    func requested(_ transfer: TransferID?) {
        guard let transfer else { return }
        requests[transfer, default: 0] += 1
        let count = requests[transfer] ?? 0
        hold(count <= Self.mostRequests, .bounded, transfer, "\(count) requests")
    }

    func inserted(_ transfer: Transfer) {
        note("drafted", of: transfer.id)
        hold(known[transfer.id] == nil, .insertedOnce, transfer.id, "inserted twice")
        keep(transfer)
    }

    /// A write that was done; `allowance` as the gateway asked for it.
    func replaced(_ transfer: Transfer, because record: TransferRecord, within allowance: MonthlyAllowance?) {
        resolve(before: transfer)
        guard let before = known[transfer.id] else {
            return report(.nothingFromNowhere, transfer.id, "replaced before it was inserted")
        }
        keep(transfer)
        note(
            "\(before.state.name) + \(record.event) \(record.detail) -> \(transfer.state.name) v\(transfer.version)",
            of: transfer.id)
        transitions[Transition(state: before.state.name, event: record.event), default: 0] += 1
        compare(before, transfer)
        if transfer.state.isFinal, !before.state.isFinal, isHonest(transfer) { compareWithBank(transfer) }
        if let allowance { checkCap(allowance, transfer) }
        if let choice = transfer.choice, choice != before.choice { checkState(choice, transfer.id) }
    }

    private func keep(_ transfer: Transfer) {
        if let before = known.updateValue(transfer, forKey: transfer.id) { census[before.state.place] -= 1 }
        census[transfer.state.place] += 1
    }

    private func compare(_ before: Transfer, _ after: Transfer) {
        hold(after.version == before.version + 1, .versions, after.id, "\(before.version) to \(after.version)")
        var move: String { "\(before.state.name) to \(after.state.name)" }
        hold(!before.state.isFinal || after.state == before.state, .finalStays, after.id, move)
        hold(min(after.state.place, 5) >= min(before.state.place, 5), .monotone, after.id, move)
        // Times are kept in whole milliseconds.
        hold(after.updatedAt > before.updatedAt - 0.001, .times, after.id, "updatedAt fell")
        hold(Self.isSame(after.order, before.order), .orderStays, after.id, "changed")
    }

    private static func isSame(_ one: TransferOrder, _ other: TransferOrder) -> Bool {
        one.amount == other.amount && one.payee == other.payee && one.detainee == other.detainee
            && one.payer == other.payer && one.remittance == other.remittance
    }

    /// Nothing may be final before the bank's books say so.
    private func compareWithBank(_ transfer: Transfer) {
        let debits = books.debits(of: transfer)
        if transfer.state == .settled {
            return hold(debits == [transfer.order.amount.cents], .settledOnce, transfer.id, "\(debits)")
        }
        hold(debits.isEmpty, .failedNever, transfer.id, "\(debits)")
        if let status = books.openStatus(of: transfer) {
            report(.failedForGood, transfer.id, "the payer agreed, and the bank says \(status)")
        }
    }

    private func checkCap(_ allowance: MonthlyAllowance, _ transfer: Transfer) {
        reserving[allowance, default: []].insert(transfer.id)
        let sum = reserved(allowance, besides: nil)
        hold(sum <= allowance.limit.cents, .cap, transfer.id, "\(sum) of \(allowance.limit.cents)")
    }

    func reserved(_ allowance: MonthlyAllowance, besides id: TransferID?) -> Int {
        reserving[allowance, default: []].reduce(0) { sum, other in
            guard other != id, let other = known[other], other.reservesAllowance else { return sum }
            return sum + other.order.amount.cents
        }
    }

    private func checkState(_ choice: BankChoice, _ id: TransferID) {
        let other = returnStates.updateValue(id, forKey: choice.returnState)
        hold(other == nil || other == id, .uniqueStates, id, "another transfer has it")
    }
}
