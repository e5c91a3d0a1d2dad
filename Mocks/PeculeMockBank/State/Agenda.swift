import FoundationEssentials

/// What becomes due by itself, earliest first: the bank looks at it whenever it is spoken to, so that time passes
/// without timers. A binary heap, because a busy bank holds one item for every consent of the last quarter of an hour.
struct Agenda: Sendable {
    struct Item: Sendable {
        let due: Date
        let paymentID: String
        /// Breaks ties, so that equal times keep the order in which they were added.
        fileprivate let number: Int
    }

    private var heap: [Item] = []
    private var added = 0

    mutating func add(_ paymentID: String, due: Date) {
        added += 1
        heap.append(Item(due: due, paymentID: paymentID, number: added))
        var child = heap.count - 1
        while child > 0, precedes(child, (child - 1) / 2) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Removes and gives the earliest item if it is due.
    mutating func next(until now: Date) -> Item? {
        guard let first = heap.first, first.due <= now, let last = heap.popLast() else { return nil }
        if !heap.isEmpty {
            heap[0] = last
            sink()
        }
        return first
    }

    private mutating func sink() {
        var parent = 0
        while let child = [2 * parent + 1, 2 * parent + 2].filter({ $0 < heap.count }).min(by: precedes),
            precedes(child, parent)
        {
            heap.swapAt(child, parent)
            parent = child
        }
    }

    private func precedes(_ one: Int, _ other: Int) -> Bool {
        (heap[one].due, heap[one].number) < (heap[other].due, heap[other].number)
    }
}
