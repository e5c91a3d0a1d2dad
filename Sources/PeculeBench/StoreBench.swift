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

    private struct Turn {
        let transitions: Int
        let commits: Int
        let seconds: Double
        /// Microseconds of CPU, of the whole process.
        let cpu: Double
        var rate: Double { Double(transitions) / seconds }
    }

    private func measureWrites() async throws {
        let store = try open("writes")
        let names = ["64 callers", "1 caller, a commit for each call"]
        var rates = names.map(Samples.init)
        var cpu = rates
        var gain = Samples("times the rate")
        var each = Samples("transitions for each commit")
        _ = try await turn(store, callers: 64, transfers: 2_000, from: 0)
        for round in 1...5 {
            let many = try await turn(store, callers: 64, transfers: 8_000, from: round * 20_000)
            let one = try await turn(store, callers: 1, transfers: 800, from: round * 20_000 + 10_000)
            for (index, turn) in [many, one].enumerated() {
                rates[index].add(turn.rate)
                cpu[index].add(turn.cpu / Double(turn.transitions))
            }
            gain.add(many.rate / one.rate)
            each.add(Double(many.transitions) / Double(many.commits))
            if one.commits < one.transitions { Bench.fail("one caller, and a commit was shared") }
        }
        await store.close()
        print("store: durable transitions in SQLite, 5 rounds, median (least-greatest)")
        let header = ["", "transitions/s", "CPU us/transition"]
        printTable([header] + names.indices.map { [names[$0], rates[$0].text, cpu[$0].text] })
        verdict("transitions for each commit, as the writer counts them", each.median, atLeast: 8)
        verdict("rate of 64 callers to the rate of one", gain.median, atLeast: 10)
    }

    /// Each transfer is inserted and changed four times.
    private func turn(_ store: SQLiteStore, callers: Int, transfers: Int, from first: Int) async throws -> Turn {
        let before = store.commits
        let cpu = Process.cpu(of: getpid())
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<callers {
                group.addTask {
                    for number in stride(from: first + caller, to: first + transfers, by: callers) {
                        try await journey(number, in: store)
                    }
                }
            }
            try await group.waitForAll()
        }
        let elapsed = ContinuousClock.now - start
        return Turn(
            transitions: transfers * 5, commits: store.commits - before, seconds: elapsed / .seconds(1),
            cpu: Process.cpu(of: getpid()) - cpu)
    }

    private func journey(_ number: Int, in store: SQLiteStore) async throws {
        var transfer = sample.draft(number, by: number % 1_000)
        guard try await store.insert(transfer) == .inserted else { Bench.fail("a transfer was there already") }
        for event in sample.events(of: transfer) {
            var next = transfer
            _ = try next.apply(event, at: transfer.updatedAt, patience: Patience())
            let record = TransferRecord(next, because: event, in: sample.correlation)
            let answer = try await store.replace(next, expecting: transfer.version, recording: record, within: nil)
            guard answer == .replaced else { Bench.fail("a transfer was changed by somebody else") }
            transfer = next
        }
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

    /// A hundred transfers for each payer, those of one payer far apart.
    private func filled(_ count: Int) async throws -> SQLiteStore {
        let store = try open("history-\(count)")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<1_000 {
                group.addTask {
                    for number in stride(from: caller, to: count, by: 1_000) {
                        var transfer = sample.draft(number, by: number % (count / 100))
                        let choice = sample.events(of: transfer)[0]
                        _ = try transfer.apply(choice, at: transfer.updatedAt, patience: Patience())
                        _ = try await store.insert(transfer)
                    }
                }
            }
            try await group.waitForAll()
        }
        return store
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

    private func verdict(_ name: String, _ figure: Double, atLeast limit: Double) {
        print("  \(name): \(Samples.round(figure)), at least \(limit): \(figure >= limit ? "met" : "NOT met")")
    }
}
