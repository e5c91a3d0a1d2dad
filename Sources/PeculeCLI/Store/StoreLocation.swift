import Foundation
import Pecule
import PeculeSQLite

/// Where transfers are kept: a file on a disk of this machine.
struct StoreLocation: Sendable {
    let path: String

    init(_ path: String) { self.path = path }

    /// Where the store is when nobody says otherwise (XDG Base Directory Specification: state that lasts).
    static var standard: StoreLocation {
        let environment = ProcessInfo.processInfo.environment
        let state = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        return StoreLocation((state ?? "\(NSHomeDirectory())/.local/state") + "/pecule/transfers.sqlite")
    }

    /// A file that no other run has.
    static func fresh(_ name: String) -> StoreLocation {
        let random = Environment.system.randomBytes(8).map { String($0, radix: 16) }.joined()
        let folder = FileManager.default.temporaryDirectory.appending(path: "\(name)-\(random)")
        return StoreLocation(folder.appending(path: "transfers.sqlite").path())
    }

    /// Opens the store, and makes it and its folder when they are not there.
    func open() throws -> SQLiteStore {
        let folder = URL(filePath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        return try SQLiteStore(path: path)
    }

    /// Opens a store that is there: whoever mistypes its name gets no empty one.
    func openExisting() throws -> SQLiteStore {
        guard FileManager.default.fileExists(atPath: path) else {
            throw UsageError(problem: "no store at \(path): name it with --store")
        }
        return try SQLiteStore(path: path)
    }
}
