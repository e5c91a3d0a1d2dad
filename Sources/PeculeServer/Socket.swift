import CPeculeSystem
import Glibc

/// What a read or a write on a non-blocking connection came to.
enum Transfer {
    case bytes(Int)
    case wouldBlock
    /// The other side ended, or the connection broke.
    case closed
}

/// A connected, non-blocking socket; closed when released.
final class Socket {
    let descriptor: Int32

    init(adopting descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Transfer {
        Self.outcome(recv(descriptor, buffer.baseAddress, buffer.count, 0))
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> Transfer {
        Self.outcome(send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL)))
    }

    /// Says that nothing more will be sent.
    func finishWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Lets the other side see a broken connection instead of an ended one.
    func resetWhenClosed() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
    }

    private static func outcome(_ count: Int) -> Transfer {
        if count > 0 { return .bytes(count) }
        if count < 0, errno == EAGAIN { return .wouldBlock }
        return .closed
    }
}
