import CPeculeSQLite
import Pecule

/// A result code of SQLite that is no success, extended where SQLite extends it.
struct SQLiteFailure: Error, CustomStringConvertible {
    let code: Int32

    init(_ code: Int32) { self.code = code }

    static func check(_ code: Int32) throws(SQLiteFailure) {
        guard code == SQLITE_OK else { throw SQLiteFailure(code) }
    }

    /// The code without its extension.
    var kind: Int32 { code & 0xFF }

    /// SQLite's own words for the code; never the text of a statement, which would be no harm, nor a value.
    var description: String {
        let words = sqlite3_errstr(code).map { String(cString: $0) } ?? "unknown"
        return "\(words), SQLite code \(code)"
    }

    var isCorruption: Bool { kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB }

    /// What it means to a caller as long as nothing was committed.
    var fault: StoreFault { isCorruption ? .corrupt(description) : .unavailable(description) }

    /// What a failed commit means. On a full disk the last frame of the transaction is not whole, and without the lock
    /// it was not begun; after any other failure the frame may be there and come to life with the next recovery.
    var faultOfCommit: StoreFault {
        kind == SQLITE_FULL || kind == SQLITE_BUSY ? .unavailable(description) : .outcomeUnknown(description)
    }
}
