import PeculeCrypto
import PeculeHTTP

/// The provider's keys: one that signs for each algorithm, and those that signed before it.
struct SigningKeys: Sendable {
    struct Key: Sendable {
        let id: String
        let algorithm: JWSAlgorithm
        let key: PrivateKey
    }

    /// The newest of each algorithm signs. Retired ones stay published, for tokens that live still.
    private(set) var published: [Key] = []

    /// The key that signs, made when it is first needed: an RSA key takes its time.
    mutating func current(_ algorithm: JWSAlgorithm) -> Key {
        published.last { $0.algorithm == algorithm } ?? rotated(algorithm)
    }

    /// A new key that signs from now on.
    mutating func rotated(_ algorithm: JWSAlgorithm) -> Key {
        let key = Self.make(algorithm)
        // Those that live tokens may need, and no more.
        let others = published.filter { $0.algorithm != algorithm }
        published = others + published.filter { $0.algorithm == algorithm }.suffix(4) + [key]
        return key
    }

    /// A key that nobody hears of.
    static func make(_ algorithm: JWSAlgorithm) -> Key {
        let key = PrivateKey.make(algorithm == .es256 ? .ellipticCurve : .rsa)
        let numbers = members(key.publicKey).map { $0.value.string ?? "" }.joined(separator: ".")
        return Key(id: Hexadecimal.encode(SHA256.digest(numbers.utf8)), algorithm: algorithm, key: key)
    }

    /// As RFC 7517 writes them.
    var document: JSON {
        let keys: [JSON] = published.map { key in
            .object(
                Self.members(key.key.publicKey) + [
                    ("kid", .string(key.id)), ("use", "sig"), ("alg", .string(key.algorithm.rawValue)),
                ])
        }
        return ["keys": .array(keys)]
    }

    private static func members(_ key: PublicKey) -> [JSON.Member] {
        switch key.numbers {
        case .ellipticCurve(let x, let y):
            [
                ("kty", "EC"), ("crv", "P-256"), ("x", .string(Base64URL.encode(x))),
                ("y", .string(Base64URL.encode(y))),
            ]
        case .rsa(let modulus, let exponent):
            [
                ("kty", "RSA"), ("n", .string(Base64URL.encode(modulus))), ("e", .string(Base64URL.encode(exponent))),
            ]
        }
    }

    /// Whether one of these keys signed it.
    func signed(_ token: CompactJWS) -> Bool {
        published.contains { token.isValid(by: $0.key.publicKey, $0.algorithm) }
    }
}
