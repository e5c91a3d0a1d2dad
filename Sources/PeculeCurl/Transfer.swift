import CPeculeCurl
import Glibc
import PeculeHTTP

/// One easy handle and the exchange it carries at the moment.
final class Transfer {
    let easy: EasyHandle
    private(set) var deadline = ContinuousClock.now
    private var ticket: Ticket?
    private var continuation: Ticket.Continuation?
    private var fields: FieldList?
    private var reader = ResponseReader(HTTPLimits())
    /// Set when a connection is ready and the first byte may leave.
    private var mayHaveBeenReceived = false
    /// Set when libcurl wanted to send a request a second time that must go out once.
    private var wasLostOnce = false
    private let admits: @Sendable (IPAddress) -> Bool
    /// Set when a socket was refused to libcurl.
    private var wasForbidden = false
    /// What the handle is set to already: exchanges are mostly alike, and each setting has its price.
    private var method: HTTPMethod?
    private var connect: Duration?
    private var hasBody = false

    init?(_ configuration: CurlTransport.Configuration) {
        guard let easy = EasyHandle() else { return nil }
        self.easy = easy
        admits = configuration.admits
        easy.apply(configuration)
        let owner = UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque())
        let datas = [
            CURLOPT_PRIVATE, CURLOPT_PREREQDATA, CURLOPT_OPENSOCKETDATA, CURLOPT_HEADERDATA, CURLOPT_WRITEDATA,
        ]
        for option in datas { easy.set(option, owner) }
        easy.setOpenSocket { owner, _, address in
            address.map { Transfer.from(owner).openSocket(to: $0) } ?? CURL_SOCKET_BAD
        }
        easy.setBeforeRequest { owner, _, _, _, _ in
            Transfer.from(owner).connectionIsReady() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
        }
        easy.set(CURLOPT_HEADERFUNCTION) { bytes, size, count, owner in
            let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
            return Transfer.from(owner).reader.takeLine(line) ? line.count : 0
        }
        easy.set(CURLOPT_WRITEFUNCTION) { bytes, size, count, owner in
            let part = UnsafeRawBufferPointer(start: bytes, count: size * count)
            return Transfer.from(owner).reader.takeBody(part) ? part.count : 0
        }
    }

    static func owner(of easy: UnsafeMutableRawPointer) -> Transfer { from(pecule_curl_owner(easy)) }

    private static func from(_ owner: UnsafeMutableRawPointer?) -> Transfer {
        guard let owner else { preconditionFailure("libcurl calls back with what it was given") }
        return Unmanaged<Transfer>.fromOpaque(owner).takeUnretainedValue()
    }

    /// Kept connections were opened by this too.
    private func openSocket(to target: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        guard let address = IPAddress(of: target), admits(address) else {
            wasForbidden = true
            return CURL_SOCKET_BAD
        }
        let type = target.pointee.socktype | CInt(SOCK_CLOEXEC.rawValue)
        return socket(target.pointee.family, type, target.pointee.protocol)
    }

    /// libcurl asks again before it repeats a request on a fresh connection because the kept one died without an
    /// answer. The server may have acted on the first one: only a safe method goes out twice (RFC 9110, section 9.2).
    private func connectionIsReady() -> Bool {
        wasLostOnce = mayHaveBeenReceived && ticket?.request.method.isSafe != true
        mayHaveBeenReceived = true
        return !wasLostOnce
    }
}

// MARK: - From a request to an outcome

extension Transfer {
    /// False when libcurl refused a setting.
    func begin(_ ticket: Ticket, _ continuation: Ticket.Continuation) -> Bool {
        self.ticket = ticket
        self.continuation = continuation
        deadline = .now + ticket.limits.total
        reader = ResponseReader(ticket.limits)
        let fields = FieldList(of: ticket.request)
        self.fields = fields
        easy.set(CURLOPT_URL, ticket.request.target)
        easy.set(CURLOPT_HTTPHEADER, UnsafeRawPointer(fields.pointer))
        if connect != ticket.limits.connect {
            easy.set(CURLOPT_CONNECTTIMEOUT_MS, ticket.limits.connect.milliseconds)
            connect = ticket.limits.connect
        }
        let announcesBody = ticket.request.announcesBody
        if announcesBody || hasBody || method != ticket.request.method { setMethod(of: ticket.request) }
        (method, hasBody) = (ticket.request.method, announcesBody)
        return easy.isSound && fields.isComplete
    }

    private func setMethod(of request: HTTPRequest) {
        let method = request.method
        if method == .head {
            easy.set(CURLOPT_NOBODY, 1)
        } else if request.announcesBody {
            easy.set(CURLOPT_POST, 1)
            easy.setBody(request.body)
        } else {
            easy.set(CURLOPT_HTTPGET, 1)
        }
        easy.set(CURLOPT_CUSTOMREQUEST, method == .get ? nil : method.rawValue)
    }

    /// Gives the caller its outcome and forgets the exchange. A nil reason means that libcurl has no complaint.
    func end(with reason: HTTPTransportError.Reason?) -> Ticket? {
        let outcome = outcome(reason)
        if hasBody { easy.set(CURLOPT_POSTFIELDS, UnsafeRawPointer?.none) }
        defer {
            (ticket, continuation, fields) = (nil, nil, nil)
            (mayHaveBeenReceived, wasLostOnce, wasForbidden) = (false, false, false)
        }
        continuation?.resume(returning: outcome)
        return ticket
    }

    /// Our own refusals come first: libcurl only knows that we refused.
    private func outcome(_ reason: HTTPTransportError.Reason?) -> Ticket.Outcome {
        let reason = wasForbidden && reason == .connect ? .forbidden : reason
        if let reason = wasLostOnce ? .reset : reader.refusal ?? reason {
            return .failure(HTTPTransportError(reason, mayHaveBeenReceived: mayHaveBeenReceived))
        }
        return reader.response.map(Ticket.Outcome.success)
            ?? .failure(HTTPTransportError(.malformedResponse, mayHaveBeenReceived: mayHaveBeenReceived))
    }
}

extension HTTPMethod {
    fileprivate var isSafe: Bool { self == .get || self == .head || self == .options }
}
