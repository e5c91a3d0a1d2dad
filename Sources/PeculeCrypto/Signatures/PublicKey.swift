import CPeculeOpenSSL

/// A key that verifies, made of the numbers that a JSON Web Key holds (RFC 7518, section 6).
public struct PublicKey: Sendable {
    /// What makes a key, each number in big-endian bytes.
    public enum Numbers: Sendable, Equatable {
        case rsa(modulus: [UInt8], exponent: [UInt8])
        /// A point of P-256, of two times 32 bytes.
        case ellipticCurve(x: [UInt8], y: [UInt8])
    }

    public let numbers: Numbers
    private let handle: KeyHandle
    var pointer: OpaquePointer { handle.pointer }

    /// RSA below 2048 bits is not to be trusted, and above 8192 it only costs time.
    private static let rsaBytes = 256...1024

    /// Nil when the numbers make no key: another length, a point that is not on the curve.
    public init?(_ numbers: Numbers) {
        let made: OpaquePointer? =
            switch numbers {
            case .rsa(let modulus, let exponent): Self.rsa(modulus, exponent)
            case .ellipticCurve(let x, let y): Self.point(x, y)
            }
        guard let made else { return nil }
        (self.numbers, handle) = (numbers, KeyHandle(made))
    }

    private static func rsa(_ modulus: [UInt8], _ exponent: [UInt8]) -> OpaquePointer? {
        guard rsaBytes.contains(modulus.count), modulus[0] != 0, (1...8).contains(exponent.count), exponent != [1],
            exponent[0] != 0, exponent.last.map({ $0 & 1 == 1 }) == true
        else { return nil }
        let (n, e) = (number(modulus), number(exponent))
        defer {
            BN_free(n)
            BN_free(e)
            ERR_clear_error()
        }
        return pecule_rsa_public_key(n, e)
    }

    private static func point(_ x: [UInt8], _ y: [UInt8]) -> OpaquePointer? {
        guard x.count == 32, y.count == 32 else { return nil }
        defer { ERR_clear_error() }
        // The uncompressed form (SEC 1, section 2.3.3); OpenSSL refuses what is no point of the curve.
        let point = [4] + x + y
        return pecule_p256_public_key(point, point.count)
    }

    private static func number(_ bytes: [UInt8]) -> OpaquePointer? { BN_bin2bn(bytes, CInt(bytes.count), nil) }
}

extension PrivateKey {
    /// The half that may be shown.
    public var publicKey: PublicKey {
        guard let key = PublicKey(PublicKey.Numbers(of: pointer, isRSA: isRSA)) else {
            preconditionFailure("a key that signs has one that verifies")
        }
        return key
    }

    var isRSA: Bool { EVP_PKEY_is_a(pointer, "RSA") == 1 }
}
