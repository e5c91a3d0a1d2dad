import PeculeCrypto
import Testing

@Suite("Base 64")
struct EncodingTests {
    @Test("both forms of RFC 4648, section 10, in both directions", arguments: [
        ("", "", ""), ("f", "Zg==", "Zg"), ("fo", "Zm8=", "Zm8"), ("foo", "Zm9v", "Zm9v"),
        ("foob", "Zm9vYg==", "Zm9vYg"), ("fooba", "Zm9vYmE=", "Zm9vYmE"), ("foobar", "Zm9vYmFy", "Zm9vYmFy"),
    ])
    func vectors(text: String, padded: String, url: String) {
        let bytes = Array(text.utf8)
        #expect(Base64.encode(bytes) == padded)
        #expect(Base64URL.encode(bytes) == url)
        #expect(Base64.decode(padded) == bytes)
        #expect(Base64URL.decode(url) == bytes)
    }

    @Test("every byte goes there and back, at every place of a group")
    func allBytes() {
        for padding in 0...2 {
            let bytes: [UInt8] = Array(repeating: 0xFF, count: padding) + Array(0...255) + [0x80]
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
        }
        #expect(Base64.encode([0xFB, 0xEF, 0xFF]) == "++//")
        #expect(Base64URL.encode([0xFB, 0xEF, 0xFF]) == "--__")
    }

    @Test("a text that no encoder writes is refused", arguments: [
        "Zg", "Zg=", "Zg===", "Zg====", "Z===", "=", "====", "Zh==", "Zm9=", "Zm8=Zg==", "Zg==\n", " Zg==", "Zm 9v",
        "--__", "Zm9vé", "Zm9v=", "=Zm9",
    ])
    func refusedPadded(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test("the form for URLs refuses padding, the other alphabet and bits left over", arguments: [
        "Zg==", "Zm8=", "Z", "Zm9vY", "Zh", "Zm9", "++//", "Zg\n", "Zg ", "Zm9v=",
    ])
    func refusedURL(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }
}
