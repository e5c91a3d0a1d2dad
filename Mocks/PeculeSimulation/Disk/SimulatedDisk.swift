import CPeculeSQLite

/// A disk in memory under SQLite: what was written and not synced is lost, in part or in halves, when the power goes.
// One thread runs everything of one simulation.
final class SimulatedDisk: @unchecked Sendable {
    /// What goes wrong with the next step, asked before it.
    let strikes: (Fault) -> Bool
    let random: (Int) -> Int
    private(set) var files: [String: DiskFile] = [:]
    /// Whose process opens files now.
    var owner = 0
    private(set) var isOff = false
    /// A planted bug: nothing is synced.
    var lies = false
    private var handles: [Int: DiskHandle] = [:]
    private var opened = 0

    init(random: @escaping (Int) -> Int, strikes: @escaping (Fault) -> Bool) {
        self.random = random
        self.strikes = strikes
    }

    func open(_ name: String, create: Bool) -> DiskHandle? {
        guard !isOff, create || files[name] != nil else { return nil }
        let file = files[name] ?? DiskFile()
        files[name] = file
        opened += 1
        let handle = DiskHandle(file, on: self, owner: owner, number: opened)
        handles[opened] = handle
        return handle
    }

    func closed(_ handle: DiskHandle) { handles[handle.number] = nil }

    func delete(_ name: String) { files[name] = nil }

    /// A process dies: its files are as it left them, and its locks are gone.
    func kill(_ owner: Int) {
        for handle in handles.values where handle.owner == owner { handle.die() }
    }

    /// The machine stops here; every process on it dies.
    func powerFails() {
        isOff = true
        for handle in handles.values { handle.die() }
    }

    /// The disk holds what was synced, and of the rest what it happened to have written.
    /// - Returns: how many writes were lost, and how many half written.
    func powerReturns() -> (lost: Int, torn: Int) {
        isOff = false
        var (lost, torn) = (0, 0)
        for name in files.keys.sorted() {
            guard let file = files[name] else { continue }
            let losses = file.losePending(random)
            lost += losses.lost
            torn += losses.torn
        }
        return (lost, torn)
    }
}

/// A file: what the system shows of it, and what the disk would keep.
final class DiskFile {
    private enum Change {
        case write(Int, [UInt8])
        case cut(Int)
    }

    private(set) var bytes: [UInt8] = []
    private var durable: [UInt8] = []
    private var pending: [Change] = []
    let locks = FileLocks()
    let memory = SharedMemory()

    private static let sector = 512

    func write(_ data: [UInt8], at offset: Int) {
        Self.apply(.write(offset, data), to: &bytes)
        pending.append(.write(offset, data))
    }

    func cut(to size: Int) {
        Self.apply(.cut(size), to: &bytes)
        pending.append(.cut(size))
    }

    func sync() {
        for change in pending { Self.apply(change, to: &durable) }
        pending = []
    }

    /// As Linux does: what could not be written is shown as before, and no later sync tries again.
    func failSync() { pending = [] }

    func losePending(_ random: (Int) -> Int) -> (lost: Int, torn: Int) {
        var (lost, torn) = (0, 0)
        for change in pending {
            switch (random(3), change) {
            case (0, _): lost += 1
            case (1, .write(let offset, let data)) where data.count > Self.sector:
                torn += 1
                let kept = Self.sector * (1 + random(data.count / Self.sector))
                Self.apply(.write(offset, Array(data.prefix(kept))), to: &durable)
            default: Self.apply(change, to: &durable)
            }
        }
        pending = []
        bytes = durable
        return (lost, torn)
    }

    private static func apply(_ change: Change, to bytes: inout [UInt8]) {
        switch change {
        case .cut(let size):
            if size < bytes.count { bytes.removeLast(bytes.count - size) }
        case .write(let offset, let data):
            let end = offset + data.count
            if bytes.count < end { bytes.append(contentsOf: repeatElement(0, count: end - bytes.count)) }
            bytes.withUnsafeMutableBytes { bytes in
                UnsafeMutableRawBufferPointer(rebasing: bytes[offset..<end]).copyBytes(from: data)
            }
        }
    }
}
