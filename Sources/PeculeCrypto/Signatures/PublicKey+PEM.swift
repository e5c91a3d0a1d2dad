import CPeculeOpenSSL

extension PublicKey {
    /// Nil unless the text holds one public key that tokens are signed with: RSA of 2048 bits or more, or P-256.
    public init?(pem: String) {
        guard let blocks = PEM.blocks("PUBLIC KEY", in: pem), blocks.count == 1 else { return nil }
        defer { ERR_clear_error() }
        let pointer = blocks[0].withUnsafeBufferPointer { buffer in
            var place = buffer.baseAddress
            return d2i_PUBKEY(nil, &place, buffer.count)
        }
        guard let pointer else { return nil }
        defer { EVP_PKEY_free(pointer) }
        let isRSA = EVP_PKEY_is_a(pointer, "RSA") == 1
        // Others, and longer curves, make no key of P-256.
        guard isRSA || EVP_PKEY_is_a(pointer, "EC") == 1 && EVP_PKEY_get_bits(pointer) == 256 else { return nil }
        self.init(Numbers(of: pointer, isRSA: isRSA))
    }

    public var pem: String { PEM.text("PUBLIC KEY", encoded { i2d_PUBKEY(pointer, $0) }) }
}

extension PrivateKey {
    /// The half that may be shown, as `PublicKey` reads it.
    public var publicPEM: String { PEM.text("PUBLIC KEY", encoded { i2d_PUBKEY(pointer, $0) }) }
}

extension PublicKey.Numbers {
    init(of key: OpaquePointer, isRSA: Bool) {
        self =
            if isRSA {
                .rsa(
                    modulus: Self.number(OSSL_PKEY_PARAM_RSA_N, of: key),
                    exponent: Self.number(OSSL_PKEY_PARAM_RSA_E, of: key))
            } else {
                .ellipticCurve(
                    x: Self.number(OSSL_PKEY_PARAM_EC_PUB_X, of: key, width: 32),
                    y: Self.number(OSSL_PKEY_PARAM_EC_PUB_Y, of: key, width: 32))
            }
    }

    /// Big-endian, with leading zeros up to the width.
    private static func number(_ name: String, of key: OpaquePointer, width: Int = 0) -> [UInt8] {
        var found: OpaquePointer?
        precondition(EVP_PKEY_get_bn_param(key, name, &found) == 1, "a key knows its numbers")
        defer { BN_free(found) }
        let count = max(width, Int(BN_num_bits(found) + 7) / 8)
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = Int(BN_bn2binpad(found, buffer.baseAddress, CInt(count)))
        }
    }
}
