import Glibc

/// The contestant of `bench gateway` that takes its time: connections whose request never ends, each sent a further
/// field twice a second, and opened anew when the server has had enough of it.
struct SlowConnections {
    private let address: sockaddr_in
    private static let beginning = Array("GET /v1/banks HTTP/1.1\r\nHost: bench\r\n".utf8)
    private static let drop = Array("A: b\r\n".utf8)

    /// Says `held` when all of them stand, and holds them until it is ended.
    static func run(_ count: Int, port: UInt16) {
        signal(SIGPIPE, SIG_IGN)
        let slow = SlowConnections(port: port)
        var sockets = (0..<count).map { _ in pollfd(fd: slow.opened(), events: Int16(POLLIN), revents: 0) }
        print("held")
        fflush(nil)
        while true {
            // Whatever the server says is that it waits no longer.
            poll(&sockets, nfds_t(count), 500)
            for index in sockets.indices {
                let socket = sockets[index].fd
                let isHeld = sockets[index].revents == 0 && write(socket, drop, drop.count) == drop.count
                guard !isHeld else { continue }
                close(socket)
                sockets[index].fd = slow.opened()
            }
        }
    }

    private init(port: UInt16) {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        self.address = address
    }

    private func opened() -> CInt {
        let socket = Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        let isConnected = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { Bench.fail("a slow connection was not taken") }
        write(socket, Self.beginning, Self.beginning.count)
        return socket
    }
}
