import Foundation

/// What the portal's pages cost beside the server's bare JSON answer, and what a thousand people logged in weigh.
struct PortalBench {
    let program: String
    private let sessions = 1_000

    func run() {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pecule-bench-\(getpid())")
        guard (try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)) != nil else {
            Bench.fail("no place for a store")
        }
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "portal.sqlite").path()
        let portal = Child([program, "serve-portal", file, "\(sessions)"], core: 0)
        let server = Child([program, "serve"], core: 0)
        defer {
            portal.stop()
            server.stop()
        }
        let words = portal.readLine()?.split(whereSeparator: \.isWhitespace).map(String.init) ?? []
        guard words.count == 3, let bare = server.readLine()?.split(separator: "\n").first.map(String.init) else {
            Bench.fail("the portal did not start")
        }
        let headers = ["Cookie: \(words[1])"]
        for (name, path) in [("home page", "/"), ("amount page", words[2])] {
            Race(
                name: "portal, \(name): 64 kept connections for 4 s a turn, server on core 0, wrk on core 1",
                contestants: [
                    (name, { ServerBench.turn(words[0] + path, portal.id, headers: headers) }),
                    ("bare JSON", { ServerBench.turn(bare, server.id) }),
                ], limit: 8
            ).run(rounds: 5)
        }
        // With the simulated FranceConnect in the same process, and after all those pages.
        printVerdict("MB with \(sessions) people logged in", Process.memory(of: portal.id), limit: 80)
    }
}
