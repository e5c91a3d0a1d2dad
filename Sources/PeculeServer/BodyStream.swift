import PeculeHTTP

/// A body on its way out, piece by piece.
struct BodyStream {
    let pieces: HTTPPieces
    /// Whoever asks for the next piece, while the client has yet to take the last one.
    var producer: CheckedContinuation<Void, Never>?
}

extension Connection {
    /// Writes the head; false when no piece may follow it.
    func beginStream(_ head: HTTPResponse, isLast: Bool, _ writer: inout HTTPResponseWriter) -> Bool {
        let pieces = writer.writeHead(
            streaming: head, answering: method, isHTTP11: isHTTP11, closing: isLast || !keepAlive, into: &output.bytes)
        stream = pieces.map { BodyStream(pieces: $0) }
        return stream != nil
    }

    func send(_ piece: [UInt8]) { stream?.pieces.write(piece, into: &output.bytes) }

    func endStream(isLast: Bool) {
        stream?.pieces.writeEnd(into: &output.bytes)
        stage = isLast || !keepAlive ? .closing : .receiving
        (stream, task) = (nil, nil)
    }

    /// Suspends while anything is still to be taken by the client. `isolation` is the loop's.
    func untilTaken(isolation: isolated ConnectionLoop = #isolation) async {
        guard !output.isEmpty, stream != nil else { return }
        await withCheckedContinuation { stream?.producer = $0 }
    }

    /// Lets the next piece come when the last one has been taken.
    func resumeProducer() {
        guard output.isEmpty, stream?.producer != nil else { return }
        dropProducer()
    }

    /// The connection is no more: nobody may wait for it.
    func dropProducer() {
        stream?.producer?.resume()
        stream?.producer = nil
    }
}
