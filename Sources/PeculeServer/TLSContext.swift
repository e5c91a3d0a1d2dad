import CPeculeOpenSSL

/// The settings all TLS connections of a server share.
///
// @unchecked: set up in `init`, only read afterwards, and an SSL_CTX may then be shared by threads (SSL_CTX_new(3)).
final class TLSContext: @unchecked Sendable {
    let handle: OpaquePointer

    init(_ identity: TLSIdentity) throws(HTTPServerError) {
        guard let context = SSL_CTX_new(TLS_server_method()) else {
            throw .tls(file: identity.certificateChainFile, detail: Self.lastError())
        }
        handle = context
        pecule_ssl_ctx_harden(context)
        try load(identity)
        if let authority = identity.clientAuthorityFile { try demandClientCertificate(from: authority) }
        // The callback lets every certificate pass; that the client holds its key is proved all the same.
        if identity.asksClientCertificate { SSL_CTX_set_verify(context, SSL_VERIFY_PEER) { _, _ in 1 } }
    }

    deinit { SSL_CTX_free(handle) }

    private func load(_ identity: TLSIdentity) throws(HTTPServerError) {
        let (chain, key) = (identity.certificateChainFile, identity.privateKeyFile)
        try check(SSL_CTX_use_certificate_chain_file(handle, chain), chain)
        try check(SSL_CTX_use_PrivateKey_file(handle, key, SSL_FILETYPE_PEM), key)
        try check(SSL_CTX_check_private_key(handle), key)
        // Forward secrecy and authenticated encryption only; the suites of TLS 1.3 are all that.
        try check(SSL_CTX_set_cipher_list(handle, "ECDHE+AESGCM:ECDHE+CHACHA20"), chain)
        // Without a context a resumed session with a client certificate is refused (SSL_CTX_set_session_id_context(3)).
        let name = Array("pecule".utf8)
        try check(SSL_CTX_set_session_id_context(handle, name, UInt32(name.count)), chain)
    }

    private func demandClientCertificate(from file: String) throws(HTTPServerError) {
        try check(SSL_CTX_load_verify_file(handle, file), file)
        guard let names = SSL_load_client_CA_file(file) else { throw .tls(file: file, detail: Self.lastError()) }
        SSL_CTX_set_client_CA_list(handle, names)
        SSL_CTX_set_verify(handle, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nil)
    }

    private func check(_ result: Int32, _ file: String) throws(HTTPServerError) {
        guard result == 1 else { throw .tls(file: file, detail: Self.lastError()) }
    }

    private static func lastError() -> String {
        defer { ERR_clear_error() }
        return ERR_reason_error_string(ERR_peek_last_error()).map { String(cString: $0) } ?? "cannot be used"
    }
}
