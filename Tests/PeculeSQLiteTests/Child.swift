import Foundation
import Glibc

/// `PeculeStoreWriter` as a process of its own, talked to line by line.
final class Child {
    /// Held, so that it is not removed before.
    private let folder: Folder
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var unread: [UInt8] = []

    /// What the process says first: `open`, or why not.
    let greeting: String

    /// - Parameter preparing: commands of the shell, run before it in name spaces of its own; `$1` is the folder.
    init(in folder: Folder, preparing: String? = nil) throws {
        self.folder = folder
        let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: "PeculeStoreWriter").path()
        if let preparing {
            process.executableURL = URL(filePath: "/usr/bin/env")
            let script = preparing + " && exec \"$2\" \"$1/transfers.sqlite\""
            process.arguments = ["unshare", "-rm", "sh", "-c", script, "sh", folder.path, program]
        } else {
            process.executableURL = URL(filePath: program)
            process.arguments = [folder.file]
        }
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var unread: [UInt8] = []
        greeting = Self.line(of: output, &unread) ?? "ended"
        self.unread = unread
    }

    /// The next line; nil when the process has ended and all was read.
    func next() -> String? { Self.line(of: output, &unread) }

    func ask(_ command: String) -> String {
        tell(command)
        return next() ?? "ended"
    }

    func tell(_ command: String) { try? input.fileHandleForWriting.write(contentsOf: Data("\(command)\n".utf8)) }

    /// `kill -9`.
    func kill() { Glibc.kill(process.processIdentifier, SIGKILL) }

    func end() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    private static func line(of output: Pipe, _ unread: inout [UInt8]) -> String? {
        while true {
            if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
                defer { unread.removeSubrange(...end) }
                return String(decoding: unread[..<end], as: UTF8.self)
            }
            let data = output.fileHandleForReading.availableData
            if data.isEmpty { return nil }
            unread += data
        }
    }
}
