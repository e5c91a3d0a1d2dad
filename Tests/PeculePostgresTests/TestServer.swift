import Foundation
import Testing

/// A PostgreSQL server of one test's own, to stop and start, by `Tests/postgres`.
final class TestServer {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "pecule-postgres-\(UUID())").path()
    private(set) var connection = ""

    /// - Returns: the connection string, the same after each start.
    func start() throws -> String {
        connection = try run("start")
        return connection
    }

    /// At once, as a crash would.
    func halt() throws { _ = try run("halt") }

    func remove() { _ = try? run("remove") }

    private func run(_ command: String) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "postgres")
        process.arguments = [command, folder]
        process.standardOutput = output
        try process.run()
        let said = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "Tests/postgres \(command)")
        return String(decoding: said, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
