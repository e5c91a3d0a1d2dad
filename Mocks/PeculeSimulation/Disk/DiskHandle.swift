import CPeculeSQLite

/// A file as one process has opened it. After the death of its process nothing that is done with it has any effect.
final class DiskHandle {
    let number: Int
    let owner: Int
    private let file: DiskFile
    private let disk: SimulatedDisk
    private var isDead = false

    init(_ file: DiskFile, on disk: SimulatedDisk, owner: Int, number: Int) {
        self.file = file
        self.disk = disk
        self.owner = owner
        self.number = number
    }

    func die() {
        isDead = true
        file.locks.lower(to: SQLITE_LOCK_NONE, for: number)
        file.memory.leave(number)
    }

    func close() {
        die()
        disk.closed(self)
    }

    var size: Int { file.bytes.count }

    func read(_ buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> Int32 {
        guard !isDead else { return DiskCode.read }
        let found = file.bytes.dropFirst(offset).prefix(buffer.count)
        buffer.copyBytes(from: found)
        for index in found.count..<buffer.count { buffer[index] = 0 }
        return found.count == buffer.count ? SQLITE_OK : DiskCode.shortRead
    }

    func write(_ data: UnsafeRawBufferPointer, at offset: Int) -> Int32 {
        guard !isDead else { return DiskCode.write }
        if disk.strikes(.writeError) { return DiskCode.write }
        if disk.strikes(.diskFull) { return SQLITE_FULL }
        file.write(Array(data), at: offset)
        return SQLITE_OK
    }

    func cut(to size: Int) -> Int32 {
        guard !isDead else { return DiskCode.truncate }
        file.cut(to: size)
        return SQLITE_OK
    }

    func sync() -> Int32 {
        guard !isDead else { return DiskCode.sync }
        if disk.strikes(.powerLoss) {
            disk.powerFails()
            return DiskCode.sync
        }
        if disk.strikes(.syncError) {
            file.failSync()
            return DiskCode.sync
        }
        if !disk.lies { file.sync() }
        return SQLITE_OK
    }

    // MARK: Locks and shared memory

    func lock(_ level: Int32) -> Int32 {
        guard !isDead else { return DiskCode.lock }
        return file.locks.take(level, for: number) ? SQLITE_OK : SQLITE_BUSY
    }

    func unlock(to level: Int32) -> Int32 {
        file.locks.lower(to: level, for: number)
        return SQLITE_OK
    }

    var isReserved: Bool { file.locks.isReserved(besides: number) }

    func region(_ index: Int, size: Int, extend: Bool) -> UnsafeMutableRawPointer? {
        isDead ? nil : file.memory.region(index, size: size, extend: extend, for: number)
    }

    func lockMemory(_ slots: Range<Int>, _ flags: Int32) -> Int32 {
        guard !isDead else { return DiskCode.memoryLock }
        if flags & SQLITE_SHM_UNLOCK != 0 {
            file.memory.unlock(slots, for: number)
            return SQLITE_OK
        }
        let isExclusive = flags & SQLITE_SHM_EXCLUSIVE != 0
        return file.memory.lock(slots, exclusively: isExclusive, for: number) ? SQLITE_OK : SQLITE_BUSY
    }

    func leaveMemory() { file.memory.leave(number) }
}
