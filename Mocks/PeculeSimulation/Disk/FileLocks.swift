import CPeculeSQLite

/// Who has locked a file how far (`SQLITE_LOCK_…`), by number of the handle.
final class FileLocks {
    private var levels: [Int: Int32] = [:]

    func level(of handle: Int) -> Int32 { levels[handle] ?? SQLITE_LOCK_NONE }

    func isReserved(besides handle: Int) -> Bool { others(handle).contains { $0 >= SQLITE_LOCK_RESERVED } }

    func take(_ level: Int32, for handle: Int) -> Bool {
        let most = others(handle).max() ?? SQLITE_LOCK_NONE
        let isFree =
            switch level {
            case SQLITE_LOCK_SHARED: most < SQLITE_LOCK_PENDING
            case SQLITE_LOCK_RESERVED: most < SQLITE_LOCK_RESERVED
            default: most == SQLITE_LOCK_NONE
            }
        if isFree { levels[handle] = max(level, self.level(of: handle)) }
        return isFree
    }

    func lower(to level: Int32, for handle: Int) {
        levels[handle] = level == SQLITE_LOCK_NONE ? nil : min(level, self.level(of: handle))
    }

    private func others(_ handle: Int) -> [Int32] { levels.filter { $0.key != handle }.map(\.value) }
}

/// The memory that connections to one file share, and its eight locks. It is gone with the last who uses it.
final class SharedMemory {
    private var regions: [UnsafeMutableRawPointer] = []
    private var users: Set<Int> = []
    private var exclusive: [Int: Int] = [:]
    private var shared: [Int: Set<Int>] = [:]

    deinit { free() }

    func region(_ index: Int, size: Int, extend: Bool, for handle: Int) -> UnsafeMutableRawPointer? {
        users.insert(handle)
        while extend, regions.count <= index {
            let region = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
            region.initializeMemory(as: UInt8.self, repeating: 0, count: size)
            regions.append(region)
        }
        return index < regions.count ? regions[index] : nil
    }

    func lock(_ slots: Range<Int>, exclusively: Bool, for handle: Int) -> Bool {
        let isFree = slots.allSatisfy { slot in
            (exclusive[slot] ?? handle) == handle
                && (!exclusively || shared[slot, default: []].subtracting([handle]).isEmpty)
        }
        guard isFree else { return false }
        for slot in slots {
            if exclusively { exclusive[slot] = handle } else { shared[slot, default: []].insert(handle) }
        }
        return true
    }

    func unlock(_ slots: Range<Int>, for handle: Int) {
        for slot in slots {
            if exclusive[slot] == handle { exclusive[slot] = nil }
            shared[slot]?.remove(handle)
        }
    }

    func leave(_ handle: Int) {
        unlock(0..<8, for: handle)
        users.remove(handle)
        if users.isEmpty { free() }
    }

    private func free() {
        for region in regions { region.deallocate() }
        regions = []
    }
}
