import CPeculeSystem
import Foundation
import Glibc
import PeculeHTTP
import PeculeServer

/// A client that knows nothing but bytes. Blocking: use it inside `onThread`.
final class RawClient {
    private let descriptor: Int32
    private var received: [UInt8] = []

    /// `receiveBuffer` bounds what the system takes in unread.
    init(port: UInt16, receiveBuffer: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var size = receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        // Long beyond any answer: a test that reaches it has failed.
        var patience = timeval(tv_sec: 300, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw RawClientError.connect(errno) }
    }

    deinit { close(descriptor) }

    /// Sends all of it; false when the server has closed.
    @discardableResult
    func send(_ bytes: some Collection<UInt8>) -> Bool {
        var rest = ArraySlice(Array(bytes))
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(text.utf8) }

    func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// The next response, its length taken from Content-Length; nil when the connection ends before it.
    func response() throws -> HTTPResponse? {
        var end = received.firstRange(of: Self.emptyLine)
        while end == nil {
            guard try receiveMore() else { return nil }
            end = received.firstRange(of: Self.emptyLine)
        }
        guard let end else { return nil }
        var response = Self.head(received[..<end.lowerBound])
        let length = end.upperBound + (response.fields["Content-Length"].flatMap { Int($0) } ?? 0)
        while received.count < length { guard try receiveMore() else { return nil } }
        response.body = Array(received[end.upperBound..<length])
        received.removeFirst(length)
        return response
    }

    /// The next piece of a chunked body, empty at its end; nil when the connection ends before it.
    func chunk() throws -> [UInt8]? {
        var end = received.firstRange(of: Self.lineEnd)
        while end == nil {
            guard try receiveMore() else { return nil }
            end = received.firstRange(of: Self.lineEnd)
        }
        guard let end, let size = Int(String(decoding: received[..<end.lowerBound], as: UTF8.self), radix: 16)
        else { return nil }
        let last = end.upperBound + size
        while received.count < last + 2 { guard try receiveMore() else { return nil } }
        defer { received.removeFirst(last + 2) }
        return Array(received[end.upperBound..<last])
    }

    /// Everything up to the end of the connection.
    func rest() throws -> [UInt8] {
        while try receiveMore() {}
        defer { received = [] }
        return received
    }

    /// False at the end of the connection, be it orderly or not.
    private func receiveMore() throws -> Bool {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        var count: Int
        // A program that was stopped goes on with interrupted reads.
        repeat { count = recv(descriptor, &buffer, buffer.count, 0) } while count < 0 && errno == EINTR
        if count < 0, errno == EAGAIN { throw RawClientError.timeout }
        received += buffer[..<max(0, count)]
        return count > 0
    }

    private static let lineEnd = Array("\r\n".utf8)
    private static let emptyLine = Array("\r\n\r\n".utf8)

    private static func head(_ bytes: ArraySlice<UInt8>) -> HTTPResponse {
        let lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")
        var response = HTTPResponse(status: lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0)
        for line in lines.dropFirst() {
            let halves = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let value = halves.count == 2 ? halves[1].trimmingCharacters(in: .whitespaces) : ""
            response.fields.append(value, for: String(halves[0]))
        }
        return response
    }
}

/// A client handed from thread to thread.
// @unchecked: the test uses it from one thread at a time, and `onThread` orders the uses.
final class Transferred: @unchecked Sendable {
    let client: RawClient

    init(_ client: RawClient) { self.client = client }
}

enum RawClientError: Error {
    case connect(Int32)
    case timeout
}

/// Runs what blocks on a thread of its own, so that it holds none of the threads that tests share.
func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
    }
}

/// A handler made of a closure.
struct Answer: HTTPHandler {
    let answer: @Sendable (HTTPRequest) async -> HTTPResponse

    init(_ answer: @escaping @Sendable (HTTPRequest) async -> HTTPResponse) { self.answer = answer }

    func respond(to request: HTTPRequest) async -> HTTPResponse { await answer(request) }

    /// Says what it was asked.
    static let echo = Answer { request in
        HTTPResponse(status: 200, fields: ["Seen": "\(request.method) \(request.target)"], body: request.body)
    }
}

/// Starts a server for the time of `body` and stops it without grace.
func withServer(
    limits: HTTPServerLimits = .patient, tls: TLSIdentity? = nil, loops: Int = 2,
    _ handler: any HTTPHandler = Answer.echo, _ body: (HTTPServer) async throws -> Void
) async throws {
    let server = try HTTPServer.start(.init(loops: loops, limits: limits, tls: tls), handler: handler)
    do {
        try await body(server)
    } catch {
        await server.stop(within: .zero)
        throw error
    }
    await server.stop(within: .zero)
}

extension HTTPServerLimits {
    static let patient = patient()

    /// Longer than any test takes on a busy machine: what a test does not ask about must not end it.
    static func patient(
        body: Int = 1 << 20, writeTimeout: Duration = .seconds(600), connections: Int = 4096
    ) -> HTTPServerLimits {
        let long = Duration.seconds(600)
        return HTTPServerLimits(
            body: body, headTimeout: long, bodyTimeout: long, idleTimeout: long, writeTimeout: writeTimeout,
            connections: connections)
    }
}

/// Suspends until the task is cancelled, however long that takes.
func untilCancelled() async {
    let (never, source) = AsyncStream.makeStream(of: Void.self)
    _ = await never.first { true }
    withExtendedLifetime(source) {}
}
