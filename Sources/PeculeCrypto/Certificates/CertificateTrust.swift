import CPeculeOpenSSL

/// The authorities whose certificates are believed.
public struct CertificateTrust: Sendable {
    /// What is to be thought of a certificate at a moment.
    public enum Verdict: Sendable, Equatable {
        case trusted
        case expired
        case notYetValid
        /// Signed by nobody we know, forged, or itself not fit to be what it is shown as.
        case foreign
    }

    public let authorities: [Certificate]

    public init(_ authorities: [Certificate]) { self.authorities = authorities }

    /// - Parameter now: seconds since 1970-01-01T00:00:00Z.
    public func verdict(on certificate: Certificate, at now: Int) -> Verdict {
        let (store, context) = (X509_STORE_new(), X509_STORE_CTX_new())
        defer {
            X509_STORE_CTX_free(context)
            X509_STORE_free(store)
            ERR_clear_error()
        }
        guard let subject = X509Handle(der: certificate.der) else { return .foreign }
        for authority in authorities {
            if let handle = X509Handle(der: authority.der) { X509_STORE_add_cert(store, handle.pointer) }
        }
        guard X509_STORE_CTX_init(context, store, subject.pointer, nil) == 1 else { return .foreign }
        X509_VERIFY_PARAM_set_time(X509_STORE_CTX_get0_param(context), now)
        if withExtendedLifetime(subject, { X509_verify_cert(context) == 1 }) { return .trusted }
        switch X509_STORE_CTX_get_error(context) {
        case X509_V_ERR_CERT_HAS_EXPIRED: return .expired
        case X509_V_ERR_CERT_NOT_YET_VALID: return .notYetValid
        default: return .foreign
        }
    }
}
