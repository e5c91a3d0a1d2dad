import PeculeHTTP

/// One client's connection: reads a request, waits for its answer, writes it, reads the next one.
final class Connection {
    enum Step {
        /// Nothing to do before the next event.
        case wait
        case answer(HTTPRequest)
        case close
    }

    /// What the client, or we, may take only so long for.
    enum Wait { case idle, head, body, write, linger }

    enum Stage { case receiving, answering, closing, lingering }

    let id: UInt64
    let wire: any Wire
    /// The handler at work; its answer comes by `respond`.
    var task: Task<Void, Never>?
    var isReadable = true
    /// The other side sends no more, so it will not wait for an answer either.
    var peerEnded = false
    /// When it is to be cut, and when the loop looks next whether it is so.
    var deadline: ContinuousClock.Instant?
    var nextLook: ContinuousClock.Instant?
    private(set) var wait: Wait?

    private var parser: HTTPRequestParser
    var output = Outbox()
    var stage = Stage.receiving
    private var afterScript = Stage.receiving
    private(set) var method = HTTPMethod.get
    private(set) var keepAlive = true
    private var isFresh = true
    private var discardable: Int
    private let refusal: (HTTPParseError) -> HTTPResponse
    /// What is still to be done with an answer that does not go out as it is.
    private(set) var script: Script?
    /// The answer that is going out piece by piece.
    var stream: BodyStream?

    init(
        id: UInt64, wire: any Wire, limits: HTTPServerLimits, refusal: @escaping (HTTPParseError) -> HTTPResponse
    ) {
        self.refusal = refusal
        self.id = id
        self.wire = wire
        parser = HTTPRequestParser(limits: limits.parser)
        discardable = limits.body
    }

    /// Nothing is begun, so nothing is lost by closing it.
    var isIdle: Bool { stage == .receiving && parser.phase == .idle && output.isEmpty }

    /// Whether the client of the request that `advance` gave out reads chunks.
    var isHTTP11: Bool { parser.isHTTP11 }

    /// Goes as far as it can without waiting.
    func advance(_ scratch: inout [UInt8], _ writer: inout HTTPResponseWriter) -> Step {
        while true {
            switch output.flush(to: wire) {
            case .failed: return .close
            case .blocked: return .wait
            case .done: break
            }
            switch stage {
            case .answering: return .wait
            case .receiving: if let step = receive(&scratch, &writer) { return step }
            case .closing:
                wire.finishWriting()
                stage = .lingering
            case .lingering: return discard(&scratch)
            }
        }
    }

    /// Takes the answer to the request that `advance` gave out.
    func respond(_ response: HTTPResponse, isLast: Bool, _ writer: inout HTTPResponseWriter) {
        let closing = isLast || !keepAlive || response.fields["Connection"]?.lowercased() == "close"
        writer.write(response, answering: method, closing: closing, into: &output.bytes)
        stage = closing ? .closing : .receiving
        task = nil
    }

    /// Takes an answer that is to be sent as its delivery says; `perform` does it.
    func respond(
        _ delivery: HTTPDelivery, isLast: Bool, at now: ContinuousClock.Instant, _ writer: inout HTTPResponseWriter
    ) {
        respond(delivery.response, isLast: isLast, &writer)
        script = Script(delivery, bytes: output.bytes, from: now)
        output.bytes.removeAll()
        afterScript = stage
        stage = .answering
    }

    /// Does what of the script is due; false when the connection is to be closed at once.
    func perform(_ now: ContinuousClock.Instant) -> Bool {
        while let step = script?.next(now) {
            switch step {
            case .send(let bytes): output.bytes += bytes
            case .goOn: endScript(afterScript)
            case .close: endScript(.closing)
            case .reset:
                wire.socket.resetWhenClosed()
                return false
            }
        }
        return true
    }

    private func endScript(_ next: Stage) {
        script = nil
        stage = next
    }

    /// Notes what it now waits for; true when that has changed, so that a new time begins.
    func updateWait() -> Bool {
        let before = wait
        wait = currentWait
        return wait != before
    }

    private var currentWait: Wait? {
        if !output.isEmpty { return .write }
        switch stage {
        case .answering: return nil
        case .closing, .lingering: return .linger
        case .receiving:
            switch parser.phase {
            case .idle: return isFresh ? .head : .idle
            case .head: return .head
            case .body: return .body
            }
        }
    }

    /// Nil when there is more to do at once.
    private func receive(_ scratch: inout [UInt8], _ writer: inout HTTPResponseWriter) -> Step? {
        do throws(HTTPParseError) {
            switch try parser.next() {
            case .needMore: return read(&scratch)
            case .expectsContinue: HTTPResponseWriter.writeContinue(into: &output.bytes)
            case .request(var request, let keepAlive):
                request.clientCertificate = wire.clientCertificate
                (method, self.keepAlive, isFresh, stage) = (request.method, keepAlive, false, .answering)
                return .answer(request)
            }
        } catch {
            writer.write(refusal(error), closing: true, into: &output.bytes)
            stage = .closing
        }
        return nil
    }

    private func read(_ scratch: inout [UInt8]) -> Step? {
        guard isReadable else { return .wait }
        switch scratch.withUnsafeMutableBytes({ wire.read(into: $0) }) {
        case .bytes(let count):
            parser.feed(scratch[..<count])
            // Saves asking in vain; the end of the peer's bytes must be read, though, and is no new event.
            if count < scratch.count, wire.shortReadEmpties, !peerEnded { isReadable = false }
            return nil
        case .wouldBlock:
            isReadable = false
            return .wait
        case .closed: return .close
        }
    }

    /// Reads what the client still sends, for a while: to close on unread bytes would reset the connection, and the
    /// client might lose the answer (RFC 9112, section 9.6).
    private func discard(_ scratch: inout [UInt8]) -> Step {
        while discardable > 0 {
            switch scratch.withUnsafeMutableBytes({ wire.socket.read(into: $0) }) {
            case .bytes(let count): discardable -= count
            case .wouldBlock: return .wait
            case .closed: return .close
            }
        }
        return .close
    }
}
