import Foundation
import Testing

@Suite("A disk that takes no more")
struct DiskTests {
    /// What stands between a process and its disk, and the fault that a write gets.
    enum Obstacle: String, CaseIterable, Sendable {
        /// A file system that is full: SQLite knows then that nothing was written.
        case full
        /// A limit on the size of files: an error like any other, and nobody knows.
        case limited

        var preparation: String? { self == .full ? "mount -t tmpfs -o size=2m tmpfs \"$1\"" : nil }
        var close: String { self == .full ? "fill" : "limit 4096" }
        var open: String { self == .full ? "free" : "unlimit" }
        var fault: String { self == .full ? "unavailable" : "unknown" }
    }

    @Test("fails closed, lets everything be read, and goes on when there is room", arguments: Obstacle.allCases)
    func noRoom(_ obstacle: Obstacle) throws {
        guard let child = try Self.child(try Folder(), obstacle.preparation) else { return }
        #expect(child.ask("insert A") == "inserted")
        for round in 1...3 {
            #expect(child.ask(obstacle.close) == "done")
            for attempt in 1...3 { #expect(child.ask("insert B-\(round)-\(attempt)") == obstacle.fault) }
            #expect(child.ask("read A") == "found")
            #expect(child.ask("read B-\(round)-1") == "none")
            #expect(child.ask(obstacle.open) == "done")
            #expect(child.ask("insert B-\(round)-1") == "inserted")
            #expect(child.ask("read B-\(round)-1") == "found")
            #expect(child.ask("read B-\(round)-2") == "none")
        }
        child.end()
    }

    @Test("that was mounted for reading only is named at the start")
    func readOnly() throws {
        let folder = try Folder()
        let first = try Child(in: folder)
        #expect(first.ask("insert A") == "inserted")
        first.end()
        let lock = "mount --bind \"$1\" \"$1\" && mount -o remount,bind,ro \"$1\" && cd /"
        guard let child = try Self.child(folder, lock, greeting: "not opened") else { return }
        #expect(child.greeting == "not opened: store: the file, its folder or its disk cannot be written")
        child.end()
    }

    /// Nil where this system lets nobody mount: said loudly, and a failure where nothing may be left out.
    private static func child(_ folder: Folder, _ preparation: String?, greeting: String = "open") throws -> Child? {
        let child = try Child(in: folder, preparing: preparation)
        if child.greeting.hasPrefix(greeting) { return child }
        if preparation == nil || ProcessInfo.processInfo.environment["CI"] == "true" {
            Issue.record("no store under these conditions: \(child.greeting)")
        } else {
            print("NOT TESTED: this system does not let a test mount a file system (\(preparation ?? ""))")
        }
        return nil
    }
}
