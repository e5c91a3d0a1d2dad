import Glibc
import PeculeThreads

/// The file of a store.
struct DatabaseFile: Sendable {
    let path: String
    /// The name of a disk that was registered with SQLite; nil for those of this machine.
    let disk: String?

    /// A named disk is that of a simulation, whose one thread does everything.
    var workers: Workers { disk == nil ? .threads : .callers }

    init(_ path: String, disk: String? = nil) throws(SQLiteStoreError) {
        self.disk = disk
        guard !path.isEmpty, path != ":memory:", !path.utf8.contains(0) else { throw .notAPath }
        // A leading letter or colon could mean something to SQLite: `file:…?mode=memory`.
        self.path = path.hasPrefix("/") ? path : "./\(path)"
    }

    /// Makes the file, for its owner's eyes only, unless it is there; SQLite gives the files beside it the same mode.
    ///
    /// One that is there is not even opened: closing it would drop the locks of the other stores of this process.
    func create() throws(SQLiteStoreError) {
        guard disk == nil else { return }
        let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            close(descriptor)
        } else if errno == EROFS {
            throw .readOnly
        } else if errno != EEXIST {
            throw .unavailable(String(cString: strerror(errno)))
        }
    }

    func connect(for use: Connection.Use) throws(SQLiteFailure) -> Connection {
        try Connection(path: path, disk: disk, for: use)
    }
}

/// A connection that is opened when first used, and anew after a failure: what failed once is not trusted again.
struct Lease {
    let file: DatabaseFile
    let use: Connection.Use
    private var connection: Connection?

    init(_ file: DatabaseFile, for use: Connection.Use) {
        self.file = file
        self.use = use
    }

    mutating func run<Value>(
        _ work: (Connection) throws(SQLiteFailure) -> Value
    ) throws(SQLiteFailure) -> Value {
        do throws(SQLiteFailure) {
            return try work(try opened())
        } catch {
            connection = nil
            throw error
        }
    }

    private mutating func opened() throws(SQLiteFailure) -> Connection {
        if let connection { return connection }
        let opened = try file.connect(for: use)
        connection = opened
        return opened
    }
}
