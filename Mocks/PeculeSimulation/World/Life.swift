import Pecule

/// One life of a gateway process: from its start to its crash.
// One thread runs everything of one simulation.
final class Life: @unchecked Sendable {
    private(set) var isOver = false
    /// The SQLite store that this process has opened, where transfers are in one; and its number on the disk.
    var store: (any TransferStore)?
    var owner = 0
    /// While its machine gives it no time, nothing of it moves.
    var pausedUntil = 0
    /// Banks that this process cannot reach, or not hear, until a time.
    var cuts: [Substring: Cut] = [:]
    /// What a planted bug remembers.
    var seen: [TransferID: Transfer] = [:]
    private var ends: [Int: @Sendable () -> Void] = [:]
    private var begun = 0

    struct Cut {
        let kind: Fault
        let until: Int
    }

    func begin(_ end: @escaping @Sendable () -> Void) -> Int {
        begun += 1
        ends[begun] = end
        return begun
    }

    func finish(_ number: Int) { ends[number] = nil }

    /// Nothing that runs in this life has any effect from now on.
    func end() {
        isOver = true
        store = nil
        for number in ends.keys.sorted() { ends[number]?() }
    }
}
