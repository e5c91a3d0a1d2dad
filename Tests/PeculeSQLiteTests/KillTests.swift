import Pecule
import PeculeSQLite
import PeculeStoreSamples
import Testing

@Suite("kill -9 under load")
struct KillTests {
    @Test("nothing acknowledged is missing, and nothing is there that nobody asked for")
    func killed() async throws {
        let folder = try Folder()
        let callers = 16
        for run in 1...12 {
            let child = try Child(in: folder)
            try #require(child.greeting == "open")
            child.tell("load \(callers)")
            var acknowledged: [String: Int] = [:]
            var lines = 0
            while let line = child.next() {
                let words = line.split(separator: " ")
                try #require(words.count == 2, "run \(run): \(line)")
                acknowledged[String(words[0])] = Int(words[1]) ?? 0
                lines += 1
                if lines == run * 37 { child.kill() }
            }
            child.end()
            #expect(lines >= run * 37)

            let store = try SQLiteStore(path: folder.file)
            var ahead = 0
            for (id, version) in acknowledged {
                let kept = try #require(try await store.transfer(Sample.id(id)), "run \(run): \(id) is missing")
                #expect(kept.version == version || kept.version == version + 1, "run \(run): \(id)")
                #expect(try await store.events(of: kept.id).map(\.version) == Array(2..<(kept.version + 1)))
                ahead += kept.version - version
            }
            #expect(ahead <= callers)
            await store.close()
        }
    }
}
