public import PeculeHTTP

/// `HTTPTransport` over libcurl: HTTP/1.1 with kept connections, all of them driven by one thread.
///
/// Nothing happens behind the caller's back: no redirect, cookie, proxy of the environment, `.netrc`, decompression or
/// `Expect`. A request other than GET, HEAD or OPTIONS goes on the wire at most once, even when a kept connection
/// dies under it.
///
/// Any task may call `send`. The cheapest path, for a task that mostly waits for answers, is to run on the thread
/// that reads them: `Task(executorPreference: transport.executor) { … }`. What blocks or computes for long does not
/// belong there: it would hold up every exchange of this transport.
public final class CurlTransport: HTTPTransport {
    private let driver: Driver

    /// A file of the configuration that cannot be read is reported by each exchange, as `.tls`.
    public init(_ configuration: Configuration = Configuration()) {
        driver = Driver(configuration)
        driver.start()
    }

    deinit { stop() }

    /// The thread that does the input and output, for tasks that want to run on it.
    public var executor: any TaskExecutor { driver }

    /// Ends every exchange under way with `.stopped`, closes the connections and ends the thread. Does not wait.
    /// Later requests fail with `.stopped`; tasks that prefer `executor` go on in the global pool.
    public func stop() { driver.mailbox.close() }

    /// Sends one request; see `HTTPTransport`.
    ///
    /// Refuses with `.badRequest` a target that is no absolute `http` or `https` URL, or that carries credentials or
    /// a fragment, fields that cannot stand on a wire or would move the end of the message, and a HEAD with a body.
    public func send(
        _ request: HTTPRequest, within limits: HTTPLimits
    ) async throws(HTTPTransportError) -> HTTPResponse {
        if let complaint = RequestCheck.complaint(about: request) {
            throw HTTPTransportError(.badRequest, mayHaveBeenReceived: false, detail: complaint)
        }
        let mailbox = driver.mailbox
        let ticket = Ticket(request: request, limits: limits)
        let outcome: Ticket.Outcome = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                if !mailbox.post(.start(ticket, continuation)) { continuation.resume(returning: Ticket.stopped) }
            }
        } onCancel: {
            ticket.cancel()
            mailbox.post(.cancel(ticket))
        }
        return try outcome.get()
    }
}
