import PeculeHTTP
import Testing

/// Shapes in which a second request could hide, or that cost too much: each is refused, and nothing after it is read.
@Suite struct RefusedRequestTests {
    /// What stands between the request line and the empty line (`Host` included), and the error.
    @Test(arguments: [
        ("Host: h\r\nContent-Length: 5\r\nContent-Length: 6\r\n", HTTPParseError.contentLength),
        ("Host: h\r\nContent-Length: 5\r\nContent-Length: 5\r\n", .contentLength),
        ("Host: h\r\nContent-Length: 5, 5\r\n", .contentLength),
        ("Host: h\r\nContent-Length: +5\r\n", .contentLength),
        ("Host: h\r\nContent-Length: -1\r\n", .contentLength),
        ("Host: h\r\nContent-Length: 0x5\r\n", .contentLength),
        ("Host: h\r\nContent-Length: 5 5\r\n", .contentLength),
        ("Host: h\r\nContent-Length: ٥\r\n", .contentLength),
        ("Host: h\r\nContent-Length:\r\n", .contentLength),
        ("Host: h\r\nContent-Length: 100000000000000000000\r\n", .contentLength),
        ("Host: h\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n", .transferEncoding),
        ("Host: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 0\r\n", .transferEncoding),
        ("Host: h\r\nTransfer-Encoding: xchunked\r\n", .transferEncoding),
        ("Host: h\r\nTransfer-Encoding: chunked, identity\r\n", .transferEncoding),
        ("Host: h\r\nTransfer-Encoding: chunked, chunked\r\n", .transferEncoding),
        ("Host: h\r\nTransfer-Encoding: chunked,\r\n", .transferEncoding),
        ("Host: h\r\nTransfer-Encoding: , chunked\r\n", .transferEncoding),
        ("Host: h\r\nTransfer-Encoding: chunked;q=1\r\n", .transferEncoding),
        ("Host: h\r\nTransfer-Encoding: \"chunked\"\r\n", .transferEncoding),
        ("Host: h\r\nTransfer-Encoding: chunked\u{0B}\r\n", .field),
        ("Host: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", .transferEncoding),
        ("Host: h\r\nTransfer-Encoding: gzip, chunked\r\n", .codingUnknown),
        ("Host: h\r\nTransfer-Encoding : chunked\r\n", .field),
        ("Host: h\r\n Transfer-Encoding: chunked\r\n", .field),
        ("Host: h\r\nX: a\r\n folded\r\n", .field),
        ("Host: h\r\nX: a\r\n\tfolded\r\n", .field),
        ("Host: h\r\nno colon\r\n", .field),
        ("Host: h\r\n: nameless\r\n", .field),
        ("Host: h\r\nX\u{E9}: a\r\n", .field),
        ("Host: h\r\nX: a\0b\r\n", .field),
        ("Host: h\r\nX: a\u{01}b\r\n", .field),
        ("Host: h\r\nX: a\u{7F}b\r\n", .field),
        ("Host: h\r\nX: a\nY: b\r\n", .lineBreak),
        ("Host: h\nX: a\r\n", .lineBreak),
        ("Host: h\r\nX: a\rY: b\r\n", .lineBreak),
        ("Host: h\r\nX: a\r\r\n", .lineBreak),
        ("", .host),
        ("Host:\r\n", .host),
        ("Host: h\r\nHost: h\r\n", .host),
        ("Host: h\r\nhost: other\r\n", .host),
        ("Host: h, other\r\n", .host),
        ("Host: h/path\r\n", .host),
        ("Host: user@h\r\n", .host),
        ("Host: h:\r\n", .host),
        ("Host: h:65536\r\n", .host),
        ("Host: h:8o\r\n", .host),
        ("Host: [::1\r\n", .host),
        ("Host: []\r\n", .host),
        ("Host: [::1]x\r\n", .host),
        ("Host: é.example\r\n", .host),
    ])
    func refusesFields(fields: String, error: HTTPParseError) {
        expectRefusal(of: "POST / HTTP/1.1\r\n\(fields)\r\n", as: error)
    }

    @Test(arguments: [
        ("GET / HTTP/1.1 ", HTTPParseError.requestLine),
        ("GET  / HTTP/1.1", .target),
        (" GET / HTTP/1.1", .requestLine),
        ("GET\t/ HTTP/1.1", .requestLine),
        ("GET /", .requestLine),
        ("", .requestLine),
        ("G@T / HTTP/1.1", .requestLine),
        ("GET / http/1.1", .requestLine),
        ("GET / HTTP/1.10", .requestLine),
        ("GET / HTTP/+.1", .requestLine),
        ("GET / HTTP/1.2", .version),
        ("PRI * HTTP/2.0", .version),
        ("GET / HTTP/0.9", .version),
        ("GET /a b HTTP/1.1", .target),
        ("GET  HTTP/1.1", .target),
        ("GET /a\u{01} HTTP/1.1", .target),
        ("GET /a\0 HTTP/1.1", .target),
        ("GET /é HTTP/1.1", .target),
        ("GET /a#b HTTP/1.1", .target),
        ("GET * HTTP/1.1", .target),
        ("GET a HTTP/1.1", .target),
        ("CONNECT h:80 HTTP/1.1", .target),
        ("GET http://other/ HTTP/1.1", .target),
        ("GET http://h@other/ HTTP/1.1", .target),
        ("GET http://h:80/ HTTP/1.1", .target),
        ("GET http:///a HTTP/1.1", .target),
        ("GET ftp://h/ HTTP/1.1", .target),
        ("PROPERTIESOFTHING / HTTP/1.1", .methodTooLong),
    ])
    func refusesRequestLines(line: String, error: HTTPParseError) {
        expectRefusal(of: "\(line)\r\nHost: h\r\n\r\n", as: error)
    }

    @Test(arguments: [
        ("5\r\nhelloX\r\n", HTTPParseError.chunk),
        ("5\r\nhello0\r\n\r\n", .chunk),
        ("5\r\nhello\n0\r\n\r\n", .lineBreak),
        ("5\nhello\r\n", .lineBreak),
        ("5\rhello\r\n", .lineBreak),
        ("\r\n", .chunk),
        ("5 \r\nhello\r\n", .chunk),
        (" 5\r\nhello\r\n", .chunk),
        ("+5\r\nhello\r\n", .chunk),
        ("0x5\r\nhello\r\n", .chunk),
        ("-1\r\n", .chunk),
        ("5;a\0b\r\nhello\r\n", .chunk),
        ("8000000000000000\r\n", .chunk),
        ("FFFFFFFFFFFFFFFFF\r\n", .chunk),
        ("00000000000000005\r\nhello\r\n", .chunk),
        ("7FFFFFFFFFFFFFFF\r\n", .bodyTooLarge),
        ("0\r\nbad trailer\r\n\r\n", .field),
        ("0\r\nX : y\r\n\r\n", .field),
    ])
    func refusesChunks(chunks: String, error: HTTPParseError) {
        expectRefusal(of: "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks, as: error)
    }

    @Test func refusesChunksInHTTP10() {
        expectRefusal(of: "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", as: .transferEncoding)
    }

    @Test func refusesFieldsThatAreNotUTF8() throws {
        var parser = HTTPRequestParser()
        parser.feed("GET / HTTP/1.1\r\nHost: h\r\nX: "[...].bytes + [0xC0, 0xAF] + "\r\n\r\n"[...].bytes)
        #expect(throws: HTTPParseError.field) { try parser.next() }
    }

    /// Each limit at its last allowed value, then one beyond.
    @Test(arguments: [
        (String(repeating: "a", count: 50), "", "", nil),
        (String(repeating: "a", count: 51), "", "", HTTPParseError.requestLineTooLong),
        ("a", "X: " + String(repeating: "b", count: 69) + "\r\n", "", nil),
        ("a", "X: " + String(repeating: "b", count: 70) + "\r\n", "", .headTooLarge),
        ("a", "A: b\r\nB: c\r\nC: d\r\n", "", nil),
        ("a", "A: b\r\nB: c\r\nC: d\r\nD: e\r\n", "", .headTooLarge),
        ("a", "Content-Length: 10\r\n", "0123456789", nil),
        ("a", "Content-Length: 11\r\n", "", .bodyTooLarge),
        ("a", "Transfer-Encoding: chunked\r\n", "9\r\n012345678\r\n1\r\n9\r\n0\r\n\r\n", nil),
        ("a", "Transfer-Encoding: chunked\r\n", "9\r\n012345678\r\n2\r\n", .bodyTooLarge),
        ("a", "Transfer-Encoding: chunked\r\n", "1;" + String(repeating: "e", count: 100) + "\r\n", .chunk),
        ("a", "Transfer-Encoding: chunked\r\n", String(repeating: "1;eeeeeeeee\r\nx\r\n", count: 9), .chunk),
        ("a", "Transfer-Encoding: chunked\r\n", "0\r\nA: b\r\nB: c\r\nC: d\r\nD: e\r\n\r\n", nil),
        ("a", "Transfer-Encoding: chunked\r\n", "0\r\nA:\r\nB:\r\nC:\r\nD:\r\nE:\r\n\r\n", .headTooLarge),
    ] as [(String, String, String, HTTPParseError?)])
    func keepsToItsLimits(target: String, fields: String, body: String, error: HTTPParseError?) {
        let limits = HTTPRequestParser.Limits(requestLine: 64, head: 100, fields: 4, body: 10)
        let text = "PUT /\(target) HTTP/1.1\r\nHost: h\r\n\(fields)\r\n\(body)"
        for size in [Int.max, 1] {
            #expect(refusal(of: text, by: size, limits: limits) == error, "in pieces of \(size)")
        }
    }

    @Test func refusesALineWithoutEndBeforeItsEndComes() {
        let limits = HTTPRequestParser.Limits(requestLine: 10, head: 30)
        #expect(refusal(of: "GET /0123456789", limits: limits) == .requestLineTooLong)
        #expect(refusal(of: "GET / HTTP/1.1\r\nX: 0123456789012345", limits: .init(head: 30)) == .headTooLarge)
    }

    @Test(arguments: HTTPParseError.allCases)
    func everyErrorHasAProblemDocument(error: HTTPParseError) throws {
        let document = try JSON(parsing: error.response.body)
        #expect(document["status"]?.integer == error.status && document["code"]?.string == error.rawValue)
        #expect([400, 413, 414, 431, 501, 505].contains(error.status))
    }

    private func refusal(
        of text: String, by size: Int = .max, limits: HTTPRequestParser.Limits = .init()
    ) -> HTTPParseError? {
        do throws(HTTPParseError) {
            _ = try read(text, by: size, limits: limits)
            return nil
        } catch { return error }
    }

    /// The error comes however the bytes are cut, and a request behind it is never read.
    private func expectRefusal(
        of text: String, as error: HTTPParseError, at location: SourceLocation = #_sourceLocation
    ) {
        for size in [Int.max, 1] {
            #expect(refusal(of: text, by: size) == error, "in pieces of \(size)", sourceLocation: location)
        }
        var parser = HTTPRequestParser()
        parser.feed(text[...].bytes)
        #expect(throws: error, sourceLocation: location) { while try parser.next() != .needMore {} }
        parser.feed("\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n"[...].bytes)
        #expect(throws: error, sourceLocation: location) { try parser.next() }
    }
}
