import CPeculeCurl

/// The owner of one `CURL`: options in, and what is the same for every exchange.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    /// False once an option was refused, for want of memory or by an older library: nothing may be sent then.
    private(set) var isSound = true

    init?() {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
    }

    deinit { curl_easy_cleanup(pointer) }

    func set(_ option: CURLoption, _ value: Int) { note(pecule_curl_set_long(pointer, option, value)) }

    func set(_ option: CURLoption, _ value: String?) { note(pecule_curl_set_string(pointer, option, value)) }

    func set(_ option: CURLoption, _ value: UnsafeRawPointer?) { note(pecule_curl_set_pointer(pointer, option, value)) }

    func set(_ option: CURLoption, sink: @escaping pecule_curl_sink) {
        note(pecule_curl_set_sink(pointer, option, sink))
    }

    func setBeforeRequest(_ callback: @escaping curl_prereq_callback) {
        note(pecule_curl_set_before_request(pointer, callback))
    }

    func setOpenSocket(_ callback: @escaping curl_opensocket_callback) {
        note(pecule_curl_set_open_socket(pointer, callback))
    }

    /// Copies the bytes, so that they need not outlive the call.
    func setBody(_ bytes: [UInt8]) {
        note(pecule_curl_set_size(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count)))
        bytes.withUnsafeBytes { set(CURLOPT_COPYPOSTFIELDS, $0.baseAddress) }
    }

    private func note(_ code: CURLcode) { isSound = isSound && code == CURLE_OK }

    func apply(_ configuration: CurlTransport.Configuration) {
        restrict(to: "http,https")
        restrictHTTP()
        set(CURLOPT_USERAGENT, configuration.userAgent)
        secure(trusting: configuration.trustedAuthoritiesFile)
        if let identity = configuration.clientIdentity {
            set(CURLOPT_SSLCERT, identity.certificateFile)
            set(CURLOPT_SSLKEY, identity.keyFile)
        }
    }

    /// TLS with nobody but the server that was meant.
    func secure(trusting authorities: String?) {
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        // Forward secrecy and authenticated encryption only (RFC 9325, section 4.2); TLS 1.3 has nothing else.
        set(CURLOPT_SSL_CIPHER_LIST, "ECDHE+AESGCM:ECDHE+CHACHA20")
        if let authorities { set(CURLOPT_CAINFO, authorities) }
    }

    /// Everything libcurl could do of its own accord, off.
    func restrict(to protocols: String) {
        set(CURLOPT_NOSIGNAL, 1)
        // Otherwise the end of a cancelled exchange would wait for its name to be resolved.
        set(CURLOPT_QUICK_EXIT, 1)
        set(CURLOPT_PROTOCOLS_STR, protocols)
        set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        // The empty string, not nil: only that keeps the proxies of the environment out.
        set(CURLOPT_PROXY, "")
    }

    private func restrictHTTP() {
        set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        set(CURLOPT_HTTP09_ALLOWED, 0)
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_PATH_AS_IS, 1)
        set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        set(CURLOPT_HTTP_CONTENT_DECODING, 0)
    }
}
