/// Walks a transfer's log again and compares the row with where it ends (S1, S3, S4, S10, R4).
struct LogCheck {
    private let transfer: TransferRow
    private let events: [EventRow]
    private(set) var findings: [Finding] = []
    /// Nil once the log has a hole before which nothing is known.
    private var life: Life? = Life()
    private var version = 1
    private var state = State.drafted
    private var time: Int

    /// Events of transfers that are not there, one for each.
    static func orphans(in store: Store) -> [Finding] {
        store.events.filter { !store.ids.contains($0.key) }.values.compactMap(\.first).map { event in
            Finding(.logOrphan, .events, event.transfer, event.version, expected: "a transfer", found: "no transfer")
        }
    }

    /// What the log makes of the transfer; as it is stored where the log does not hold together.
    var rebuilt: TransferRow {
        let isWhole = life != nil && transfer.version == version && findings.allSatisfy { $0.place.table != .events }
        return isWhole ? transfer.rebuilt(state: state, bank: life?.bank) : transfer
    }

    init(_ transfer: TransferRow, _ events: [EventRow]) {
        self.transfer = transfer
        self.events = events
        time = transfer.draftedAt
        for place in events.indices { follow(place) }
        compareEnd()
    }

    private mutating func follow(_ place: Int) {
        let event = events[place]
        guard event.version > version else {
            return add(.logDuplicate, at: event.version, expected: "one event", found: "another")
        }
        if event.version > version + 1 {
            add(.logGap, at: version + 1, expected: "version \(version + 1)", found: "version \(event.version)")
            life = nil
        } else {
            walk(event, call(of: place))
        }
        if event.at < time {
            add(.logTime, at: event.version, expected: "at or after \(time)", found: "\(event.at)")
        }
        (version, state, time) = (event.version, event.state, max(time, event.at))
    }

    /// Whether a deadline made a call to open a payment: the last one did unless nobody looks again, and one before an
    /// operator came may be the one at which the budget of calls was spent.
    private func call(of place: Int) -> Life.Call {
        guard place + 1 < events.count else { return transfer.deadline == nil ? .notMade : .made }
        return events[place + 1].event == .operatorReviewed ? .unsure : .made
    }

    private mutating func walk(_ event: EventRow, _ call: Life.Call) {
        let before = life ?? Life(from: state)
        let ways = before.ways(event.event, event.detail)
        // Behind a hole it is not known whether a bank was reached.
        let isUnsure = life == nil && before.state == .initiating
        if !ways.contains(event.state), !isUnsure {
            add(
                .logTransition, at: event.version,
                expected: "\(before.state) + \(event.event) → \(ways.isEmpty ? "no change" : Self.list(ways))",
                found: "\(event.state)")
        }
        life?.take(event.event, event.detail, to: event.state, call: call)
    }

    private mutating func compareEnd() {
        guard transfer.version == version else {
            return add(.transferVersion, expected: "\(version)", found: "\(transfer.version)")
        }
        if transfer.state != state { return add(.transferState, expected: "\(state)", found: "\(transfer.state)") }
        if transfer.updatedAt != (events.last?.at ?? transfer.draftedAt) {
            add(.transferUpdated, expected: "\(time)", found: "\(transfer.updatedAt)")
        }
        if let life { compare(with: life) }
    }

    private mutating func compare(with life: Life) {
        if transfer.failure != life.failure {
            add(.transferFailure, expected: life.failure ?? "none", found: transfer.failure ?? "none")
        }
        if transfer.bank != life.bank {
            add(.transferBank, expected: life.bank ?? "none", found: transfer.bank ?? "none")
        }
        if !life.initiations.contains(transfer.initiations) {
            add(.transferInitiations, expected: "\(life.initiations.upperBound)", found: "\(transfer.initiations)")
        }
        if transfer.contradiction != life.contradiction {
            add(.transferContradiction, expected: life.contradiction ?? "none", found: transfer.contradiction ?? "none")
        }
    }

    private mutating func add(_ code: FindingCode, at version: Int, expected: String, found: String) {
        findings.append(Finding(code, .events, transfer.id, version, expected: expected, found: found))
    }

    private mutating func add(_ code: FindingCode, expected: String, found: String) {
        findings.append(Finding(code, .transfers, transfer.id, expected: expected, found: Mask.id(found)))
    }

    private static func list(_ states: [State]) -> String { states.map(\.rawValue).joined(separator: " or ") }
}
