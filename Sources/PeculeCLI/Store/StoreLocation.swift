import Foundation
import Pecule
import PeculePostgres
import PeculeSQLite

/// Where transfers are kept: in a file on a disk of this machine, or in a PostgreSQL database.
enum StoreLocation: Sendable, Equatable, CustomStringConvertible {
    case file(String)
    /// A connection string, perhaps with a password in it.
    case postgres(String)

    /// - Parameter text: `postgresql://…`, or a path.
    init(_ text: String) {
        let isServer = ["postgresql://", "postgres://"].contains { text.hasPrefix($0) }
        self = isServer ? .postgres(text) : .file(text)
    }

    /// Where the store is when nobody says otherwise (XDG Base Directory Specification: state that lasts).
    static var standard: StoreLocation { .file(standardFolder + "/transfers.sqlite") }

    /// The folder of what lasts beside the store.
    static var standardFolder: String {
        let environment = ProcessInfo.processInfo.environment
        let state = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        return (state ?? "\(NSHomeDirectory())/.local/state") + "/pecule"
    }

    /// A file that no other run has.
    static func fresh(_ name: String) -> StoreLocation {
        let random = Identifier.hex(Environment.system.randomBytes(8))
        let folder = FileManager.default.temporaryDirectory.appending(path: "\(name)-\(random)")
        return .file(folder.appending(path: "transfers.sqlite").path())
    }

    var description: String {
        switch self {
        case .file(let path): path
        case .postgres: "PostgreSQL"
        }
    }

    /// Opens the store, and makes what is not there: the file and its folder, or the tables.
    func open() async throws -> any TransferStore & ItemStore & WatchedStore {
        switch self {
        case .file(let path):
            let folder = URL(filePath: path).deletingLastPathComponent()
            do {
                try FileManager.default.createDirectory(
                    at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            } catch { throw StoreFault.unavailable("there is no folder \(folder.path()), and none can be made") }
            return try SQLiteStore(path: path)
        case .postgres(let connection):
            return try await PostgresStore(connection)
        }
    }

    /// Opens a store that is there: whoever mistypes its name gets no empty one.
    func openExisting() async throws -> any TransferStore & ItemStore & WatchedStore {
        if case .file(let path) = self, !FileManager.default.fileExists(atPath: path) {
            throw UsageError(problem: "no store at \(path): name it with --store")
        }
        return try await open()
    }
}
