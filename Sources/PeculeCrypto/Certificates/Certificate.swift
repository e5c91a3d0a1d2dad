import CPeculeOpenSSL

/// An X.509 certificate (RFC 5280), as far as banks and initiators of payments look into each other's.
public struct Certificate: Sendable, Equatable {
    public let der: [UInt8]
    /// Serial number as upper-case hexadecimal digits.
    public let serial: String
    /// Distinguished name of the issuer (RFC 4514): `CN=…,O=…,C=FR`.
    public let issuer: String
    public let commonName: String
    /// `PSDFR-ACPR-99999` (ETSI EN 319 412-1, section 5.1.4; TS 119 495, section 5.2.1).
    public let organizationIdentifier: String?
    /// Seconds since 1970-01-01T00:00:00Z.
    public let validity: ClosedRange<Int>
    /// What a qualified certificate says of itself; nil in any other.
    public let statements: QualifiedStatements?

    /// Nil when the bytes are no certificate, or more than one.
    public init?(der: [UInt8]) {
        guard let handle = X509Handle(der: der), let validity = handle.validity else { return nil }
        self.der = der
        serial = handle.serial
        issuer = handle.issuer
        commonName = handle.subject("CN") ?? ""
        organizationIdentifier = handle.subject("organizationIdentifier")
        self.validity = validity
        statements = handle.extensionContent(NID_qcStatements).flatMap(QualifiedStatements.init)
    }

    /// Every certificate of a PEM text; nil when one is broken.
    public static func list(pem: String) -> [Certificate]? {
        let blocks = PEM.blocks("CERTIFICATE", in: pem)
        let read = blocks?.map(Certificate.init) ?? [nil]
        return read.contains { $0 == nil } ? nil : read.compactMap(\.self)
    }

    public var pem: String { PEM.text("CERTIFICATE", der) }

    /// SHA-256 of the certificate, as lower-case hexadecimal digits.
    public var fingerprint: String { Hexadecimal.encode(SHA256.digest(der)) }
}

/// Bytes as digits.
public enum Hexadecimal {
    /// Two lower-case digits for each byte.
    public static func encode(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

/// The owner of one `X509`. Lives as long as one question to it.
final class X509Handle {
    let pointer: OpaquePointer

    init?(der: [UInt8]) {
        let (read, pointer) = der.withUnsafeBufferPointer { buffer -> (Int, OpaquePointer?) in
            var place = buffer.baseAddress
            let pointer = d2i_X509(nil, &place, buffer.count)
            return (buffer.baseAddress.map { start in place.map { $0 - start } ?? 0 } ?? 0, pointer)
        }
        ERR_clear_error()
        guard let pointer else { return nil }
        self.pointer = pointer
        if read != der.count { return nil }
    }

    deinit { X509_free(pointer) }

    var serial: String {
        let number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(pointer), nil)
        defer { BN_free(number) }
        guard let text = BN_bn2hex(number) else { return "" }
        defer { CRYPTO_free(text, nil, 0) }
        return String(cString: text)
    }

    var issuer: String {
        let output = BIO_new(BIO_s_mem())
        defer { BIO_free(output) }
        pecule_x509_name_print(output, X509_get_issuer_name(pointer))
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = BIO_read(output, &bytes, CInt(bytes.count))
        return String(decoding: bytes.prefix(max(0, Int(count))), as: UTF8.self)
    }

    func subject(_ attribute: String) -> String? {
        let name = X509_get_subject_name(pointer)
        let index = X509_NAME_get_index_by_NID(name, OBJ_txt2nid(attribute), -1)
        guard index >= 0, let value = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index)) else { return nil }
        return String(decoding: Self.bytes(value), as: UTF8.self)
    }

    var validity: ClosedRange<Int>? {
        guard let start = Self.seconds(X509_get0_notBefore(pointer)),
            let end = Self.seconds(X509_get0_notAfter(pointer)), start <= end
        else { return nil }
        return start...end
    }

    func extensionContent(_ kind: CInt) -> [UInt8]? {
        let index = X509_get_ext_by_NID(pointer, kind, -1)
        guard index >= 0, let data = X509_EXTENSION_get_data(X509_get_ext(pointer, index)) else { return nil }
        return Self.bytes(data)
    }

    private static func bytes(_ text: UnsafePointer<ASN1_STRING>) -> [UInt8] {
        Array(UnsafeBufferPointer(start: ASN1_STRING_get0_data(text), count: Int(ASN1_STRING_length(text))))
    }

    private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int? {
        let epoch = ASN1_TIME_set(nil, 0)
        defer { ASN1_STRING_free(epoch) }
        var (days, seconds): (CInt, CInt) = (0, 0)
        return ASN1_TIME_diff(&days, &seconds, epoch, time) == 1 ? Int(days) * 86_400 + Int(seconds) : nil
    }
}
