import PeculeCrypto
import Testing

@Suite("Digests and codes")
struct DigestTests {
    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    @Test("SHA-256 gives the digests of FIPS 180-4", arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            String(repeating: "a", count: 1_000_000),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        ),
    ])
    func digest(message: String, expected: String) {
        #expect(Self.hex(SHA256.digest(message.utf8)) == expected)
    }

    struct Case: Sendable {
        let key: [UInt8]
        let message: [UInt8]
        let code: String

        init(_ key: [UInt8], _ message: [UInt8], _ code: String) {
            (self.key, self.message, self.code) = (key, message, code)
        }

        init(_ key: [UInt8], _ message: String, _ code: String) { self.init(key, Array(message.utf8), code) }
    }

    /// RFC 4231, sections 4.2 to 4.8 (4.6 tests a truncation that does not exist here), and an empty key and message.
    static let cases = [
        Case(
            Array(repeating: 0x0B, count: 20), "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        Case(
            Array("Jefe".utf8), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        Case(
            Array(repeating: 0xAA, count: 20), Array(repeating: 0xDD, count: 50),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        Case(
            Array(1...25), Array(repeating: 0xCD, count: 50),
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
        Case(
            Array(repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
        Case(
            Array(repeating: 0xAA, count: 131),
            "This is a test using a larger than block-size key and a larger than block-size data. "
                + "The key needs to be hashed before being used by the HMAC algorithm.",
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
        Case([], "", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"),
    ]

    @Test("HMAC-SHA-256 gives the codes of RFC 4231", arguments: cases)
    func code(row: Case) {
        #expect(Self.hex(HMACSHA256.authenticationCode(for: row.message, key: row.key)) == row.code)
    }

    @Test("tasks side by side get the same codes as one alone")
    func concurrency() async {
        let row = Self.cases[0]
        let isRight = await withTaskGroup(of: Bool.self) { group in
            for _ in 1...8 {
                group.addTask {
                    (1...500).allSatisfy { _ in
                        Self.hex(HMACSHA256.authenticationCode(for: row.message, key: row.key)) == row.code
                    }
                }
            }
            return await group.allSatisfy { $0 }
        }
        #expect(isRight)
    }

    @Test("comparison finds every difference", arguments: [
        ("", "", true), ("a", "a", true), ("abc", "abd", false), ("abc", "bbc", false), ("abc", "ab", false),
        ("", "a", false), ("a", "a\0", false),
    ])
    func comparison(one: String, other: String, expected: Bool) {
        #expect(ConstantTime.equal(one.utf8, other.utf8) == expected)
    }

    @Test("random bytes come in the number asked for and do not repeat")
    func random() {
        #expect([0, 1, 32, 1000].map { SecureRandom.bytes($0).count } == [0, 1, 32, 1000])
        #expect(Set((1...100).map { _ in SecureRandom.bytes(16) }).count == 100)
    }
}
