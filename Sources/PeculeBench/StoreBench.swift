import Foundation
import Pecule
import PeculeSQLite

/// What sharing a sync of the disk gains over one for each call, and what a page of history costs among many rows.
struct StoreBench {
    /// Rows of the greater history.
    let rows: Int
    private let sample = StoreSample()
    private let folder = FileManager.default.temporaryDirectory.appending(path: "pecule-bench-\(getpid())")

    func run() async {
        guard (try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)) != nil else {
            Bench.fail("no folder at \(folder.path())")
        }
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            try await measureWrites()
            try await measureHistory()
        } catch {
            Bench.fail("\(error)")
        }
    }

    // MARK: Writes

    private func measureWrites() async throws {
        let store = try open("writes")
        let load = StoreLoad(store: store, sample: sample)
        let names = ["64 callers", "1 caller, a commit for each call"]
        var rates = names.map(Samples.init)
        var cpu = rates
        var gain = Samples("times the rate")
        var each = Samples("transitions for each commit")
        _ = try await load.run(callers: 64, transfers: 2_000, from: 0)
        // Many short rounds: the machine's moods last longer than one, so that both turns of a round meet the same.
        for round in 1...25 {
            let many = try await load.run(callers: 64, transfers: 3_200, from: round * 10_000)
            let one = try await load.run(callers: 1, transfers: 320, from: round * 10_000 + 5_000)
            for (index, turn) in [many, one].enumerated() {
                rates[index].add(turn.rate)
                cpu[index].add(turn.costEach)
            }
            gain.add(many.rate / one.rate)
            each.add(Double(many.transitions) / Double(many.commits))
            if one.commits < one.transitions { Bench.fail("one caller, and a commit was shared") }
        }
        await store.close()
        print("store: durable transitions in SQLite, 25 rounds, median (least-greatest)")
        let header = ["", "transitions/s", "CPU us/transition"]
        printTable([header] + names.indices.map { [names[$0], rates[$0].text, cpu[$0].text] })
        printVerdict("transitions for each commit, as the writer counts them", each.median, atLeast: 8)
        printVerdict("rate of 64 callers to the rate of one", gain.median, atLeast: 10)
    }

    // MARK: History

    private func measureHistory() async throws {
        let counts = [10_000, rows]
        var stores: [SQLiteStore] = []
        for count in counts { stores.append(try await filled(count)) }
        var pages = counts.map { Samples("\($0) rows") }
        for round in 1...5 {
            for index in counts.indices {
                pages[index].add(try await pageTime(stores[index], payers: counts[index] / 100, seed: round))
            }
        }
        for store in stores { await store.close() }
        print("store: a page of 100 of a payer's transfers, 5 rounds of 1000 random payers, median (least-greatest)")
        printTable([["", "us/page"]] + pages.map { [$0.name, $0.text] })
        printVerdict("page of \(rows) rows to page of 10000", pages[1].median / pages[0].median, limit: 2)
    }

    /// A hundred transfers for each payer.
    private func filled(_ count: Int) async throws -> SQLiteStore {
        let path = folder.appending(path: "history-\(count).sqlite").path()
        return try await HistoryFile(path: path, sample: sample).fill(count, payers: count / 100)
    }

    /// Microseconds a page, the median of a thousand.
    private func pageTime(_ store: SQLiteStore, payers: Int, seed: Int) async throws -> Double {
        var times = Samples("pages")
        for number in 0..<1_000 {
            let account = sample.account((number &* 7_919 &+ seed &* 104_729) % payers)
            let start = ContinuousClock.now
            let page = try await store.history(of: account, since: sample.start, after: nil, limit: 101)
            times.add((ContinuousClock.now - start) / .microseconds(1))
            if page.count != 100 { Bench.fail("a page of \(page.count)") }
        }
        return times.median
    }

    private func open(_ name: String) throws -> SQLiteStore {
        try SQLiteStore(path: folder.appending(path: "\(name).sqlite").path())
    }
}
