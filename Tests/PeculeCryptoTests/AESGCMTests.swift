import PeculeCrypto
import Testing

@Suite("AES-256-GCM")
struct AESGCMTests {
    /// Test cases 13 to 16 of McGrew and Viega, "The Galois/Counter Mode of Operation", on which SP 800-38D rests.
    private static let key = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"
    private static let text =
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525"
        + "b16aedf5aa0de657ba637b39"
    private static let enciphered =
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838"
        + "c5f61e6393ba7a0abcc9f662"

    private static func zeros(_ count: Int) -> String { String(repeating: "00", count: count) }

    private static let rows: [(String, String, String, String, String)] = [
        (zeros(32), zeros(12), "", "", "530f8afbc74536b9a963b4f1c4cb738b"),
        (zeros(32), zeros(12), zeros(16), "", "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"),
        (
            key, "cafebabefacedbaddecaf888", "\(text)1aafd255", "",
            "\(enciphered)898015adb094dac5d93471bdec1a502270e3cc6c"
        ),
        (
            key, "cafebabefacedbaddecaf888", text, "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            "\(enciphered)76fc6ece0f4e1768cddf8853bb2d551b"
        ),
    ]

    @Test("published texts are sealed and opened as published", arguments: rows)
    func published(_ key: String, _ nonce: String, _ text: String, _ context: String, sealed: String) {
        let (key, nonce, context) = (bytes(key), bytes(nonce), bytes(context))
        #expect(AESGCM.seal(bytes(text), key: key, nonce: nonce, context: context) == bytes(sealed))
        #expect(AESGCM.open(bytes(sealed), key: key, nonce: nonce, context: context) == bytes(text))
    }

    @Test("whatever is another, nothing is opened")
    func forged() {
        let (key, nonce) = ([UInt8](repeating: 1, count: 32), [UInt8](repeating: 2, count: 12))
        let sealed = AESGCM.seal([1, 2, 3], key: key, nonce: nonce, context: [4])
        #expect(AESGCM.open(sealed, key: key, nonce: nonce, context: [4]) == [1, 2, 3])
        for index in sealed.indices {
            for bit in 0..<8 {
                var forged = sealed
                forged[index] ^= 1 << bit
                #expect(AESGCM.open(forged, key: key, nonce: nonce, context: [4]) == nil)
            }
        }
        #expect(AESGCM.open(Array(sealed.dropLast()), key: key, nonce: nonce, context: [4]) == nil)
        #expect(AESGCM.open([], key: key, nonce: nonce, context: [4]) == nil)
        #expect(AESGCM.open(sealed, key: key, nonce: nonce, context: []) == nil)
        #expect(AESGCM.open(sealed, key: key, nonce: Array(key.suffix(12)), context: [4]) == nil)
        #expect(AESGCM.open(sealed, key: [UInt8](repeating: 0, count: 32), nonce: nonce, context: [4]) == nil)
    }

    private func bytes(_ hex: String) -> [UInt8] {
        stride(from: 0, to: hex.utf8.count, by: 2).compactMap { start in
            UInt8(hex.dropFirst(start).prefix(2), radix: 16)
        }
    }
}
