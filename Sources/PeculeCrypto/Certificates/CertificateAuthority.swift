import CPeculeOpenSSL

/// An authority that signs certificates: for banks and initiators that exist in tests alone.
public struct CertificateAuthority: Sendable {
    /// Whom a certificate is made out to.
    public struct Subject: Sendable {
        public var commonName: String
        public var organization: String
        /// `PSDFR-ACPR-99999`; nil for who is no payment service provider.
        public var organizationIdentifier: String?

        public init(commonName: String, organization: String, organizationIdentifier: String? = nil) {
            self.commonName = commonName
            self.organization = organization
            self.organizationIdentifier = organizationIdentifier
        }
    }

    /// What a certificate is for.
    public enum Purpose: Sendable {
        /// A server under these names, as OpenSSL writes them: `DNS:localhost,IP:127.0.0.1`.
        case server(names: String)
        case qualified(QualifiedStatements)
    }

    public let certificate: Certificate
    public let key: PrivateKey

    /// Makes a new authority, which vouches for itself.
    public init(_ subject: Subject, validity: ClosedRange<Int>) {
        key = PrivateKey.make(.ellipticCurve)
        let draft = Draft(subject, key: key, validity: validity)
        draft.add(NID_basic_constraints, "critical,CA:TRUE,pathlen:0")
        draft.add(NID_key_usage, "critical,keyCertSign,cRLSign")
        draft.add(NID_subject_key_identifier, "hash")
        certificate = draft.signed(by: key)
    }

    /// - Parameter validity: seconds since 1970-01-01T00:00:00Z.
    public func issue(
        _ subject: Subject, for purpose: Purpose, key holder: PrivateKey, validity: ClosedRange<Int>
    ) -> Certificate {
        let draft = Draft(subject, key: holder, validity: validity, issuer: X509Handle(der: certificate.der))
        draft.add(NID_basic_constraints, "critical,CA:FALSE")
        draft.add(NID_subject_key_identifier, "hash")
        draft.add(NID_authority_key_identifier, "keyid")
        switch purpose {
        case .server(let names):
            draft.add(NID_key_usage, "critical,digitalSignature")
            draft.add(NID_ext_key_usage, "serverAuth")
            draft.add(NID_subject_alt_name, names)
        case .qualified(let statements):
            let isSeal = statements.kind == .seal
            draft.add(NID_key_usage, "critical,digitalSignature\(isSeal ? ",nonRepudiation" : "")")
            if !isSeal { draft.add(NID_ext_key_usage, "serverAuth,clientAuth") }
            // EN 319 411-2: certificates of legal persons; TS 119 495, section 6.1: websites under PSD2.
            let policy = isSeal ? [0, 4, 0, 194112, 1, 1] : [0, 4, 0, 19495, 3, 1]
            draft.add(NID_certificate_policies, DER.sequence([DER.sequence([DER.oid(policy)])]))
            draft.add(NID_qcStatements, statements.der)
        }
        return draft.signed(by: key)
    }
}

/// A certificate that nobody has signed yet.
private final class Draft {
    private let pointer: OpaquePointer
    private let issuer: X509Handle?

    init(
        _ subject: CertificateAuthority.Subject, key: PrivateKey, validity: ClosedRange<Int>, issuer: X509Handle? = nil
    ) {
        guard let pointer = X509_new() else { preconditionFailure("no memory for a certificate") }
        (self.pointer, self.issuer) = (pointer, issuer)
        X509_set_version(pointer, 2)
        setSerial()
        set(validity.lowerBound) { X509_set1_notBefore(pointer, $0) }
        set(validity.upperBound) { X509_set1_notAfter(pointer, $0) }
        X509_set_pubkey(pointer, key.pointer)
        let name = X509_get_subject_name(pointer)
        add("C", "FR", to: name)
        add("O", subject.organization, to: name)
        if let id = subject.organizationIdentifier { add("organizationIdentifier", id, to: name) }
        add("CN", subject.commonName, to: name)
        X509_set_issuer_name(pointer, X509_get_subject_name(issuer?.pointer ?? pointer))
    }

    deinit { X509_free(pointer) }

    /// 127 random bits: positive, and never zero but by a miracle (RFC 5280, section 4.1.2.2).
    private func setSerial() {
        var bytes = SecureRandom.bytes(16)
        bytes[0] = bytes[0] & 0x7F | 0x40
        let number = BN_bin2bn(bytes, CInt(bytes.count), nil)
        defer { BN_free(number) }
        BN_to_ASN1_INTEGER(number, X509_get_serialNumber(pointer))
    }

    private func set(_ seconds: Int, _ body: (UnsafePointer<ASN1_TIME>?) -> CInt) {
        let time = ASN1_TIME_set(nil, seconds)
        defer { ASN1_STRING_free(time) }
        precondition(body(time) == 1, "the moment fits into a certificate")
    }

    private func add(_ attribute: String, _ value: String, to name: OpaquePointer?) {
        let isAdded = X509_NAME_add_entry_by_txt(name, attribute, MBSTRING_UTF8, value, -1, -1, 0) == 1
        precondition(isAdded, "a name of at most 64 characters")
    }

    func add(_ kind: CInt, _ value: String) {
        var context = v3_ext_ctx()
        X509V3_set_ctx(&context, issuer?.pointer ?? pointer, pointer, nil, nil, 0)
        let part = X509V3_EXT_conf_nid(nil, &context, kind, value)
        defer { X509_EXTENSION_free(part) }
        precondition(part != nil && X509_add_ext(pointer, part, -1) == 1, "an extension that OpenSSL can write")
    }

    func add(_ kind: CInt, _ der: [UInt8]) { add(kind, "DER:" + Hexadecimal.encode(der)) }

    func signed(by key: PrivateKey) -> Certificate {
        precondition(X509_sign(pointer, key.pointer, EVP_sha256()) > 0, "a key signs a certificate")
        guard let certificate = Certificate(der: encoded { i2d_X509(pointer, $0) }) else {
            preconditionFailure("what OpenSSL wrote it reads")
        }
        return certificate
    }
}
