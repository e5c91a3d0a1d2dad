import PeculeCrypto
import Testing

@Suite("Scrypt")
struct ScryptTests {
    @Test(
        "gives the digests of RFC 7914, section 12",
        arguments: [
            ("", "", 16, 1, 1, "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"),
            ("password", "NaCl", 1024, 8, 16, "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"),
            (
                "pleaseletmein", "SodiumChloride", 16384, 8, 1,
                "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
            ),
        ])
    func vectors(_ secret: String, _ salt: String, work: Int, blocks: Int, passes: Int, digest: String) throws {
        let cost = try #require(Scrypt.Cost(work: work, blocks: blocks, passes: passes))
        let found = Scrypt.digest(secret.utf8, salt: Array(salt.utf8), cost: cost)
        #expect(found.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == digest)
    }

    @Test(
        "takes a cost within its bounds alone",
        arguments: [
            (2, 1, 1, true), (1 << 16, 8, 1, true), (1, 1, 1, false), (0, 8, 1, false), (1000, 8, 1, false),
            (1 << 17, 8, 1, false), (1024, 0, 1, false), (1024, 8, 0, false), (1024, 8, 65, false),
            (-2, 8, 1, false),
        ])
    func costs(_ work: Int, _ blocks: Int, _ passes: Int, isTaken: Bool) {
        #expect((Scrypt.Cost(work: work, blocks: blocks, passes: passes) != nil) == isTaken)
    }
}
