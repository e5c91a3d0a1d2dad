import Foundation
import PeculeHTTP
import PeculeServer
import Synchronization
import Testing

/// Well-formed requests, over real sockets.
@Suite struct ExchangeTests {
    @Test func answersOnOneConnectionManyTimes() async throws {
        try await withServer { server in
            let port = server.port
            let statuses = try await onThread {
                let client = try RawClient(port: port)
                return try (0..<1000).map { number in
                    client.send("GET /\(number) HTTP/1.1\r\nHost: h\r\n\r\n")
                    return try client.response()?.fields["Seen"]
                }
            }
            #expect(statuses == (0..<1000).map { "GET /\($0)" })
        }
    }

    @Test func answersPipelinedRequestsInTheirOrder() async throws {
        // The first handlers take the longest way, so that order cannot come about by chance.
        let handler = Answer { request in
            for _ in 0..<max(0, 20 - request.target.utf8.count) { await Task.yield() }
            return HTTPResponse(status: 200, body: Array(request.target.utf8))
        }
        try await withServer(handler) { server in
            let port = server.port
            let targets = (1...20).map { "/" + String(repeating: "a", count: $0) }
            let bodies = try await onThread {
                let client = try RawClient(port: port)
                client.send(targets.map { "GET \($0) HTTP/1.1\r\nHost: h\r\n\r\n" }.joined())
                return try targets.map { _ in try client.response().map { String(decoding: $0.body, as: UTF8.self) } }
            }
            #expect(bodies == targets)
        }
    }

    @Test func carriesLargeBodiesBothWays() async throws {
        let body = (0..<900_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
        // More than a socket buffers, so that the server must write in parts.
        let large = (0..<8).reduce(into: []) { copies, _ in copies += body }
        let handler = Answer { request in HTTPResponse(status: 200, body: request.body == body ? large : []) }
        try await withServer(handler) { server in
            let port = server.port
            let received = try await onThread {
                let client = try RawClient(port: port, receiveBuffer: 64 << 10)
                client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: \(body.count)\r\n\r\n")
                client.send(body)
                return try client.response()?.body
            }
            #expect(received == large)
        }
    }
}
