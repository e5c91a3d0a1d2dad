import PeculeHTTP
import Testing

/// Well-formed requests. The shapes that are refused stand in `RefusedRequestTests`.
@Suite struct RequestParserTests {
    @Test func readsMethodTargetFieldsAndBody() throws {
        let events = try read(
            "POST /a/b?c=d HTTP/1.1\r\nHost: h\r\nX-Note:\t two words \t\r\nContent-Length: 3\r\n\r\nxyz")
        let fields: HTTPFields = ["Host": "h", "X-Note": "two words", "Content-Length": "3"]
        let request = HTTPRequest(.post, "/a/b?c=d", fields: fields, body: Array("xyz".utf8))
        #expect(events == [.request(request, keepAlive: true)])
    }

    @Test(arguments: [
        ("5\r\nhello\r\n0\r\n\r\n", "hello"),
        ("5;a=b;c=\"d\"\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", "hello world"),
        ("0000A\r\n0123456789\r\n0\r\n\r\n", "0123456789"),
        ("a\r\n0123456789\r\n0;last\r\n\r\n", "0123456789"),
        ("2\r\n\r\n\r\n0\r\n\r\n", "\r\n"),
        ("0\r\n\r\n", ""),
    ])
    func joinsChunks(chunks: String, body: String) throws {
        let events = try read("PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n" + chunks)
        #expect(requests(events).map { String(decoding: $0.body, as: UTF8.self) } == [body])
    }

    @Test func dropsTrailers() throws {
        let events = try read(
            "PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "1\r\nx\r\n0\r\nAuthorization: Bearer stolen\r\nHost: other\r\n\r\n")
        #expect(requests(events).first?.fields == ["Host": "h", "Transfer-Encoding": "chunked"])
    }

    @Test func separatesPipelinedRequests() throws {
        let events = try read(
            "POST /1 HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nabGET /2 HTTP/1.1\r\nHost: h\r\n\r\n"
                + "POST /3 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                + "GET /4 HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(requests(events).map(\.target) == ["/1", "/2", "/3", "/4"])
        #expect(requests(events).map(\.body.count) == [2, 0, 0, 0])
    }

    @Test(arguments: [
        ("HTTP/1.1", "", true),
        ("HTTP/1.1", "Connection: close\r\n", false),
        ("HTTP/1.1", "Connection: foo, Close\r\n", false),
        ("HTTP/1.1", "Connection: foo\r\nConnection: close\r\n", false),
        ("HTTP/1.1", "Connection: closed\r\n", true),
        ("HTTP/1.0", "", false),
        ("HTTP/1.0", "Connection: keep-alive\r\n", false),
    ])
    func knowsWhetherTheConnectionLasts(version: String, field: String, lasts: Bool) throws {
        let events = try read("GET / \(version)\r\nHost: h\r\n\(field)\r\n")
        #expect(events.map { $0 == .request(requests(events)[0], keepAlive: true) } == [lasts])
    }

    @Test func asksForABodyHeldBack() throws {
        var parser = HTTPRequestParser()
        parser.feed("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\nContent-Length: 1\r\n\r\n"[...].bytes)
        #expect(try parser.next() == .expectsContinue)
        #expect(try parser.next() == .needMore)
        parser.feed("x"[...].bytes)
        #expect(requests([try parser.next()]).first?.body == Array("x".utf8))
    }

    @Test func doesNotAskForABodyAlreadyThere() throws {
        let head = "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n"
        #expect(requests(try read(head + "x")).count == 1)
        #expect(try read(head + "x").count == 1)
    }

    /// RFC 9112, section 3.2.2.
    @Test(arguments: [
        ("http://h/a?b", "h", "/a?b"),
        ("HTTPS://H:8443/a", "h:8443", "/a"),
        ("http://h", "h", "/"),
        ("http://h?b", "h", "/?b"),
        ("/http://other/", "h", "/http://other/"),
    ])
    func bringsTargetsToOriginForm(target: String, host: String, origin: String) throws {
        #expect(requests(try read("GET \(target) HTTP/1.1\r\nHost: \(host)\r\n\r\n")).map(\.target) == [origin])
    }

    @Test(arguments: ["h", "bank.example", "127.0.0.1:80", "[::1]", "[2001:db8::1]:65535", "a_b-c"])
    func takesHosts(host: String) throws {
        #expect(requests(try read("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n")).count == 1)
    }

    @Test func tellsWhatItWaitsFor() throws {
        var parser = HTTPRequestParser()
        var phases = [parser.phase]
        for part in ["G", "ET / HTTP/1.1\r\nHost: h\r\n", "Content-Length: 1\r\n\r\n", "x"] {
            parser.feed(part[...].bytes)
            _ = try parser.next()
            phases.append(parser.phase)
        }
        #expect(phases == [.idle, .head, .head, .body, .idle])
    }

    @Test func bytesOneByOneSayTheSame() throws {
        let text =
            "POST /1 HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab"
            + "PUT /2 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3;x\r\nabc\r\n0\r\nT: v\r\n\r\n"
        #expect(try read(text, by: 1) == read(text))
        #expect(try read(text).count == 2)
    }
}

/// All events but `.needMore`, when `text` comes in pieces of `size` bytes.
func read(
    _ text: String, by size: Int = .max, limits: HTTPRequestParser.Limits = .init()
) throws(HTTPParseError) -> [HTTPRequestParser.Event] {
    var parser = HTTPRequestParser(limits: limits)
    var events: [HTTPRequestParser.Event] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
        parser.feed(rest.prefix(size))
        rest = rest.dropFirst(size)
        while true {
            let event = try parser.next()
            if event == .needMore { break }
            events.append(event)
        }
    }
    return events
}

func requests(_ events: [HTTPRequestParser.Event]) -> [HTTPRequest] {
    events.compactMap { if case .request(let request, _) = $0 { request } else { nil } }
}

extension Substring {
    var bytes: ArraySlice<UInt8> { Array(utf8)[...] }
}
