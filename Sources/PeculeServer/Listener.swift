import CPeculeSystem
import Glibc
import Synchronization

/// A listening socket; closed when released.
final class Listener: Sendable {
    let descriptor: Int32

    init(host: String, port: UInt16) throws(HTTPServerError) {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &found) == 0, let found else { throw .unknownHost(host) }
        defer { freeaddrinfo(found) }
        let flags = SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
        descriptor = try HTTPServerError.check(socket(found.pointee.ai_family, Int32(flags), 0), "socket")
        // Restarting must not wait for old connections; answers must not wait for more. Accepted sockets inherit both.
        try set(SOL_SOCKET, SO_REUSEADDR)
        try set(Int32(IPPROTO_TCP), TCP_NODELAY)
        _ = try HTTPServerError.check(bind(descriptor, found.pointee.ai_addr, found.pointee.ai_addrlen), "bind")
        _ = try HTTPServerError.check(listen(descriptor, 1024), "listen")
    }

    deinit { close(descriptor) }

    func port() throws(HTTPServerError) -> UInt16 {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = withUnsafeMutableBytes(of: &address) {
            getsockname(descriptor, $0.assumingMemoryBound(to: sockaddr.self).baseAddress, &length)
        }
        _ = try HTTPServerError.check(result, "getsockname")
        // The port stands at the same place for IPv4 and IPv6, in network order.
        return withUnsafeBytes(of: &address) { UInt16($0[2]) << 8 | UInt16($0[3]) }
    }

    private func set(_ level: Int32, _ option: Int32) throws(HTTPServerError) {
        var on: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        _ = try HTTPServerError.check(setsockopt(descriptor, level, option, &on, size), "setsockopt")
    }
}

/// How many connections a server has open, over all its loops.
final class ConnectionCount: Sendable {
    private let open = Atomic<Int>(0)

    var value: Int { open.load(ordering: .relaxed) }

    func add(_ change: Int) { open.add(change, ordering: .relaxed) }
}
