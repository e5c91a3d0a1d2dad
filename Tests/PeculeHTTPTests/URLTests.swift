import PeculeHTTP
import Testing

@Suite struct URLTests {
    @Test(arguments: [
        ("", ""),
        ("azAZ09-._~", "azAZ09-._~"),
        ("a b&c=d/e?f+g%", "a%20b%26c%3Dd%2Fe%3Ff%2Bg%25"),
        ("é€😀", "%C3%A9%E2%82%AC%F0%9F%98%80"),
        ("\r\n", "%0D%0A"),
    ])
    func encodesAndDecodes(plain: String, encoded: String) {
        #expect(URLCoding.encode(plain) == encoded)
        #expect(URLCoding.decode(encoded) == plain)
    }

    @Test(arguments: [
        ("%", nil), ("%4", nil), ("%4g", nil), ("%00", nil), ("a b", nil), ("a\tb", nil), ("a\u{7F}", nil),
        ("%C0%AF", nil), ("%ED%A0%80", nil), ("%FF", nil), ("%c3%a9", "é"), ("a+b", "a+b"), ("é", "é"),
    ] as [(String, String?)])
    func decodesStrictly(encoded: String, plain: String?) {
        #expect(URLCoding.decode(encoded) == plain)
    }

    @Test(arguments: [
        ("a=1&b=2", "a=1&b=2"),
        ("a=1+2%2B3", "a=1%202%2B3"),
        ("a", "a="),
        ("a=b=c", "a=b%3Dc"),
        ("", ""),
        ("=1", nil),
        ("a=1&", nil),
        ("&", nil),
        ("a=%", nil),
        ("a=1&%00=2", nil),
        (pairs(100), pairs(100)),
        (pairs(101), nil),
    ] as [(String, String?)])
    func readsForms(text: String, again: String?) {
        #expect(URLForm(parsing: text)?.text == again)
        #expect(URLForm(body: Array(text.utf8))?.text == again)
    }

    @Test func refusesAFormThatIsNotUTF8() {
        #expect(URLForm(body: [0x61, 0x3D, 0xFF]) == nil)
    }

    @Test func givesNoValueForARepeatedName() {
        let form = URLForm(parsing: "amount=1&to=a&amount=2")
        #expect(form?["amount"] == nil && form?["to"] == "a" && form?["other"] == nil)
        #expect(form?.repeated == ["amount"])
    }
}

private func pairs(_ count: Int) -> String { Array(repeating: "a=1", count: count).joined(separator: "&") }
