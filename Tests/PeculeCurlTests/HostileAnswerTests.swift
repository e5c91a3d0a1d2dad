import PeculeCurl
import PeculeHTTP
import Testing

@Suite("Hostile answers")
struct HostileAnswerTests {
    /// What the server does after it has read the whole request, and how the exchange must end.
    struct Attack: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let script: RawServer.Script
        let ending: Ending

        init(_ name: String, _ ending: Ending, _ script: @escaping RawServer.Script) {
            (testDescription, self.ending, self.script) = (name, ending, script)
        }

        /// Writes this, then closes.
        init(_ name: String, _ answer: String, _ ending: Ending) {
            self.init(name, ending) { $0.write(answer) }
        }
    }

    private static let reset = Ending.failed(.reset, mayHaveBeenReceived: true)
    private static let malformed = Ending.failed(.malformedResponse, mayHaveBeenReceived: true)
    private static let tooLarge = Ending.failed(.tooLarge, mayHaveBeenReceived: true)
    private static let timeout = Ending.failed(.timeout, mayHaveBeenReceived: true)
    private static let ok = "HTTP/1.1 200 OK\r\n"

    static let attacks = earlyEnds + brokenHeads + doubtfulLengths + floods

    private static let earlyEnds = [
        Attack("closes without a word", "", reset),
        Attack("resets without a word", reset) { $0.resetAtEnd() },
        Attack("closes in the status line", "HTTP/1.1 20", reset),
        Attack("closes in a field", ok + "Content-Le", malformed),
        Attack("closes before the end of the head", ok + "Content-Length: 2\r\n", reset),
        Attack("closes after a 100", "HTTP/1.1 100 Continue\r\n\r\n", reset),
        Attack("closes in the body", ok + "Content-Length: 10\r\n\r\nhalf", reset),
        Attack("resets in the body", reset) { connection in
            connection.write(ok + "Content-Length: 10\r\n\r\nhalf")
            connection.resetAtEnd()
        },
        Attack("closes in a chunk", ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nhal", reset),
        Attack("closes before the last chunk", ok + "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", reset),
        Attack("garbles a chunk size", ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\nhalf\r\n0\r\n\r\n", reset),
        Attack("sends a chunk of 2^64 bytes", ok + "Transfer-Encoding: chunked\r\n\r\n10000000000000001\r\nx", reset),
    ]

    private static let brokenHeads = [
        Attack("speaks HTTP/0.9", "<html>It works!</html>", malformed),
        Attack("garbles the version", "HTTP/9.9 200 OK\r\n\r\n", malformed),
        Attack("gives a status of two digits", "HTTP/1.1 20 OK\r\n\r\n", malformed),
        Attack("gives a status of four digits", "HTTP/1.1 2000 OK\r\n\r\n", malformed),
        Attack("gives status 999", "HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n", malformed),
        Attack("gives status 000", "HTTP/1.1 000 What\r\nContent-Length: 0\r\n\r\n", malformed),
        Attack("switches protocols unasked", "HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\n\r\n", malformed),
        Attack("sends a field without a colon", ok + "Content-Length: 0\r\nNo colon\r\n\r\n", malformed),
        Attack("sends a field without a name", ok + "Content-Length: 0\r\n: x\r\n\r\n", malformed),
        Attack("puts a space before the colon", ok + "Content-Length: 0\r\nX-A : b\r\n\r\n", malformed),
        Attack("puts a NUL in a field", ok + "Content-Length: 0\r\nX-A: a\0b\r\n\r\n", malformed),
        Attack("puts a control character in a field", ok + "Content-Length: 0\r\nX-A: a\u{1}b\r\n\r\n", malformed),
        Attack("answers with TLS", "\u{15}\u{3}\u{3}\0\u{2}\u{2}\u{28}", malformed),
    ]

    private static let doubtfulLengths = [
        Attack("gives two lengths", ok + "Content-Length: 2\r\nContent-Length: 3\r\n\r\nabc", malformed),
        Attack("gives the same length twice", ok + "Content-Length: 2\r\nContent-Length: 2\r\n\r\nab", malformed),
        Attack("gives a list of lengths", ok + "Content-Length: 2, 2\r\n\r\nab", malformed),
        Attack(
            "gives length and chunks", ok + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            malformed),
        Attack("gives a negative length", ok + "Content-Length: -1\r\n\r\n", malformed),
        Attack("gives a signed length", ok + "Content-Length: +2\r\n\r\nab", malformed),
        Attack("gives a hexadecimal length", ok + "Content-Length: 0x2\r\n\r\nab", malformed),
        Attack("gives a length of 10^20", ok + "Content-Length: 100000000000000000000\r\n\r\n", malformed),
        Attack("compresses the transfer", ok + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", malformed),
        Attack("names an unknown coding", ok + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", malformed),
    ]

    private static let floods = [
        Attack("sends a body without end", tooLarge) { connection in
            connection.write(ok + "\r\n")
            while connection.write(String(repeating: "x", count: 4096)) {}
        },
        Attack("sends chunks without end", tooLarge) { connection in
            connection.write(ok + "Transfer-Encoding: chunked\r\n\r\n")
            while connection.write("4\r\nabcd\r\n") {}
        },
        Attack("sends one byte too many", tooLarge) { $0.answer(String(repeating: "x", count: 65_537)) },
        Attack("sends fields without end", tooLarge) { connection in
            connection.write(ok)
            while connection.write("X-A: b\r\n") {}
        },
        Attack("sends one field without end", tooLarge) { connection in
            connection.write(ok + "X-A: ")
            while connection.write(String(repeating: "x", count: 4096)) {}
        },
        Attack("sends trailers without end", tooLarge) { connection in
            connection.write(ok + "Transfer-Encoding: chunked\r\n\r\n0\r\n")
            while connection.write("X-A: b\r\n") {}
        },
        Attack("sends 1xx without end", tooLarge) { connection in
            while connection.write("HTTP/1.1 102 Processing\r\n\r\n") {}
        },
        Attack("sends cookies without end", tooLarge) { connection in
            connection.write(ok)
            while connection.write("Set-Cookie: a=b\r\n") {}
        },
        Attack("never answers", timeout) { $0.waitForClose() },
        Attack("stops in the head", timeout) { connection in
            connection.write(ok)
            connection.waitForClose()
        },
        Attack("stops in the body", timeout) { connection in
            connection.write(ok + "Content-Length: 9\r\n\r\nhalf")
            connection.waitForClose()
        },
    ]

    @Test("each ends in its own way, in bounded time and memory", arguments: attacks)
    func ending(of attack: Attack) async {
        let server = RawServer { connection in
            connection.readRequest()
            attack.script(connection)
        }
        // Only an attack that stops needs the clock, and its request must arrive before; the others end long before.
        let total: Duration = attack.ending == Self.timeout ? .seconds(2) : .seconds(20)
        let limits = HTTPLimits(total: total, responseBody: 65_536, responseHead: 16_384)
        let request = HTTPRequest(.post, server.url, body: Array("x".utf8))
        let ending = await CurlTransport().ending(of: request, within: limits)
        #expect(ending == attack.ending)
        #expect(server.requests.count == 1)
    }

    @Test("a drip of single bytes does not move the total timeout")
    func slowDrip() async {
        let server = RawServer { connection in
            connection.readRequest()
            connection.write(Self.ok + "Content-Length: 1000000\r\n\r\n")
            // The client's silence paces the drip: a read that waits 10 ms and finds nothing.
            while connection.write("x"), connection.isQuiet(forMilliseconds: 10) {}
        }
        let limits = HTTPLimits(total: .seconds(2))
        #expect(await CurlTransport().ending(of: HTTPRequest(.get, server.url), within: limits) == Self.timeout)
    }

    @Test("a body as large as allowed, and of any type, is an answer: others judge it")
    func largestBody() async throws {
        let html = String(repeating: "<", count: 65_536)
        let server = RawServer { connection in
            connection.readRequest()
            connection.answer(html, fields: "Content-Type: text/html\r\nRetry-After: 1000000000\r\n")
        }
        let response = try await CurlTransport().send(
            HTTPRequest(.get, server.url), within: HTTPLimits(responseBody: 65_536))
        #expect(response.body == Array(html.utf8))
    }

    @Test("bytes after an answer never answer the next request", arguments: [
        "200 OK", "204 No Content", "304 Not Modified",
    ])
    func queuePoisoning(status: String) async throws {
        let length = status == "200 OK" ? "Content-Length: 0\r\n" : ""
        let poison = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfake"
        let server = RawServer { connection in
            while let request = connection.readRequest() {
                let isFirst = request.hasPrefix("GET /first")
                if isFirst { connection.write("HTTP/1.1 \(status)\r\n\(length)\r\n" + poison) }
                if !isFirst { connection.answer("real") }
            }
        }
        let transport = CurlTransport()
        _ = try await transport.send(HTTPRequest(.get, server.url + "/first"), within: HTTPLimits())
        let second = try await transport.send(HTTPRequest(.get, server.url + "/second"), within: HTTPLimits())
        #expect(second.body == Array("real".utf8))
    }
}
