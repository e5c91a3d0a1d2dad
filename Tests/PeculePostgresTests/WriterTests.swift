import Pecule
import PeculeStoreSamples
import Testing

@testable import PeculePostgres

@Suite("The writers of a PostgreSQL store", .enabled(if: ScratchDatabase.isExpected), .timeLimit(.minutes(2)))
struct WriterTests {
    @Test("callers that come while the server is busy share the next transactions")
    func shared() async throws {
        let database = try await ScratchDatabase()
        let store = try await PostgresStore(database.connection)
        let other = try database.lockingTransfers()
        let before = store.commits
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 { group.addTask { _ = try await store.insert(Sample.draft("T-\(number)")) } }
            try await database.waits(for: 2)
            #expect(store.commits == before)
            #expect(store.load.writers.busy == 2 && store.load.writers.connections == 2)
            try other.execute("COMMIT")
            try await group.waitForAll()
        }
        #expect(store.commits - before < 100)
        #expect(try await store.transfer(Sample.id("T-199")) != nil)
        #expect(store.load.writers.done == 200 && store.load.writers.waiting == 0)
        #expect(store.load.readers.done > 0 && store.load.writers.waited > .zero)
        await store.close()
        database.remove()
    }

    @Test("a write that cannot be done fails alone")
    func alone() async throws {
        let database = try await ScratchDatabase()
        let store = try await PostgresStore(database.connection, connections: 2)
        let choice = try #require(try await store.begin(Sample.draft("taken")).choice)
        for number in 0..<40 { _ = try await store.insert(Sample.draft("T-\(number)")) }
        let other = try database.lockingTransfers()
        let kept = try await withThrowingTaskGroup(of: Int?.self) { group in
            for number in 0..<40 {
                group.addTask {
                    let draft = Sample.draft("T-\(number)")
                    let isTwin = number % 8 == 3
                    let event = TransferEvent.bankChosen(isTwin ? choice : Sample.choice(of: draft.id))
                    let answer = try? await store.change(draft, event).answer
                    return answer == .replaced ? number : nil
                }
            }
            try await database.waits(for: 1)
            try other.execute("COMMIT")
            return try await group.reduce(into: []) { $0 += [$1].compactMap(\.self) }
        }
        #expect(kept.sorted() == (0..<40).filter { $0 % 8 != 3 })
        for number in 0..<40 {
            let id = Sample.id("T-\(number)")
            let version = kept.contains(number) ? 2 : 1
            #expect(try await store.transfer(id)?.version == version)
            #expect(try await store.events(of: id).count == version - 1)
        }
        #expect(try await store.outbox(limit: 100).count == kept.count + 1)
        await store.close()
        database.remove()
    }

    @Test("readers do not wait for writers")
    func readers() async throws {
        let database = try await ScratchDatabase()
        let store = try await PostgresStore(database.connection)
        let kept = try await store.begin(Sample.draft())
        let other = try database.lockingTransfers()
        #expect(try await store.transfer(kept.id)?.row == kept.row)
        try other.execute("COMMIT")
        await store.close()
        database.remove()
    }

    @Test("of 50 that begin at once at two gateways as many pass as the month's limit holds", arguments: 0..<5)
    func allowance(_ round: Int) async throws {
        let database = try await ScratchDatabase()
        let stores = [try await PostgresStore(database.connection), try await PostgresStore(database.connection)]
        let allowance = MonthlyAllowance(
            detainee: Sample.detainee().account, month: TransferMonth(of: Sample.morning), limit: Sample.amount(10_000))
        let answers = try await withThrowingTaskGroup(of: Replacement.self) { group in
            for number in 0..<50 {
                group.addTask {
                    let draft = Sample.draft("T-\(number)", cents: 1_300)
                    _ = try await stores[number % 2].insert(draft)
                    let event = TransferEvent.bankChosen(Sample.choice(of: draft.id))
                    return try await stores[number % 2].change(draft, event, within: allowance).answer
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count { $0 == .replaced } == 7)
        #expect(answers.count { $0 == .overAllowance(left: Sample.amount(900)) } == 43)
        #expect(try database.run("SELECT sum(amount_cents) FROM pecule.transfers WHERE reserves = 1") == [["9100"]])
        for store in stores { await store.close() }
        database.remove()
    }

    @Test("a cell that is not what it should be is named", arguments: [
        ("state = 'paid'", "column state"), ("payee_iban = 'FR00'", "column payee_iban"),
        ("amount_cents = 99999999999999", "column amount_cents"), ("bank = 'a b'", "column bank"),
    ])
    func oddCell(_ change: String, name: String) async throws {
        let database = try await ScratchDatabase()
        let store = try await PostgresStore(database.connection)
        let kept = try await store.begin(Sample.draft())
        try database.run("UPDATE pecule.transfers SET \(change)")
        await #expect(throws: StoreFault.corrupt(name)) { try await store.transfer(kept.id) }
        await store.close()
        database.remove()
    }
}

extension ScratchDatabase {
    /// A connection in a transaction that lets nobody else write transfers.
    func lockingTransfers() throws -> Connection {
        let connection = try Connection(Server(self.connection))
        try connection.execute("BEGIN; LOCK TABLE transfers IN EXCLUSIVE MODE")
        return connection
    }

    /// Returns when so many sessions wait for a lock.
    func waits(for count: Int) async throws {
        let waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = '\(name)' AND wait_event_type = 'Lock'"
        while try run(waiting) != [["\(count)"]] { await Task.yield() }
    }
}
