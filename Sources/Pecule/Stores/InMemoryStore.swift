public import Foundation
import Synchronization

/// A store that lives as long as the process: for tests, demonstrations and first steps.
public final class InMemoryStore: TransferStore, PermitStore {
    private struct Contents {
        var transfers: [TransferID: Transfer] = [:]
        var records: [TransferID: [TransferRecord]] = [:]
        var outbox: [TransferNotice] = []
        var noticesPut = 0
        var byReturnState: [ReturnState: TransferID] = [:]
        var permits: [PermitNumber: VisitPermit] = [:]
        var establishments: [EstablishmentID: Establishment] = [:]
    }

    private let contents = Mutex(Contents())

    public init(establishments: [Establishment] = [], permits: [VisitPermit] = []) {
        for establishment in establishments { put(establishment) }
        for permit in permits { put(permit) }
    }

    /// Adds or replaces an establishment.
    public func put(_ establishment: Establishment) {
        contents.withLock { $0.establishments[establishment.id] = establishment }
    }

    /// Adds or replaces a permit.
    public func put(_ permit: VisitPermit) {
        contents.withLock { $0.permits[permit.number] = permit }
    }

    /// See `PermitStore`.
    public func permit(_ number: PermitNumber) -> VisitPermit? {
        contents.withLock { $0.permits[number] }
    }

    /// See `PermitStore`.
    public func establishment(_ id: EstablishmentID) -> Establishment? {
        contents.withLock { $0.establishments[id] }
    }

    public func insert(_ transfer: Transfer) throws(StoreFault) -> Insertion {
        _ = try transfer.storableRow()
        return contents.withLock { contents in
            if let existing = contents.transfers[transfer.id] { return .existing(existing) }
            contents.transfers[transfer.id] = transfer
            return .inserted
        }
    }

    public func transfer(_ id: TransferID) -> Transfer? {
        contents.withLock { $0.transfers[id] }
    }

    public func transfer(returning state: ReturnState) -> Transfer? {
        contents.withLock { contents in
            contents.byReturnState[state].flatMap { contents.transfers[$0] }
        }
    }

    public func replace(
        _ transfer: Transfer, expecting expected: Int, because event: TransferEvent, within allowance: MonthlyAllowance?
    ) throws(StoreFault) -> Replacement {
        _ = try transfer.storableRow()
        return contents.withLock { contents in
            guard let kept = contents.transfers[transfer.id], kept.version == expected else { return .versionConflict }
            if let allowance {
                let left = allowance.limit.cents - Self.reserved(allowance, besides: transfer.id, in: contents)
                guard transfer.order.amount.cents <= left else { return .overAllowance(left: Amount(cents: left)) }
            }
            contents.transfers[transfer.id] = transfer
            if let left = kept.choice?.returnState { contents.byReturnState[left] = nil }
            if let choice = transfer.choice { contents.byReturnState[choice.returnState] = transfer.id }
            contents.records[transfer.id, default: []].append(TransferRecord(transfer, because: event))
            contents.noticesPut += 1
            contents.outbox.append(
                TransferNotice(
                    sequence: contents.noticesPut, transfer: transfer.id, version: transfer.version,
                    state: transfer.state.name))
            return .replaced
        }
    }

    public func overdue(at now: Date, limit: Int) -> [TransferID] {
        contents.withLock { contents in
            let overdue = contents.transfers.values.compactMap { transfer in
                transfer.deadline.flatMap { $0 <= now ? (deadline: $0, id: transfer.id) : nil }
            }
            return overdue.sorted { ($0.deadline, $0.id.text) < ($1.deadline, $1.id.text) }.prefix(limit).map(\.id)
        }
    }

    public func history(
        of payer: AccountID, since start: Date, after cursor: TransferHistory.Cursor?, limit: Int
    ) -> [Transfer] {
        contents.withLock { contents in
            let mine = contents.transfers.values.filter { transfer in
                transfer.order.payer.account == payer && transfer.mayHaveReachedBank
                    && transfer.order.draftedAt >= start
            }
            let ordered = mine.sorted { TransferHistory.Cursor($0) < TransferHistory.Cursor($1) }
            return Array(ordered.drop { transfer in
                cursor.map { TransferHistory.Cursor(transfer) <= $0 } ?? false
            }.prefix(limit))
        }
    }

    public func events(of id: TransferID) -> [TransferRecord] {
        contents.withLock { $0.records[id] ?? [] }
    }

    public func outbox(limit: Int) -> [TransferNotice] {
        contents.withLock { Array($0.outbox.prefix(limit)) }
    }

    public func clear(_ notices: [TransferNotice]) {
        let taken = Set(notices.map(\.sequence))
        contents.withLock { $0.outbox.removeAll { taken.contains($0.sequence) } }
    }

    private static func reserved(
        _ allowance: MonthlyAllowance, besides id: TransferID, in contents: Contents
    ) -> Int {
        contents.transfers.values.reduce(0) { sum, transfer in
            guard transfer.id != id, transfer.reservesAllowance,
                transfer.order.detainee.account == allowance.detainee,
                let choice = transfer.choice, TransferMonth(of: choice.chosenAt) == allowance.month
            else { return sum }
            return sum + transfer.order.amount.cents
        }
    }
}
