import Foundation

@testable import PeculeSQLite

/// A folder for the files of one test, removed with it.
final class Folder {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "pecule-sqlite-\(UUID())")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path()
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var file: String { path + "/transfers.sqlite" }

    /// The file as anyone else might open it.
    func connect() throws(SQLiteFailure) -> Connection { try Connection(path: file, for: .writing) }

    func bytes(_ suffix: String = "") throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: file + suffix))) }

    func write(_ bytes: some Sequence<UInt8>, _ suffix: String = "") throws {
        try Data(bytes).write(to: URL(filePath: file + suffix))
    }

    func mode(_ suffix: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: file + suffix)[.posixPermissions] as? Int
    }
}
