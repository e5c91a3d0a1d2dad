/// Every notice tells of an event that happened, once, and in the order of versions. Whoever takes a transfer's notices
/// takes them from the front, so those that are left have no hole between them (C8, D6).
enum OutboxCheck {
    static func findings(in store: Store) -> [Finding] {
        var last: [String: Int] = [:]
        var sequences: Set<Int> = []
        return store.notices.filter { store.isReadable($0.transfer) }.compactMap { notice in
            guard sequences.insert(notice.sequence).inserted else {
                return finding(.outboxDuplicate, notice, "one notice of that number", "another")
            }
            let disorder = last[notice.transfer].flatMap { order(notice, after: $0) }
            let difference = comparison(notice, store)
            // What tells of no event says nothing about the order of the others.
            if disorder == nil || difference == nil {
                last[notice.transfer] = max(last[notice.transfer] ?? notice.version, notice.version)
            }
            return difference ?? disorder
        }
    }

    private static func comparison(_ notice: NoticeRow, _ store: Store) -> Finding? {
        guard let event = store.events[notice.transfer]?.first(where: { $0.version == notice.version }) else {
            return finding(.outboxOrphan, notice, "an event", "none of version \(notice.version)")
        }
        return event.state == notice.state
            ? nil : finding(.outboxState, notice, event.state.rawValue, notice.state.rawValue)
    }

    private static func order(_ notice: NoticeRow, after version: Int) -> Finding? {
        switch notice.version {
        case version &+ 1: nil
        case version: finding(.outboxDuplicate, notice, "one notice of version \(version)", "another")
        case ..<version: finding(.outboxOrder, notice, "after version \(version)", "version \(notice.version)")
        default: finding(.outboxGap, notice, "version \(version &+ 1)", "version \(notice.version)")
        }
    }

    private static func finding(
        _ code: FindingCode, _ notice: NoticeRow, _ expected: String, _ found: String
    ) -> Finding {
        Finding(code, .outbox, notice.transfer, notice.sequence, expected: expected, found: found)
    }
}
