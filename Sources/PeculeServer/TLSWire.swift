import CPeculeOpenSSL

/// TLS on a socket. The handshake happens inside the first reads, so it needs no state of its own here.
///
/// OpenSSL keeps errors per thread and takes what it finds there for its own, so the queue is cleared before each call:
/// another connection, or a handler that verified a signature, may have left something.
final class TLSWire: Wire {
    let socket: Socket
    /// One record a read, however many have come.
    let shortReadEmpties = false
    /// Read once: nothing is asked again after the handshake.
    private(set) lazy var clientCertificate = encodedCertificate()
    private let session: OpaquePointer
    private var isBroken = false

    /// Nil when OpenSSL has no memory left.
    init?(_ socket: Socket, context: TLSContext) {
        guard let session = SSL_new(context.handle) else { return nil }
        SSL_set_accept_state(session)
        guard SSL_set_fd(session, socket.descriptor) == 1 else {
            SSL_free(session)
            return nil
        }
        (self.socket, self.session) = (socket, session)
    }

    deinit { SSL_free(session) }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Transfer {
        var count = 0
        ERR_clear_error()
        return outcome(SSL_read_ex(session, buffer.baseAddress, buffer.count, &count), count)
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> Transfer {
        var count = 0
        ERR_clear_error()
        return outcome(SSL_write_ex(session, bytes.baseAddress, bytes.count, &count), count)
    }

    private func encodedCertificate() -> [UInt8]? {
        guard let certificate = SSL_get0_peer_certificate(session) else { return nil }
        let count = Int(i2d_X509(certificate, nil))
        guard count > 0 else { return nil }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            var place = buffer.baseAddress
            initialized = Int(i2d_X509(certificate, &place))
        }
    }

    func finishWriting() {
        // After a failed call the session must not be used again (SSL_shutdown(3)).
        if !isBroken, SSL_is_init_finished(session) == 1 { SSL_shutdown(session) }
        socket.finishWriting()
    }

    /// Both WANT_READ and WANT_WRITE wait for the next event, whichever it is: the loop then tries both directions.
    private func outcome(_ result: Int32, _ count: Int) -> Transfer {
        if result == 1 { return .bytes(count) }
        let error = SSL_get_error(session, result)
        if error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE { return .wouldBlock }
        isBroken = error != SSL_ERROR_ZERO_RETURN
        return .closed
    }
}
