import CPeculeOpenSSL
import Glibc

/// The server side of TLS on a blocking socket, for `RawServer`.
// @unchecked: an SSL_CTX is not changed after its making, and OpenSSL lets threads share one then.
final class TLSServer: @unchecked Sendable {
    private let context: OpaquePointer

    /// - Parameters:
    ///   - clientAuthority: when given, a client without a certificate of that authority is refused.
    ///   - ciphers: TLS 1.2 only, with these.
    init(_ certificate: TestCertificate, clientAuthority: TestCertificate? = nil, ciphers: String? = nil) {
        let context = SSL_CTX_new(TLS_server_method())!
        self.context = context
        SSL_CTX_use_certificate(context, certificate.x509)
        SSL_CTX_use_PrivateKey(context, certificate.key)
        if let clientAuthority {
            X509_STORE_add_cert(SSL_CTX_get_cert_store(context), clientAuthority.x509)
            SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nil)
        }
        if let ciphers {
            SSL_CTX_ctrl(context, SSL_CTRL_SET_MAX_PROTO_VERSION, Int(TLS1_2_VERSION), nil)
            precondition(SSL_CTX_set_cipher_list(context, ciphers) == 1, "no such cipher")
        }
    }

    deinit { SSL_CTX_free(context) }

    /// Nil when the handshake fails.
    func accept(_ descriptor: CInt) -> Session? {
        guard let ssl = SSL_new(context) else { return nil }
        SSL_set_fd(ssl, descriptor)
        guard SSL_accept(ssl) == 1 else {
            SSL_free(ssl)
            return nil
        }
        return Session(ssl: ssl)
    }

    struct Session {
        fileprivate let ssl: OpaquePointer

        func read(_ buffer: inout [UInt8]) -> Int { Int(SSL_read(ssl, &buffer, CInt(buffer.count))) }

        func write(_ bytes: [UInt8]) -> Int { Int(SSL_write(ssl, bytes, CInt(bytes.count))) }

        func end() {
            SSL_shutdown(ssl)
            SSL_free(ssl)
        }
    }
}
