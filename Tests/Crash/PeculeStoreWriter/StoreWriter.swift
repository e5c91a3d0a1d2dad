import Glibc
import Pecule
import PeculeSQLite
import PeculeStoreSamples

/// A process that writes into a store what it is told to on its standard input, and says what came of it, a line each:
/// for tests that kill it, or take the disk away from it.
enum StoreWriter {
    static func run(_ arguments: [String]) async {
        // A write beyond the limit of `limit` is to fail, not to end the process.
        signal(SIGXFSZ, SIG_IGN)
        let path = arguments.last ?? ""
        do throws(SQLiteStoreError) {
            let store = try SQLiteStore(path: path)
            say("open")
            while let line = readLine() { await say(answer(line, store, path)) }
            await store.close()
        } catch {
            say("not opened: \(error)")
        }
    }

    private static func answer(_ line: String, _ store: SQLiteStore, _ path: String) async -> String {
        let words = line.split(separator: " ").map(String.init)
        do throws(StoreFault) {
            switch words[0] {
            case "insert": return try await store.insert(Sample.draft(words[1])) == .inserted ? "inserted" : "existing"
            case "read": return try await store.transfer(Sample.id(words[1])) == nil ? "none" : "found"
            case "load": await load(store, callers: Int(words[1]) ?? 1)
            case "limit": Disk.limit(rlim_t(words[1]) ?? 0)
            case "unlimit": Disk.limit(rlim_t.max)
            case "fill": Disk.fill(beside: path)
            case "free": Disk.free(beside: path)
            default: return "what?"
            }
            return "done"
        } catch {
            switch error {
            case .unavailable: return "unavailable"
            case .outcomeUnknown: return "unknown"
            case .corrupt: return "corrupt"
            }
        }
    }

    /// Callers that make transfers and carry each to its third version, and tell every answer: until killed.
    private static func load(_ store: SQLiteStore, callers: Int) async {
        let run = getpid()
        await withDiscardingTaskGroup { group in
            for caller in 0..<callers {
                group.addTask {
                    var number = 0
                    while (try? await journey("L-\(run)-\(caller)-\(number)", store)) != nil { number += 1 }
                }
            }
        }
    }

    private static func journey(_ id: String, _ store: SQLiteStore) async throws(StoreFault) {
        var transfer = Sample.draft(id)
        _ = try await store.insert(transfer)
        say("\(id) 1")
        for event in [.bankChosen(Sample.choice(of: transfer.id)), .initiated(Sample.payment())] as [TransferEvent] {
            transfer = try await store.change(transfer, event).transfer
            say("\(id) \(transfer.version)")
        }
    }

    /// In one piece, so that lines of several callers do not mix.
    private static func say(_ line: String) {
        let bytes = Array("\(line)\n".utf8)
        write(STDOUT_FILENO, bytes, bytes.count)
    }
}
