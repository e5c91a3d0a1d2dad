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

    struct Cut {
        let kind: Fault
        let until: Int
    }

    /// Nothing that runs in this life has any effect from now on: whatever it waits for ends in an error.
    func end() {
        isOver = true
        store = nil
    }
}
