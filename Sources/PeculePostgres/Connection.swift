import Pecule

/// One session on the server, used by one thread at a time. Giving it up rolls back what it had begun.
final class Connection {
    private let wire: Wire

    init(_ server: Server) throws(PostgresFailure) {
        wire = try Wire(server)
        try execute(Self.settings)
    }

    /// Nothing hangs for ever (milliseconds), and what is committed is on the disk, whatever the role is set to; a
    /// server that is set to wait for more than its disk goes on to.
    private static let settings = """
        SET search_path = pecule;
        SET statement_timeout = 10000;
        SET lock_timeout = 5000;
        SET idle_in_transaction_session_timeout = 15000;
        SET default_transaction_isolation = 'read committed';
        SELECT set_config('synchronous_commit', 'on', false)
        WHERE current_setting('synchronous_commit') NOT IN ('on', 'remote_apply')
        """

    /// Runs statements of plain SQL, and gives back the rows of the last one.
    @discardableResult
    func execute(_ sql: String) throws(PostgresFailure) -> [[ColumnValue]] { try wire.execute(sql) }

    /// Makes sure that the tables are such as the statements want them.
    func prepare(_ queries: [Query]) throws(PostgresFailure) {
        _ = try wire.exchange([queries.map { .prepare($0) }])[0].get()
    }

    /// Reads, each by itself: the failure of one leaves the others alone.
    func read(_ calls: [Message]) throws(PostgresFailure) -> [Result<[[ColumnValue]], PostgresFailure>] {
        try wire.exchange(calls.map { [$0] }).map { result in result.map { $0[0] } }
    }

    /// All calls in one transaction, in their order: one round trip for them, and one for the commit.
    ///
    /// A newer release may change the tables while this one runs. The version is read last: by then this transaction
    /// holds the tables as they are, or has waited for the change and sees it.
    func transaction(
        _ calls: [Message], schemaVersion: Int
    ) throws(PostgresFailure) -> [[[ColumnValue]]] {
        var answers = try undoing { () throws(PostgresFailure) in
            let answers = try wire.exchange([[.run(.begin)] + calls + [.run(.schemaVersion)]])[0].get()
            guard answers.last == [[.integer(schemaVersion)]] else { throw .outdated }
            return answers
        }
        try commit()
        answers.removeFirst()
        answers.removeLast()
        return answers
    }

    /// Rolls back when it fails, as far as there still is a connection.
    func undoing<Value>(_ work: () throws(PostgresFailure) -> Value) throws(PostgresFailure) -> Value {
        do throws(PostgresFailure) { return try work() } catch {
            if !error.isLost { try execute("ROLLBACK") }
            throw error
        }
    }

    private func commit() throws(PostgresFailure) {
        do throws(PostgresFailure) {
            let answer = try wire.exchange([[.run(.commit)]])[0].get()
            guard answer == [[[.text("COMMIT")]]] else { throw .unreadable("a commit that did not commit") }
        } catch {
            throw error.isConflict ? error : .commitUnknown(error.description)
        }
    }
}

/// A connection that is opened when first used, and anew when it is lost.
struct Lease {
    private let server: Server
    private let queries: [Query]
    private var connection: Connection?

    init(_ server: Server, for queries: [Query]) { (self.server, self.queries) = (server, queries) }

    private static let attempts = 10

    /// Repeats what conflicts undid, and what an old connection that turned out to be dead did not take.
    mutating func run<Value>(_ work: (Connection) throws(PostgresFailure) -> Value) throws(PostgresFailure) -> Value {
        for _ in 1..<Self.attempts {
            let wasOpen = connection != nil
            do throws(PostgresFailure) { return try once(work) } catch {
                guard error.isConflict || error.isLost && wasOpen else { throw error }
            }
        }
        return try once(work)
    }

    private mutating func once<Value>(
        _ work: (Connection) throws(PostgresFailure) -> Value
    ) throws(PostgresFailure) -> Value {
        do throws(PostgresFailure) { return try work(try opened()) } catch {
            // What the server refuses is rolled back; after anything else the connection is not trusted again.
            if case .refused = error {} else { connection = nil }
            throw error
        }
    }

    private mutating func opened() throws(PostgresFailure) -> Connection {
        if let connection { return connection }
        let opened = try Connection(server)
        try opened.prepare(queries)
        connection = opened
        return opened
    }
}
