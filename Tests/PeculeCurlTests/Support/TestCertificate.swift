import CPeculeOpenSSL
import Foundation

/// A P-256 certificate and its key, made for one test run.
// @unchecked: nothing changes after the initialiser, and OpenSSL counts references atomically.
final class TestCertificate: @unchecked Sendable {
    let x509: OpaquePointer
    let key: OpaquePointer

    static let authority = TestCertificate(name: "Test authority", constraint: "critical,CA:TRUE")
    static let otherAuthority = TestCertificate(name: "Other authority", constraint: "critical,CA:TRUE")

    /// - Parameters:
    ///   - alternative: what the certificate is for, for example `IP:127.0.0.1`.
    ///   - days: how long it is still valid; negative when that time is over.
    ///   - issuer: who signs it; itself when nil.
    init(
        name: String, alternative: String? = nil, constraint: String = "critical,CA:FALSE", days: Int = 2,
        issuer: TestCertificate? = nil
    ) {
        key = Self.makeKey()
        x509 = X509_new()!
        X509_set_version(x509, 2)
        ASN1_INTEGER_set(X509_get_serialNumber(x509), Int.random(in: 1...Int.max))
        X509_gmtime_adj(X509_getm_notBefore(x509), -10 * 86_400)
        X509_gmtime_adj(X509_getm_notAfter(x509), days * 86_400)
        X509_set_pubkey(x509, key)
        let subject = X509_get_subject_name(x509)
        X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, name, -1, -1, 0)
        X509_set_issuer_name(x509, issuer.map { X509_get_subject_name($0.x509) } ?? subject)
        add(NID_basic_constraints, constraint)
        if let alternative { add(NID_subject_alt_name, alternative) }
        precondition(X509_sign(x509, issuer?.key ?? key, EVP_sha256()) > 0, "the certificate could not be signed")
    }

    deinit {
        X509_free(x509)
        EVP_PKEY_free(key)
    }

    private static func makeKey() -> OpaquePointer {
        let context = EVP_PKEY_CTX_new_from_name(nil, "EC", nil)
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        EVP_PKEY_keygen_init(context)
        EVP_PKEY_CTX_set_group_name(context, "P-256")
        EVP_PKEY_generate(context, &key)
        return key!
    }

    private func add(_ kind: CInt, _ value: String) {
        let part = X509V3_EXT_conf_nid(nil, nil, kind, value)
        X509_add_ext(x509, part, -1)
        X509_EXTENSION_free(part)
    }

    /// Writes certificate and key as PEM files into a new folder, which the caller removes.
    func write() throws -> (folder: URL, certificate: String, key: String) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pecule-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let files = ["certificate.pem", "key.pem"].map { folder.appending(path: $0).path }
        Self.writePEM(files[0]) { PEM_write_bio_X509($0, x509) }
        Self.writePEM(files[1]) { PEM_write_bio_PrivateKey($0, key, nil, nil, 0, nil, nil) }
        return (folder, files[0], files[1])
    }

    private static func writePEM(_ file: String, _ body: (OpaquePointer?) -> CInt) {
        let bio = BIO_new_file(file, "w")
        defer { BIO_free(bio) }
        precondition(body(bio) == 1, "the file could not be written")
    }
}
