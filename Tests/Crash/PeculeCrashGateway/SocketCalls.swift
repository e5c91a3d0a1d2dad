import Foundation
import Glibc
import Synchronization

// The calls by which libpq speaks with PostgreSQL: the durable write is the server's, and begins with a commit.

/// The store's connections are those to the server's port.
enum StoreServer {
    private struct State {
        var port: UInt16?
        /// Those on which a commit was sent and not answered yet.
        var committing: Set<Int32> = []
    }

    private static let state = Mutex(State())

    static func watch(_ connection: String) {
        state.withLock { $0.port = URL(string: connection)?.port.map(UInt16.init) }
    }

    static func isAtEnd(of socket: Int32) -> Bool {
        guard let port = state.withLock(\.port) else { return false }
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let failure = withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(socket, $0, &size) }
        }
        return failure == 0 && UInt16(bigEndian: address.sin_port) == port
    }

    static func sends(_ bytes: UnsafeRawBufferPointer, on socket: Int32) -> Bool {
        let commits = bytes.starts(with: plainCommit) || bytes.firstRange(of: preparedCommit) != nil
        if commits { state.withLock { _ = $0.committing.insert(socket) } }
        return commits
    }

    /// A simple query, with its length before it; the unnamed portal and the name of the statement that it is to run.
    private static let plainCommit: [UInt8] = Array("Q\0\0\0\u{0B}COMMIT\0".utf8)
    private static let preparedCommit: [UInt8] = Array("\0commit\0".utf8)

    static func isAnswering(on socket: Int32) -> Bool { state.withLock { $0.committing.remove(socket) != nil } }
}

private typealias Send = @convention(c) @Sendable (Int32, UnsafeRawPointer?, Int, Int32) -> Int
private typealias Receive = @convention(c) @Sendable (Int32, UnsafeMutableRawPointer?, Int, Int32) -> Int

private let realSend = next("send", Send.self)
private let realReceive = next("recv", Receive.self)

@_cdecl("send")
public func send(_ socket: Int32, _ bytes: UnsafeRawPointer?, _ count: Int, _ flags: Int32) -> Int {
    guard StoreServer.isAtEnd(of: socket),
        StoreServer.sends(UnsafeRawBufferPointer(start: bytes, count: count), on: socket)
    else { return realSend(socket, bytes, count, flags) }
    return losing(socket, "send") { realSend(socket, bytes, count, flags) }
}

@_cdecl("recv")
public func recv(_ socket: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int, _ flags: Int32) -> Int {
    let result = realReceive(socket, bytes, count, flags)
    guard result > 0, StoreServer.isAtEnd(of: socket), StoreServer.isAnswering(on: socket) else { return result }
    return losing(socket, "recv") { result }
}

/// A call that is made to fail has lost the connection.
private func losing(_ socket: Int32, _ call: String, _ make: () -> Int) -> Int {
    let result = Guillotine.pass(call, call == "send" ? [.before, .after] : [.after], fault: ECONNRESET, make)
    if result < 0, errno == ECONNRESET { shutdown(socket, Int32(SHUT_RDWR)) }
    return result
}
