import PeculeHTTP
import Testing

@Suite struct ServerSentEventTests {
    @Test(arguments: [
        (nil, nil, "ok", "data: ok\n\n"),
        ("7", "transfer", "{\"a\":1}", "id: 7\nevent: transfer\ndata: {\"a\":1}\n\n"),
        ("", nil, "", "id: \ndata: \n\n"),
        (nil, nil, " indented: yes", "data:  indented: yes\n\n"),
        (nil, nil, "a\nb\r\nc\rd\n", "data: a\ndata: b\ndata: c\ndata: d\ndata: \n\n"),
        (nil, nil, "a\n\nid: 8\n\n", "data: a\ndata: \ndata: id: 8\ndata: \ndata: \n\n"),
        (nil, nil, "a\u{2028}b\u{B}c\u{85}d", "data: a\u{2028}b\u{B}c\u{85}d\n\n"),
        ("é", "être", "𝄞", "id: é\nevent: être\ndata: 𝄞\n\n"),
    ] as [(String?, String?, String, String)])
    func writes(id: String?, event: String?, data: String, text: String) {
        let bytes = ServerSentEvent(id: id, event: event, data: data)?.bytes
        #expect(bytes.map { String(decoding: $0, as: UTF8.self) } == text)
    }

    @Test(arguments: ["a\nb", "a\rb", "a\r\nb", "\0", "\n"])
    func takesNoIDOrNameThatBreaksItsLine(text: String) {
        #expect(ServerSentEvent(id: text, data: "") == nil)
        #expect(ServerSentEvent(event: text, data: "") == nil)
    }

    @Test func aHeartbeatIsAComment() { #expect(ServerSentEvent.heartbeat == Array(":\n\n".utf8)) }
}
