import CPeculePostgres
import Glibc
import Pecule

/// The owner of one connection of libpq: sends and receives, waits for the server, and never for ever.
final class Wire {
    private let handle: OpaquePointer
    private let server: Server

    init(_ server: Server) throws(PostgresFailure) {
        guard let handle = server.connect() else { throw .lost("no memory for a connection") }
        (self.handle, self.server) = (handle, server)
        // The server's sentences may hold values: its five letters are enough.
        PQsetErrorVerbosity(handle, PQERRORS_SQLSTATE)
        try connect()
        guard PQsetnonblocking(handle, 1) == 0 else { throw lost }
    }

    deinit { PQfinish(handle) }

    /// Milliseconds of silence after which a server counts as gone: more than it gives itself for a statement.
    private static let patience: Int32 = 20_000

    private func connect() throws(PostgresFailure) {
        guard PQstatus(handle) != CONNECTION_BAD else { throw lost }
        var next = PGRES_POLLING_WRITING
        while next == PGRES_POLLING_READING || next == PGRES_POLLING_WRITING {
            try wait(for: next == PGRES_POLLING_READING ? POLLIN : POLLOUT)
            next = PQconnectPoll(handle)
        }
        guard next == PGRES_POLLING_OK else { throw refusal ?? lost }
    }

    /// Why the server let nobody in, where it was the server.
    private var refusal: PostgresFailure? {
        if PQconnectionNeedsPassword(handle) != 0 { return .refused("28P01") }
        let words = message.split(separator: " ")
        return words.lastIndex(of: "FATAL:").flatMap { words.dropFirst($0 + 1).first }.map { .refused(String($0)) }
    }

    /// One line.
    private var message: String {
        let text = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
        return server.masked(text.split { $0.isWhitespace }.joined(separator: " "))
    }

    private var lost: PostgresFailure { .lost(message.isEmpty ? "the connection is closed" : message) }

    // MARK: One statement after the other

    /// Runs statements of plain SQL, and gives back the rows of the last one.
    func execute(_ sql: String) throws(PostgresFailure) -> [[ColumnValue]] {
        guard PQsendQuery(handle, sql) == 1 else { throw lost }
        try flush()
        var rows: [[ColumnValue]] = []
        var failure: PostgresFailure?
        while let answer = try next() {
            do throws(PostgresFailure) { rows = try answer.rows() } catch { failure = failure ?? error }
        }
        if let failure { throw failure }
        return rows
    }

    // MARK: Many in one round trip

    /// Sends all messages before it reads the first answer. The first failure of a group skips the rest of that group.
    func exchange(
        _ groups: [[Message]]
    ) throws(PostgresFailure) -> [Result<[[[ColumnValue]]], PostgresFailure>] {
        guard PQenterPipelineMode(handle) == 1 else { throw lost }
        for group in groups {
            for message in group { guard message.send(on: handle) else { throw lost } }
            guard PQpipelineSync(handle) == 1 else { throw lost }
        }
        try flush()
        var results: [Result<[[[ColumnValue]]], PostgresFailure>] = []
        for group in groups { results.append(try receive(group.count)) }
        guard PQexitPipelineMode(handle) == 1 else { throw lost }
        return results
    }

    private func receive(_ count: Int) throws(PostgresFailure) -> Result<[[[ColumnValue]]], PostgresFailure> {
        var answers: [[[ColumnValue]]] = []
        var failure: PostgresFailure?
        for _ in 0..<count {
            guard let answer = try next() else { throw lost }
            do throws(PostgresFailure) {
                if failure == nil { answers.append(try answer.rows()) }
            } catch { failure = error }
            while try next() != nil {}
        }
        guard try next()?.isEndOfGroup == true else { throw lost }
        return failure.map { .failure($0) } ?? .success(answers)
    }

    /// The next answer; nil between those of two statements.
    private func next() throws(PostgresFailure) -> Answer? {
        while PQisBusy(handle) == 1 {
            try wait(for: POLLIN)
            guard PQconsumeInput(handle) == 1 else { throw lost }
        }
        let answer = PQgetResult(handle).map(Answer.init)
        guard PQstatus(handle) == CONNECTION_OK else { throw lost }
        return answer
    }

    private func flush() throws(PostgresFailure) {
        while true {
            switch PQflush(handle) {
            case 0: return
            case 1: try wait(for: POLLIN | POLLOUT)
            default: throw lost
            }
            // A server whose answers nobody reads does not read either.
            guard PQconsumeInput(handle) == 1 else { throw lost }
        }
    }

    private func wait(for events: Int32) throws(PostgresFailure) {
        var socket = pollfd(fd: PQsocket(handle), events: Int16(events), revents: 0)
        var count: Int32
        repeat { count = poll(&socket, 1, Self.patience) } while count < 0 && errno == EINTR
        guard count > 0 else { throw .lost("the server does not answer") }
    }
}
