import CPeculeCurl
import PeculeHTTP

/// What libcurl's result codes mean to a caller. Whether the request may have been received is not read from them.
enum CurlResult {
    /// Nil for success.
    static func reason(for code: CURLcode) -> HTTPTransportError.Reason? {
        switch code {
        case CURLE_OK: nil
        case CURLE_URL_MALFORMAT, CURLE_LOGIN_DENIED: .badRequest
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .resolve
        case CURLE_OPERATION_TIMEDOUT: .timeout
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE: .reset
        // The head did not fit libcurl's own bounds, which are not ours to set.
        case CURLE_OUT_OF_MEMORY, CURLE_FILESIZE_EXCEEDED: .tooLarge
        // The second is an answer without a status line (HTTP/0.9): foreign schemes never come this far.
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING: .malformedResponse
        case _ where isAboutTLS(code): .tls
        default: .connect
        }
    }

    private static func isAboutTLS(_ code: CURLcode) -> Bool {
        [
            CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_ENGINE_INITFAILED,
            CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_CRL_BADFILE, CURLE_SSL_SHUTDOWN_FAILED,
        ].contains(code)
    }
}
