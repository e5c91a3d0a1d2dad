import CPeculeSQLite

/// A simulated disk as SQLite sees it: its table of functions (sqlite.org, "The SQLite OS Interface or VFS").
// One thread runs everything of one simulation.
final class DiskVFS: @unchecked Sendable {
    let name: String
    private let disk: SimulatedDisk
    private let table: UnsafeMutablePointer<sqlite3_vfs>
    private let nameCopy: UnsafeMutablePointer<CChar>

    init(_ disk: SimulatedDisk, name: String) {
        self.disk = disk
        self.name = name
        nameCopy = UnsafeMutablePointer.allocate(capacity: name.utf8.count + 1)
        for (index, byte) in name.utf8CString.enumerated() { nameCopy[index] = byte }
        table = UnsafeMutablePointer.allocate(capacity: 1)
        table.initialize(to: Self.functions)
        table.pointee.zName = UnsafePointer(nameCopy)
        table.pointee.pAppData = Unmanaged.passUnretained(disk).toOpaque()
        sqlite3_vfs_register(table, 0)
    }

    deinit {
        sqlite3_vfs_unregister(table)
        table.deallocate()
        nameCopy.deallocate()
    }

    private static var functions: sqlite3_vfs {
        var vfs = sqlite3_vfs()
        vfs.iVersion = 1
        vfs.szOsFile = Int32(MemoryLayout<OpenFile>.size)
        vfs.mxPathname = 255
        vfs.xOpen = { vfs, name, file, flags, outFlags in
            guard let disk = DiskVFS.disk(vfs), let name, let file else { return SQLITE_CANTOPEN }
            let handle = disk.open(String(cString: name), create: flags & SQLITE_OPEN_CREATE != 0)
            file.withMemoryRebound(to: OpenFile.self, capacity: 1) { file in
                file.pointee = OpenFile(
                    methods: handle == nil ? nil : OpenFile.methods, handle: handle.map { Unmanaged.passRetained($0) })
            }
            outFlags?.pointee = flags
            return handle == nil ? SQLITE_CANTOPEN : SQLITE_OK
        }
        vfs.xDelete = { vfs, name, _ in
            guard let disk = DiskVFS.disk(vfs), let name, !disk.isOff else { return DiskCode.delete }
            disk.delete(String(cString: name))
            return SQLITE_OK
        }
        vfs.xAccess = { vfs, name, _, result in
            guard let disk = DiskVFS.disk(vfs), let name else { return DiskCode.access }
            result?.pointee = disk.files[String(cString: name)] == nil ? 0 : 1
            return SQLITE_OK
        }
        vfs.xFullPathname = { _, name, size, out in
            guard let name, let out else { return SQLITE_CANTOPEN }
            var index = 0
            while index < Int(size) - 1, name[index] != 0 {
                out[index] = name[index]
                index += 1
            }
            out[index] = 0
            return SQLITE_OK
        }
        vfs.xRandomness = { vfs, count, out in
            guard let disk = DiskVFS.disk(vfs), let out else { return 0 }
            for index in 0..<Int(count) { out[index] = CChar(truncatingIfNeeded: disk.random(256)) }
            return count
        }
        // Whoever waits for a lock has what he waits for before him on the same thread: time does not help.
        vfs.xSleep = { _, microseconds in microseconds }
        vfs.xCurrentTime = { _, days in
            days?.pointee = 2_461_000
            return SQLITE_OK
        }
        vfs.xGetLastError = { _, _, _ in 0 }
        return vfs
    }

    private static func disk(_ vfs: UnsafeMutablePointer<sqlite3_vfs>?) -> SimulatedDisk? {
        vfs?.pointee.pAppData.map { Unmanaged<SimulatedDisk>.fromOpaque($0).takeUnretainedValue() }
    }
}

/// What SQLite allocates for each open file: the functions first, as it wants them, then ours.
private struct OpenFile {
    var methods: UnsafePointer<sqlite3_io_methods>?
    var handle: Unmanaged<DiskHandle>?

    static func handle(_ file: UnsafeMutablePointer<sqlite3_file>?) -> DiskHandle? {
        file?.withMemoryRebound(to: OpenFile.self, capacity: 1) { $0.pointee.handle?.takeUnretainedValue() }
    }

    // Written once, before anybody reads it.
    nonisolated(unsafe) static let methods: UnsafePointer<sqlite3_io_methods> = {
        let table = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        table.initialize(to: functions)
        return UnsafePointer(table)
    }()

    private static var functions: sqlite3_io_methods {
        var io = sqlite3_io_methods()
        io.iVersion = 2
        io.xClose = { file in
            guard let handle = OpenFile.handle(file) else { return SQLITE_OK }
            handle.close()
            Unmanaged.passUnretained(handle).release()
            return SQLITE_OK
        }
        io.xRead = { file, buffer, count, offset in
            let buffer = UnsafeMutableRawBufferPointer(start: buffer, count: Int(count))
            return OpenFile.handle(file)?.read(buffer, at: Int(offset)) ?? DiskCode.read
        }
        io.xWrite = { file, bytes, count, offset in
            let data = UnsafeRawBufferPointer(start: bytes, count: Int(count))
            return OpenFile.handle(file)?.write(data, at: Int(offset)) ?? DiskCode.write
        }
        io.xTruncate = { file, size in OpenFile.handle(file)?.cut(to: Int(size)) ?? DiskCode.truncate }
        io.xSync = { file, _ in OpenFile.handle(file)?.sync() ?? DiskCode.sync }
        io.xFileSize = { file, size in
            size?.pointee = sqlite3_int64(OpenFile.handle(file)?.size ?? 0)
            return SQLITE_OK
        }
        io.xLock = { file, level in OpenFile.handle(file)?.lock(level) ?? DiskCode.lock }
        io.xUnlock = { file, level in OpenFile.handle(file)?.unlock(to: level) ?? SQLITE_OK }
        io.xCheckReservedLock = { file, result in
            result?.pointee = OpenFile.handle(file)?.isReserved == true ? 1 : 0
            return SQLITE_OK
        }
        io.xFileControl = { _, _, _ in SQLITE_NOTFOUND }
        io.xSectorSize = { _ in 4096 }
        // What is written harms nothing beside it, as SQLite takes it for granted on Linux.
        io.xDeviceCharacteristics = { _ in SQLITE_IOCAP_POWERSAFE_OVERWRITE }
        io.xShmMap = { file, index, size, extend, region in
            guard let handle = OpenFile.handle(file) else { return DiskCode.memoryMap }
            let found = handle.region(Int(index), size: Int(size), extend: extend != 0)
            region?.pointee = UnsafeMutableRawPointer(mutating: found)
            return found == nil && extend != 0 ? DiskCode.memoryMap : SQLITE_OK
        }
        io.xShmLock = { file, first, count, flags in
            OpenFile.handle(file)?.lockMemory(Int(first)..<Int(first + count), flags) ?? DiskCode.memoryLock
        }
        io.xShmBarrier = { _ in }
        io.xShmUnmap = { file, _ in
            OpenFile.handle(file)?.leaveMemory()
            return SQLITE_OK
        }
        return io
    }
}
