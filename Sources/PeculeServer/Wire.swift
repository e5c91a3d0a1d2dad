/// A connection's bytes as HTTP sees them: the socket's own, or what TLS carries.
protocol Wire: AnyObject {
    var socket: Socket { get }
    /// Whether a read that did not fill its buffer took all there was (epoll(7), question 9).
    var shortReadEmpties: Bool { get }
    /// What the client of a TLS connection has shown (DER).
    var clientCertificate: [UInt8]? { get }
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Transfer
    func write(_ bytes: UnsafeRawBufferPointer) -> Transfer
    /// Says that nothing more will be sent.
    func finishWriting()
}

final class PlainWire: Wire {
    let socket: Socket
    let shortReadEmpties = true
    let clientCertificate: [UInt8]? = nil

    init(_ socket: Socket) { self.socket = socket }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Transfer { socket.read(into: buffer) }

    func write(_ bytes: UnsafeRawBufferPointer) -> Transfer { socket.write(bytes) }

    func finishWriting() { socket.finishWriting() }
}

/// Bytes that wait for the other side to take them.
struct Outbox {
    enum Progress { case done, blocked, failed }

    var bytes: [UInt8] = []
    private var sent = 0

    var isEmpty: Bool { bytes.isEmpty }

    mutating func flush(to wire: any Wire) -> Progress {
        while sent < bytes.count {
            switch bytes.withUnsafeBytes({ wire.write(UnsafeRawBufferPointer(rebasing: $0[sent...])) }) {
            case .bytes(let count): sent += count
            case .wouldBlock: return .blocked
            case .closed: return .failed
            }
        }
        // A large answer must not stay in memory for as long as its connection lives.
        bytes.removeAll(keepingCapacity: bytes.capacity <= 16 << 10)
        sent = 0
        return .done
    }
}
