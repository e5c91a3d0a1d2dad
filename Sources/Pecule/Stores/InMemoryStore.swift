public import Foundation
import Synchronization

/// A store that lives as long as the process: for tests, demonstrations and first steps.
public final class InMemoryStore: TransferStore, PermitStore, ItemStore, SharedStore {
    private struct Contents {
        var transfers: [TransferID: Transfer] = [:]
        var records: [TransferID: [TransferRecord]] = [:]
        var deadlines = DeadlineList()
        var takenUntil: [TransferID: Date] = [:]
        var byPayer: [AccountID: [TransferID]] = [:]
        var byDetainee: [DetaineeAccount: [TransferID]] = [:]
        var outbox: [TransferNotice] = []
        var noticesPut = 0
        var byReturnState: [ReturnState: TransferID] = [:]
        var permits: [PermitNumber: VisitPermit] = [:]
        var establishments: [EstablishmentID: Establishment] = [:]
        var items = InMemoryItems()
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

    /// Nobody else has it. See `SharedStore`.
    public func changesElsewhere() -> ChangesElsewhere { ChangesElsewhere() }

    public func insert(_ transfer: Transfer) throws(StoreFault) -> Insertion {
        _ = try transfer.storableRow()
        return contents.withLock { contents in
            if let existing = contents.transfers[transfer.id] { return .existing(existing) }
            contents.transfers[transfer.id] = transfer
            contents.deadlines.move(transfer.id, from: nil, to: transfer.deadline)
            contents.byPayer[transfer.order.payer.account, default: []].append(transfer.id)
            contents.byDetainee[transfer.order.detainee.account, default: []].append(transfer.id)
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
        _ transfer: Transfer, expecting expected: Int, recording record: TransferRecord,
        within allowance: MonthlyAllowance?
    ) throws(StoreFault) -> Replacement {
        _ = try transfer.storableChanges()
        return contents.withLock { contents in
            guard let kept = contents.transfers[transfer.id], kept.version == expected else { return .versionConflict }
            if let allowance {
                let left = allowance.limit.cents - Self.reserved(allowance, besides: transfer.id, in: contents)
                guard transfer.order.amount.cents <= left else { return .overAllowance(left: Amount(cents: left)) }
            }
            contents.transfers[transfer.id] = transfer
            contents.deadlines.move(transfer.id, from: kept.deadline, to: transfer.deadline)
            contents.takenUntil[transfer.id] = nil
            if let left = kept.choice?.returnState { contents.byReturnState[left] = nil }
            if let choice = transfer.choice { contents.byReturnState[choice.returnState] = transfer.id }
            contents.records[transfer.id, default: []].append(record)
            contents.noticesPut += 1
            contents.outbox.append(
                TransferNotice(
                    sequence: contents.noticesPut, transfer: transfer.id, version: transfer.version,
                    state: transfer.state.name))
            return .replaced
        }
    }

    public func takeOverdue(
        at now: Date, until end: Date, besides banks: Set<BankID>, limit: Int
    ) -> [TransferID] {
        contents.withLock { contents in
            var taken: [TransferID] = []
            for id in contents.deadlines.ids(until: now) {
                if taken.count == limit { break }
                guard contents.takenUntil[id].map({ $0 <= now }) ?? true,
                    contents.transfers[id]?.choice.map({ !banks.contains($0.bank) }) ?? true
                else { continue }
                taken.append(id)
                contents.takenUntil[id] = end
            }
            return taken
        }
    }

    public func cases(unansweredBefore time: Date, after id: TransferID?, limit: Int) -> [Transfer] {
        contents.withLock { contents in
            let cases = contents.transfers.values.filter { transfer in
                !transfer.cases(unansweredBefore: time).isEmpty && transfer.id.text > id?.text ?? ""
            }
            return Array(cases.sorted { $0.id.text < $1.id.text }.prefix(limit))
        }
    }

    public func history(
        of payer: AccountID, since start: Date, after cursor: TransferHistory.Cursor?, limit: Int
    ) -> [TransferSummary] {
        contents.withLock { contents in
            let mine = contents.byPayer[payer, default: []].compactMap { contents.transfers[$0] }
                .filter { $0.mayHaveReachedBank && $0.order.draftedAt >= start }
            let ordered = mine.sorted { TransferHistory.Cursor($0) < TransferHistory.Cursor($1) }
            let left = ordered.drop { transfer in cursor.map { TransferHistory.Cursor(transfer) <= $0 } ?? false }
            return left.prefix(limit).map(TransferSummary.init)
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

    /// See `ItemStore`.
    public func item(_ kind: String, _ id: String) -> StoredItem? { contents.withLock { $0.items.item(kind, id) } }

    public func put(_ item: StoredItem) throws(StoreFault) -> Bool {
        _ = try item.storableRow()
        return contents.withLock { $0.items.put(item) }
    }

    public func remove(_ item: StoredItem) -> Bool { contents.withLock { $0.items.remove(item) } }

    public func items(_ kind: String, after id: String, limit: Int) -> [StoredItem] {
        contents.withLock { $0.items.items(kind, after: id, limit: limit) }
    }

    public func dueItems(_ kind: String, at now: Date, limit: Int) -> [StoredItem] {
        contents.withLock { $0.items.due(kind, at: now, limit: limit) }
    }

    private static func reserved(
        _ allowance: MonthlyAllowance, besides id: TransferID, in contents: Contents
    ) -> Int {
        contents.byDetainee[allowance.detainee, default: []].reduce(0) { sum, other in
            guard other != id, let transfer = contents.transfers[other], transfer.reservesAllowance,
                let choice = transfer.choice, choice.month == allowance.month
            else { return sum }
            return sum + transfer.order.amount.cents
        }
    }
}
