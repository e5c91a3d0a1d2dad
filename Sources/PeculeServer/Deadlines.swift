/// A heap of instants, the earliest first. An entry is not removed when it no longer matters: its owner looks
/// whether it still means it, which costs one entry for each long wait instead of one change for each request.
struct Deadlines {
    struct Entry {
        let instant: ContinuousClock.Instant
        let id: UInt64
    }

    private var heap: [Entry] = []

    var earliest: ContinuousClock.Instant? { heap.first?.instant }

    mutating func add(_ instant: ContinuousClock.Instant, _ id: UInt64) {
        heap.append(Entry(instant: instant, id: id))
        var child = heap.count - 1
        while child > 0, heap[child].instant < heap[(child - 1) / 2].instant {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Takes the earliest entry when its instant has come.
    mutating func takeDue(_ now: ContinuousClock.Instant) -> UInt64? {
        guard let first = heap.first, first.instant <= now else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            sink()
        }
        return first.id
    }

    private mutating func sink() {
        var parent = 0
        while true {
            let children = (2 * parent + 1)..<min(2 * parent + 3, max(heap.count, 2 * parent + 1))
            guard let child = children.min(by: { heap[$0].instant < heap[$1].instant }),
                heap[child].instant < heap[parent].instant
            else { return }
            heap.swapAt(child, parent)
            parent = child
        }
    }
}
