import PeculeHTTP

/// Answers whose body comes piece by piece.
extension ConnectionLoop {
    /// Asks for a piece when the client has taken the one before, until either side is at its end.
    nonisolated func stream(
        _ head: HTTPResponse, _ pieces: some AsyncSequence<[UInt8], Never> & Sendable, to id: UInt64
    ) async {
        if await begin(head, for: id) {
            for await piece in pieces { guard await send(piece, to: id) else { break } }
        }
        onThread { $0.endStream(for: id) }
    }

    /// False when no piece may follow.
    private func begin(_ head: HTTPResponse, for id: UInt64) async -> Bool {
        guard let connection = connections[id], connection.beginStream(head, isLast: isDraining, &writer)
        else { return false }
        if isDraining { connection.task?.cancel() }
        return await leaves(connection)
    }

    private func send(_ piece: [UInt8], to id: UInt64) async -> Bool {
        guard let connection = connections[id] else { return false }
        connection.send(piece)
        return await leaves(connection)
    }

    /// Waits until all that is written has been taken; false when the connection has ended instead.
    private func leaves(_ connection: Connection) async -> Bool {
        advance(connection)
        if connections[connection.id] != nil { await connection.untilTaken() }
        return connections[connection.id] != nil
    }

    private func endStream(for id: UInt64) {
        runningTasks -= 1
        guard let connection = connections[id] else { return }
        connection.endStream(isLast: isDraining)
        advance(connection)
    }
}
