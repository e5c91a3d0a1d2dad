import CPeculeSQLite

/// The log of a database that a transaction was begun on, as it lies in its file (sqlite.org, "WAL-mode File Format").
struct WriteAheadLog {
    private let file: UnsafeMutablePointer<sqlite3_file>
    private let functions: sqlite3_io_methods
    /// Whole frames, of all transactions that count as committed.
    private let frames: Int

    private static let headerSize = 32
    private static let frameHeaderSize = 24
    private static let indexSize: Int32 = 32_768

    /// Nil where there is none.
    init?(of connection: OpaquePointer) throws(SQLiteFailure) {
        let database = try Self.file(SQLITE_FCNTL_FILE_POINTER, of: connection)
        let log = try Self.file(SQLITE_FCNTL_JOURNAL_POINTER, of: connection)
        guard let database, let map = database.pointee.pMethods?.pointee.xShmMap, let log,
            let functions = log.pointee.pMethods?.pointee
        else { return nil }
        var index: UnsafeMutableRawPointer?
        try SQLiteFailure.check(map(database, 0, Self.indexSize, 0, &index))
        guard let index else { return nil }
        // The index of the log, section 2.1: the header's fifth number.
        frames = Int(index.load(fromByteOffset: 16, as: UInt32.self))
        (file, self.functions) = (log, functions)
    }

    private static func file(
        _ code: Int32, of connection: OpaquePointer
    ) throws(SQLiteFailure) -> UnsafeMutablePointer<sqlite3_file>? {
        var file: UnsafeMutablePointer<sqlite3_file>?
        try SQLiteFailure.check(sqlite3_file_control(connection, "main", code, &file))
        return file
    }

    /// Writes the last transaction again, as it is, and waits for the disk.
    func rewriteLast() throws(SQLiteFailure) {
        guard frames > 0 else { return }
        let header = try read(Self.headerSize, at: 0)
        let size = Self.frameHeaderSize + Self.number(at: 8, of: header)
        for frame in stride(from: frames - 1, through: 0, by: -1) {
            let place = Self.headerSize + frame * size
            let bytes = try read(size, at: place)
            // A transaction's last frame has the size of the database, the others 0.
            if frame < frames - 1, Self.number(at: 4, of: bytes) != 0 { break }
            try write(bytes, at: place)
        }
        try SQLiteFailure.check(functions.xSync?(file, SQLITE_SYNC_NORMAL) ?? SQLITE_MISUSE)
    }

    private static func number(at place: Int, of bytes: [UInt8]) -> Int {
        bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
    }

    private func read(_ count: Int, at place: Int) throws(SQLiteFailure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        try SQLiteFailure.check(
            functions.xRead?(file, &bytes, Int32(count), sqlite3_int64(place)) ?? SQLITE_MISUSE)
        return bytes
    }

    private func write(_ bytes: [UInt8], at place: Int) throws(SQLiteFailure) {
        try SQLiteFailure.check(
            functions.xWrite?(file, bytes, Int32(bytes.count), sqlite3_int64(place)) ?? SQLITE_MISUSE)
    }
}
