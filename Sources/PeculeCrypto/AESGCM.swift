import CPeculeOpenSSL

/// AES-256 in Galois/Counter Mode (NIST SP 800-38D): nobody without the key reads what was sealed, or changes it or
/// what it was bound to without its being seen.
public enum AESGCM {
    /// Bytes of a key.
    public static let keyLength = 32
    /// Bytes of a nonce. One that is used twice with one key gives both texts away: draw each at random, and change
    /// keys before 2³² texts (section 8.3).
    public static let nonceLength = 12
    /// Bytes by which a sealed text is longer.
    public static let tagLength = 16

    private static let algorithm = Algorithm(EVP_CIPHER_fetch(nil, "AES-256-GCM", nil))

    /// The enciphered text with its tag behind it.
    /// - Parameter context: what the text belongs to; not enciphered, but needed again to open it.
    public static func seal(_ text: [UInt8], key: [UInt8], nonce: [UInt8], context: [UInt8]) -> [UInt8] {
        let cipher = Cipher(key: key, nonce: nonce, isSealing: true)
        cipher.bind(to: context)
        var sealed = cipher.update(text)
        let tag = [UInt8](unsafeUninitializedCapacity: tagLength) { buffer, initialized in
            let isDone = cipher.finish() && cipher.control(EVP_CTRL_AEAD_GET_TAG, buffer.baseAddress)
            precondition(isDone, "GCM gives a tag to any text")
            initialized = tagLength
        }
        sealed += tag
        return sealed
    }

    /// The text; nil when the key, the nonce, the context or a single bit is another.
    public static func open(_ sealed: [UInt8], key: [UInt8], nonce: [UInt8], context: [UInt8]) -> [UInt8]? {
        guard sealed.count >= tagLength else { return nil }
        let cipher = Cipher(key: key, nonce: nonce, isSealing: false)
        cipher.bind(to: context)
        let text = cipher.update(Array(sealed.dropLast(tagLength)))
        var tag = Array(sealed.suffix(tagLength))
        let isTaken = cipher.control(EVP_CTRL_AEAD_SET_TAG, &tag)
        return isTaken && cipher.finish() ? text : nil
    }

    /// The owner of one context.
    private struct Cipher: ~Copyable {
        private let context: OpaquePointer?

        init(key: [UInt8], nonce: [UInt8], isSealing: Bool) {
            precondition(key.count == keyLength && nonce.count == nonceLength, "a key has 32 bytes, a nonce 12")
            context = EVP_CIPHER_CTX_new()
            let isReady = EVP_CipherInit_ex2(context, algorithm.pointer, key, nonce, isSealing ? 1 : 0, nil) == 1
            precondition(isReady, "AES takes any key")
        }

        deinit { EVP_CIPHER_CTX_free(context) }

        func bind(to bytes: [UInt8]) {
            var count: CInt = 0
            let isDone = bytes.isEmpty || EVP_CipherUpdate(context, nil, &count, bytes, CInt(bytes.count)) == 1
            precondition(isDone, "GCM binds to any bytes")
        }

        func update(_ bytes: [UInt8]) -> [UInt8] {
            precondition(bytes.count < Int(CInt.max), "a text of less than 2 GB")
            return [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, initialized in
                var count: CInt = 0
                let isDone =
                    bytes.isEmpty
                    || EVP_CipherUpdate(context, buffer.baseAddress, &count, bytes, CInt(bytes.count)) == 1
                precondition(isDone, "GCM takes any bytes")
                initialized = Int(count)
            }
        }

        /// False when what was opened is not what was sealed.
        func finish() -> Bool {
            var (rest, count): ([UInt8], CInt) = ([UInt8](repeating: 0, count: 16), 0)
            return EVP_CipherFinal_ex(context, &rest, &count) == 1
        }

        func control(_ command: CInt, _ bytes: UnsafeMutablePointer<UInt8>?) -> Bool {
            EVP_CIPHER_CTX_ctrl(context, command, CInt(tagLength), bytes) == 1
        }
    }
}
