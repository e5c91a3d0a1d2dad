import Foundation

/// Transfers by the time at which somebody has to look at them, the earliest first.
struct DeadlineList {
    private var items: [(deadline: Date, id: TransferID)] = []

    mutating func move(_ id: TransferID, from old: Date?, to new: Date?) {
        guard old != new else { return }
        if let old { items.remove(at: place(old, id)) }
        if let new { items.insert((new, id), at: place(new, id)) }
    }

    /// Those whose time has come; at the same time by id.
    func ids(until now: Date) -> some Sequence<TransferID> {
        items.lazy.prefix { $0.deadline <= now }.map(\.id)
    }

    /// Where it is, or where it belongs.
    private func place(_ deadline: Date, _ id: TransferID) -> Int {
        var (low, high) = (0, items.count)
        while low < high {
            let middle = (low + high) / 2
            let isBefore = (items[middle].deadline, items[middle].id.text) < (deadline, id.text)
            (low, high) = isBefore ? (middle + 1, high) : (low, middle)
        }
        return low
    }
}
