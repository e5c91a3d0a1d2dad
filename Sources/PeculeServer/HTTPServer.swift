public import PeculeHTTP
public import Glibc
import Synchronization

/// An HTTP/1.1 server: a few threads, each an epoll loop that is also the executor of the handlers it calls.
///
/// A handler therefore runs on the thread that reads and writes: what blocks, or computes for long, belongs elsewhere.
/// When a client goes away the task of its handler is cancelled; a client that only ends its sending side
/// (a half-closed connection) counts as gone for that purpose, and still receives what the handler answers.
public final class HTTPServer: Sendable {
    /// Where to listen, with how many threads, within which limits, with which certificate.
    public struct Configuration: Sendable {
        /// A name or an address of this machine; loopback unless told otherwise.
        public var host: String
        /// 0 lets the system choose; `HTTPServer.port` tells.
        public var port: UInt16
        /// Threads, at least 1.
        public var loops: Int
        public var limits: HTTPServerLimits
        /// HTTPS instead of HTTP.
        public var tls: TLSIdentity?
        /// Seconds since 1970-01-01T00:00:00Z, for the `Date` field.
        public var now: @Sendable () -> Int

        public init(
            host: String = "127.0.0.1", port: UInt16 = 0, loops: Int = 2, limits: HTTPServerLimits = .init(),
            tls: TLSIdentity? = nil, now: @escaping @Sendable () -> Int = { time(nil) }
        ) {
            (self.host, self.port, self.loops, self.limits) = (host, port, loops, limits)
            (self.tls, self.now) = (tls, now)
        }
    }

    /// The port it listens on.
    public let port: UInt16
    private let loops: [ConnectionLoop]
    private let stopping = Mutex<Task<Void, Never>?>(nil)

    private init(port: UInt16, loops: [ConnectionLoop]) {
        self.port = port
        self.loops = loops
    }

    /// Listens and answers until `stop(within:)`, even when nobody keeps the server.
    public static func start(
        _ configuration: Configuration = .init(), handler: any HTTPHandler
    ) throws(HTTPServerError) -> HTTPServer {
        precondition(configuration.loops >= 1, "a server needs a loop")
        let service = try LoopService(configuration, handler: handler)
        let listener = try Listener(host: configuration.host, port: configuration.port)
        let port = try listener.port()
        var loops: [ConnectionLoop] = []
        for _ in 1..<configuration.loops { loops.append(try ConnectionLoop(service, accepting: nil)) }
        let acceptor = Acceptor(listener, peers: loops, limit: configuration.limits.connections)
        loops.append(try ConnectionLoop(service, accepting: acceptor))
        try start(loops)
        return HTTPServer(port: port, loops: loops)
    }

    private static func start(_ loops: [ConnectionLoop]) throws(HTTPServerError) {
        for (index, loop) in loops.enumerated() {
            do throws(HTTPServerError) {
                try loop.executor.start(loop.run)
            } catch {
                Task { await stop(Array(loops[..<index]), within: .zero) }
                throw error
            }
        }
    }

    /// Accepts nothing more, closes idle connections, cancels the producers of answers in pieces, which have no end of
    /// their own, lets begun exchanges finish within `grace`, then closes all and cancels the handlers still running.
    /// Returns when every connection is closed; more calls wait for the first.
    public func stop(within grace: Duration) async {
        let task = stopping.withLock { stopping in
            if let stopping { return stopping }
            let task = Task { [loops] in await Self.stop(loops, within: grace) }
            stopping = task
            return task
        }
        await task.value
    }

    private static func stop(_ loops: [ConnectionLoop], within grace: Duration) async {
        // All of them first: a loop whose thread has ended must not be dealt a connection.
        for loop in loops { await loop.stopAccepting() }
        await withDiscardingTaskGroup { group in
            for loop in loops { group.addTask { await loop.drain(until: .now + grace) } }
        }
    }
}

/// What all loops of a server share.
struct LoopService: Sendable {
    let handler: any HTTPHandler
    let limits: HTTPServerLimits
    let tls: TLSContext?
    let now: @Sendable () -> Int
    let count = ConnectionCount()

    init(_ configuration: HTTPServer.Configuration, handler: any HTTPHandler) throws(HTTPServerError) {
        self.handler = handler
        (limits, now) = (configuration.limits, configuration.now)
        if let identity = configuration.tls { tls = try TLSContext(identity) } else { tls = nil }
    }
}
