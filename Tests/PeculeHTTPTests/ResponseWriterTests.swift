import PeculeHTTP
import Testing

@Suite struct ResponseWriterTests {
    private func written(
        _ response: HTTPResponse, to method: HTTPMethod = .get, closing: Bool = false, at second: Int = 784_111_777
    ) -> String {
        var writer = HTTPResponseWriter(now: { second })
        var out: [UInt8] = []
        writer.write(response, answering: method, closing: closing, into: &out)
        return String(decoding: out, as: UTF8.self)
    }

    @Test func writesHeadAndBody() {
        let response = HTTPResponse(status: 201, fields: ["Content-Type": "text/plain"], body: Array("été".utf8))
        #expect(
            written(response) == "HTTP/1.1 201 Created\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n"
                + "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\nété")
    }

    @Test func announcesTheEndOfTheConnection() {
        #expect(written(HTTPResponse(status: 200), closing: true).contains("\r\nConnection: close\r\n"))
        #expect(!written(HTTPResponse(status: 200)).contains("Connection"))
    }

    @Test(arguments: [
        (HTTPMethod.head, 200, "Content-Length: 2", ""),
        (.get, 204, nil, ""),
        (.get, 304, nil, ""),
        (.get, 200, "Content-Length: 2", "ok"),
        (.post, 418, "Content-Length: 2", "ok"),
    ] as [(HTTPMethod, Int, String?, String)])
    func sendsABodyOnlyWhereOneMayStand(method: HTTPMethod, status: Int, length: String?, body: String) {
        let lines = written(HTTPResponse(status: status, body: Array("ok".utf8)), to: method).split(
            separator: "\r\n", omittingEmptySubsequences: false)
        #expect(lines.first { $0.hasPrefix("Content-Length") }.map(String.init) == length)
        #expect(lines.last.map(String.init) == body)
    }

    @Test(arguments: [
        HTTPResponse(status: 200, fields: ["X": "a\r\nSet-Cookie: b"]),
        HTTPResponse(status: 200, fields: ["X": "a\nb"]),
        HTTPResponse(status: 200, fields: ["X": "a\0b"]),
        HTTPResponse(status: 200, fields: ["X Y": "a"]),
        HTTPResponse(status: 200, fields: ["": "a"]),
        HTTPResponse(status: 199),
        HTTPResponse(status: 600),
    ])
    func answersInsteadOfForging(response: HTTPResponse) {
        let text = written(response)
        #expect(text.hasPrefix("HTTP/1.1 500 ") && text.contains("\"code\":\"unsendable\""))
        #expect(!text.contains("\r\nX") && !text.contains("Cookie"))
    }

    @Test func ownsTheFramingFields() {
        let fields: HTTPFields = [
            "content-length": "99", "Transfer-Encoding": "chunked", "CONNECTION": "upgrade", "date": "never",
        ]
        #expect(written(HTTPResponse(status: 200, fields: fields)) == written(HTTPResponse(status: 200)))
    }

    /// How the head frames what follows, what one piece, an empty one and the end then look like, and whether the
    /// connection ends with them.
    static let streams: [(method: HTTPMethod, status: Int, isHTTP11: Bool, line: String?, body: String, ends: Bool)] = [
        (.get, 200, true, "Transfer-Encoding: chunked", "11\r\nseventeen letters\r\n0\r\n\r\n", false),
        (.get, 200, false, nil, "seventeen letters", true),
        (.head, 200, true, "Transfer-Encoding: chunked", "", false),
        (.head, 200, false, nil, "", true),
        (.get, 204, true, nil, "", false),
        (.get, 304, true, nil, "", false),
    ]

    @Test(arguments: streams)
    func framesWhatComesInPieces(
        row: (method: HTTPMethod, status: Int, isHTTP11: Bool, line: String?, body: String, ends: Bool)
    ) {
        let (head, rest) = streamed(HTTPResponse(status: row.status), to: row.method, isHTTP11: row.isHTTP11)
        #expect(head.first { $0.hasPrefix("Transfer") || $0.hasPrefix("Content") } == row.line)
        #expect(rest == row.body)
        #expect(head.contains("Connection: close") == row.ends)
    }

    @Test func forgesNothingBeforePieces() {
        let (head, rest) = streamed(HTTPResponse(status: 200, fields: ["X": "a\r\nb"]), to: .get, isHTTP11: true)
        #expect(head.first == "HTTP/1.1 500 Internal Server Error" && !head.contains { $0.hasPrefix("Transfer") })
        #expect(rest.contains("unsendable") && !rest.contains("seventeen"))
    }

    private func streamed(
        _ response: HTTPResponse, to method: HTTPMethod, isHTTP11: Bool
    ) -> (head: [String], rest: String) {
        var writer = HTTPResponseWriter(now: { 0 })
        var out: [UInt8] = []
        let pieces = writer.writeHead(
            streaming: response, answering: method, isHTTP11: isHTTP11, closing: false, into: &out)
        for piece in ["seventeen letters", ""] { pieces?.write(Array(piece.utf8), into: &out) }
        pieces?.writeEnd(into: &out)
        let parts = String(decoding: out, as: UTF8.self).split(separator: "\r\n\r\n", maxSplits: 1)
        let rest = parts.count == 2 ? String(parts[1]) : ""
        return (parts[0].split(separator: "\r\n").map(String.init), rest)
    }

    @Test(arguments: [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (951_782_399, "Mon, 28 Feb 2000 23:59:59 GMT"),
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
        (951_868_800, "Wed, 01 Mar 2000 00:00:00 GMT"),
        (1_793_404_800, "Sat, 31 Oct 2026 00:00:00 GMT"),
        (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
        (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
    ])
    func writesDates(second: Int, date: String) {
        #expect(written(HTTPResponse(status: 204), at: second).contains("\r\nDate: \(date)\r\n"))
    }

    @Test func followsItsClock() {
        let clock = Clock()
        var writer = HTTPResponseWriter(now: { clock.next() })
        var out: [UInt8] = []
        for _ in 0..<3 { writer.write(HTTPResponse(status: 204), closing: false, into: &out) }
        let text = String(decoding: out, as: UTF8.self)
        for second in ["01", "02", "03"] { #expect(text.contains("00:00:\(second) GMT")) }
    }
}

import Synchronization

private final class Clock: Sendable {
    private let second = Mutex(0)

    func next() -> Int {
        second.withLock {
            $0 += 1
            return $0
        }
    }
}
