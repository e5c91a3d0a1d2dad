import Foundation
import Glibc
import Synchronization

/// A server without manners: it accepts on a free port of the loopback and does to each connection what a script says,
/// on blocking sockets, one thread a connection.
final class RawServer: Sendable {
    typealias Script = @Sendable (RawConnection) -> Void

    /// What happened, in order, for tests that wait for a stage.
    enum Event: Sendable, Equatable { case accepted, request, closed }

    let port: Int
    let events: AsyncStream<Event>
    private let listener: CInt
    private let report: AsyncStream<Event>.Continuation
    private let seen = Mutex<[String]>([])

    /// - Parameter identity: speaks TLS with it before the script begins.
    init(identity: TLSServer? = nil, _ script: @escaping Script) {
        (events, report) = AsyncStream.makeStream(of: Event.self)
        let listener = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        port = Self.bindToFreePort(listener)
        precondition(listen(listener, 512) == 0, "the port takes no connections")
        self.listener = listener
        Thread.detachNewThread { [weak self] in
            // Closed here alone: a number given back earlier could be the next server's, and this thread its thief.
            defer { close(listener) }
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0, let self else { return }
                report.yield(.accepted)
                Thread.detachNewThread { self.serve(descriptor, identity, script) }
            }
        }
    }

    deinit {
        shutdown(listener, CInt(SHUT_RDWR))
    }

    /// Returns the port, which belongs to the socket until it is closed.
    static func bindToFreePort(_ socket: CInt) -> Int {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                let isBound = bind(socket, generic, size) == 0 && getsockname(socket, generic, &size) == 0
                precondition(isBound, "no free port")
            }
            return Int(UInt16(bigEndian: pointer.pointee.sin_port))
        }
    }

    var url: String { "http://127.0.0.1:\(port)" }

    /// Every request that arrived whole, as text.
    var requests: [String] { seen.withLock { $0 } }

    /// Waits until the event has happened once more.
    func wait(for event: Event) async {
        for await happened in events where happened == event { return }
    }

    private func serve(_ descriptor: CInt, _ identity: TLSServer?, _ script: Script) {
        // OpenSSL writes without MSG_NOSIGNAL.
        var signals = sigset_t()
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        let session = identity?.accept(descriptor)
        if identity == nil || session != nil {
            script(RawConnection(descriptor, session) { [self] request in
                seen.withLock { $0.append(request) }
                report.yield(.request)
            })
        }
        session?.end()
        close(descriptor)
        report.yield(.closed)
    }
}

/// One accepted connection, for the script that holds it.
final class RawConnection {
    private let descriptor: CInt
    private let session: TLSServer.Session?
    private let note: (String) -> Void
    private var pending: [UInt8] = []

    init(_ descriptor: CInt, _ session: TLSServer.Session?, note: @escaping (String) -> Void) {
        self.descriptor = descriptor
        self.session = session
        self.note = note
        // A broken test must end: no read waits for ever.
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    /// Reads head and body (by `Content-Length`) of the next request; nil when the client has closed.
    @discardableResult
    func readRequest() -> String? {
        var head = pending.firstRange(of: Self.emptyLine)
        while head == nil {
            guard readMore() else { return nil }
            head = pending.firstRange(of: Self.emptyLine)
        }
        guard let head else { return nil }
        let size = head.upperBound + Self.length(in: String(decoding: pending[..<head.lowerBound], as: UTF8.self))
        while pending.count < size {
            guard readMore() else { return nil }
        }
        let request = String(decoding: pending.prefix(size), as: UTF8.self)
        pending.removeFirst(size)
        note(request)
        return request
    }

    /// The next line, without its end; nil when the client has closed.
    func readLine() -> String? {
        while true {
            if let end = pending.firstIndex(of: 0x0A) {
                let line = String(decoding: pending[..<end], as: UTF8.self)
                pending.removeFirst(end + 1)
                return line.hasSuffix("\r") ? String(line.dropLast()) : line
            }
            guard readMore() else { return nil }
        }
    }

    private static let emptyLine = Array("\r\n\r\n".utf8)

    private static func length(in head: String) -> Int {
        let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
        return line.flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) } ?? 0
    }

    private func readMore() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var count: Int
        // A program that was stopped goes on with interrupted reads.
        repeat {
            count = session?.read(&buffer) ?? recv(descriptor, &buffer, buffer.count, 0)
        } while count < 0 && errno == EINTR
        guard count > 0 else { return false }
        pending += buffer.prefix(count)
        return true
    }

    /// False when the client is gone.
    @discardableResult
    func write(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let rest = Array(bytes[sent...])
            let count = session?.write(rest) ?? send(descriptor, rest, rest.count, CInt(MSG_NOSIGNAL))
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    @discardableResult
    func write(_ text: String) -> Bool { write(Array(text.utf8)) }

    func answer(_ body: String = "ok", fields: String = "") {
        write("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\(fields)\r\n\(body)")
    }

    /// Returns when the client has closed.
    func waitForClose() { while readMore() {} }

    /// Whether the client neither sends nor closes for that long.
    func isQuiet(forMilliseconds patience: CInt) -> Bool {
        var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return Glibc.poll(&poll, 1, patience) == 0
    }

    /// The end of the script then resets the connection instead of closing it.
    func resetAtEnd() {
        var now = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
    }
}
