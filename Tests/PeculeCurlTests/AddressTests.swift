import Glibc
import PeculeCurl
import PeculeHTTP
import Synchronization
import Testing

/// The address that is connected to may be refused, whatever the name said before.
@Suite("Addresses that must not be connected to")
struct AddressTests {
    @Test("a refused address sees no connection, by whatever name", arguments: [
        "127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::ffff:127.0.0.1]", "[::1]",
    ])
    func refused(host: String) async {
        let accepted = Mutex(0)
        let server = RawServer { connection in
            accepted.withLock { $0 += 1 }
            connection.readRequest()
            connection.answer()
        }
        let transport = CurlTransport(.init(admits: { $0.isPublic }))
        let ending = await transport.ending(of: HTTPRequest(.post, "http://\(host):\(server.port)/", body: [1]))
        #expect(ending == .failed(.forbidden, mayHaveBeenReceived: false))
        #expect(accepted.withLock { $0 } == 0)
    }

    @Test("each address is asked about when its connection is opened")
    func asked() async {
        let asked = Mutex<[IPAddress]>([])
        let isOpen = Mutex(true)
        let server = RawServer { connection in
            while connection.readRequest() != nil { connection.answer() }
        }
        let transport = CurlTransport(.init { address in
            asked.withLock { $0.append(address) }
            return isOpen.withLock { $0 }
        })
        for _ in 1...2 { #expect(await transport.ending(of: HTTPRequest(.get, server.url)) == .status(200)) }
        #expect(asked.withLock { $0.map(\.bytes) } == [[127, 0, 0, 1]], "the second used the kept connection")
        isOpen.withLock { $0 = false }
        let other = RawServer { $0.waitForClose() }
        let refused = await transport.ending(of: HTTPRequest(.get, other.url))
        #expect(refused == .failed(.forbidden, mayHaveBeenReceived: false))
    }

    @Test("a redirect leads nowhere")
    func redirect() async {
        let inside = RawServer { $0.waitForClose() }
        let server = RawServer { connection in
            connection.readRequest()
            connection.write("HTTP/1.1 307 Temporary Redirect\r\nLocation: \(inside.url)\r\nContent-Length: 0\r\n\r\n")
        }
        #expect(await CurlTransport().ending(of: HTTPRequest(.post, server.url, body: [1])) == .status(307))
        #expect(inside.requests.isEmpty)
    }

    @Test("names are resolved by the system", arguments: [
        ("127.0.0.1", ["127.0.0.1"]), ("2130706433", ["127.0.0.1"]), ("::1", ["::1"]), ("fe80::1", ["fe80::1"]),
        (String(repeating: "a", count: 64) + ".example", []),
    ])
    func resolved(host: String, addresses: [String]) async {
        #expect(await HostResolver.addresses(of: host) == addresses.compactMap(IPAddress.init(text:)))
    }
}

extension IPAddress {
    init?(text: String) {
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &bytes) == 1 {
            self.init(Array(bytes.prefix(4)))
        } else if inet_pton(AF_INET6, text, &bytes) == 1 {
            self.init(bytes)
        } else {
            return nil
        }
    }
}
