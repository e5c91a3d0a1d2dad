import PeculeCurl
import PeculeHTTP
import Testing

@Suite("One exchange")
struct ExchangeTests {
    private let transport = CurlTransport()

    /// What the server received when the transport sent this.
    private func received(_ make: (String) -> HTTPRequest) async throws -> String {
        let server = RawServer { connection in
            connection.readRequest()
            connection.answer()
        }
        _ = try await transport.send(make(server.url), within: HTTPLimits())
        return try #require(server.requests.first)
            .replacing("127.0.0.1:\(server.port)", with: "HOST")
    }

    @Test("each method puts on the wire exactly what it was given", arguments: [
        (HTTPMethod.get, "", "GET /a?b=c HTTP/1.1\r\nHost: HOST\r\nUser-Agent: pecule\r\n\r\n"),
        (.delete, "", "DELETE /a?b=c HTTP/1.1\r\nHost: HOST\r\nUser-Agent: pecule\r\n\r\n"),
        (.options, "", "OPTIONS /a?b=c HTTP/1.1\r\nHost: HOST\r\nUser-Agent: pecule\r\n\r\n"),
        (.post, "", "POST /a?b=c HTTP/1.1\r\nHost: HOST\r\nUser-Agent: pecule\r\nContent-Length: 0\r\n\r\n"),
        (.post, "é", "POST /a?b=c HTTP/1.1\r\nHost: HOST\r\nUser-Agent: pecule\r\nContent-Length: 2\r\n\r\né"),
        (.put, "x", "PUT /a?b=c HTTP/1.1\r\nHost: HOST\r\nUser-Agent: pecule\r\nContent-Length: 1\r\n\r\nx"),
        (.patch, "x", "PATCH /a?b=c HTTP/1.1\r\nHost: HOST\r\nUser-Agent: pecule\r\nContent-Length: 1\r\n\r\nx"),
        (.delete, "x", "DELETE /a?b=c HTTP/1.1\r\nHost: HOST\r\nUser-Agent: pecule\r\nContent-Length: 1\r\n\r\nx"),
    ])
    func wire(method: HTTPMethod, body: String, expected: String) async throws {
        let sent = try await received { HTTPRequest(method, $0 + "/a?b=c", body: Array(body.utf8)) }
        #expect(sent == expected)
    }

    @Test("fields go out in their order, empty and repeated ones too")
    func fields() async throws {
        let sent = try await received {
            HTTPRequest(
                .get, $0 + "/../a%2Fb",
                fields: ["X-B": "1", "Accept": "application/json", "X-Empty": "", "X-B": "2", "User-Agent": "mine"])
        }
        #expect(
            sent == "GET /../a%2Fb HTTP/1.1\r\nHost: HOST\r\nX-B: 1\r\nAccept: application/json\r\nX-Empty:\r\n"
                + "X-B: 2\r\nUser-Agent: mine\r\n\r\n")
    }

    @Test("a body of two megabytes arrives whole and is asked for by no Expect")
    func largeBody() async throws {
        let body = String(repeating: "0123456789abcdef", count: 1 << 17)
        let sent = try await received { HTTPRequest(.post, $0, body: Array(body.utf8)) }
        #expect(sent.hasSuffix("\r\n\r\n" + body))
        #expect(!sent.prefix(200).lowercased().contains("expect"))
    }

    @Test("the answer is that of the final response: status, fields in order, exact bytes")
    func response() async throws {
        let server = RawServer { connection in
            connection.readRequest()
            connection.write("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")
            connection.write("HTTP/1.1 422 \r\nX-B:  1 \r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n")
            connection.write("X-B: é\r\nX-Empty:\r\n\r\n")
            connection.write("3\r\n")
            connection.write([0, 0xFF, 0x1F])
            connection.write("\r\n1;x=y\r\nb\r\n0\r\nX-Trailer: no\r\n\r\n")
            connection.waitForClose()
        }
        let response = try await transport.send(HTTPRequest(.get, server.url), within: HTTPLimits())
        #expect(response.status == 422)
        #expect(response.fields == [
            "X-B": "1", "Content-Encoding": "gzip", "Transfer-Encoding": "chunked", "X-B": "é", "X-Empty": "",
        ])
        #expect(response.body == [0, 0xFF, 0x1F, 0x62])
    }

    @Test("HEAD does not wait for the body it announces")
    func head() async throws {
        let server = RawServer { connection in
            connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n")
            connection.readRequest()
            connection.answer("next")
        }
        let head = try await transport.send(HTTPRequest(.head, server.url), within: HTTPLimits())
        #expect(head == HTTPResponse(status: 200, fields: ["Content-Length": "99"]))
        let next = try await transport.send(HTTPRequest(.get, server.url), within: HTTPLimits())
        #expect(next.body == Array("next".utf8))
    }

    @Test("a handle that carried one method carries any other next")
    func methodsInTurn() async throws {
        let server = RawServer { connection in
            while connection.readRequest() != nil { connection.answer() }
        }
        let requests = [
            HTTPRequest(.post, server.url, fields: ["Content-Type": "text/plain"], body: [0x61]),
            HTTPRequest(.get, server.url), HTTPRequest(.put, server.url, body: [0x62]),
            HTTPRequest(.get, server.url),
        ]
        for request in requests {
            #expect(try await transport.send(request, within: HTTPLimits()).body == Array("ok".utf8))
        }
        let lines = server.requests.map { $0.split(separator: " ")[0] + ($0.contains("Content-") ? "+body" : "") }
        #expect(lines == ["POST+body", "GET", "PUT+body", "GET"])
    }

    @Test("a redirect is an answer like another, and a cookie is not kept")
    func redirect() async throws {
        let server = RawServer { connection in
            while connection.readRequest() != nil {
                connection.write("HTTP/1.1 302 Found\r\nLocation: /x\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n")
            }
        }
        for _ in 1...2 {
            let response = try await transport.send(HTTPRequest(.get, server.url + "/a"), within: HTTPLimits())
            #expect(response.status == 302)
            #expect(response.fields["Location"] == "/x")
        }
        #expect(server.requests.count == 2)
        #expect(server.requests.allSatisfy { $0.hasPrefix("GET /a ") && !$0.contains("Cookie") })
    }
}
