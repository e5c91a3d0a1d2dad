import Foundation
import PeculeCrypto

/// Certificates of the eIDAS kind for tests: made by one call, worth nothing outside a mock bank.
public enum MockBankCertificates {
    /// Why no certificates were made.
    public enum Fault: Error, CustomStringConvertible {
        case notEmpty(String)

        public var description: String {
            switch self {
            case .notEmpty(let folder): "\(folder) is not empty: name a new folder"
            }
        }
    }

    /// Fills a new folder: for each name a certificate `NAME.pem` and its key `NAME.key`, which only its owner may
    /// read.
    /// - Parameter now: seconds since 1970-01-01T00:00:00Z.
    /// - Returns: each name with what it is for.
    @discardableResult
    public static func make(in folder: String, at now: Int) throws -> [(name: String, what: String)] {
        let files = FileManager.default
        if try files.fileExists(atPath: folder) && !files.contentsOfDirectory(atPath: folder).isEmpty {
            throw Fault.notEmpty(folder)
        }
        try files.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let (known, unknown) = (authority("Test authority", now), authority("Unknown authority", now))
        try write("ca", known.certificate, known.key, in: folder)
        try write("foreign-ca", unknown.certificate, unknown.key, in: folder)
        try issue("server", .ellipticCurve, serverName, for: .server(names: serverNames), by: known, 0, now, in: folder)
        for item in items {
            try issue(
                item.name, item.kind == .seal ? .rsa : .ellipticCurve, item.subject, for: .qualified(item.statements),
                by: item.isForeign ? unknown : known, item.hasExpired ? 430 : 0, now, in: folder)
        }
        return [
            ("ca", "the authority that banks and initiators trust"), ("foreign-ca", "another authority"),
            ("server", "the mock bank as a server: localhost, 127.0.0.1, ::1"),
        ] + items.map { ($0.name, $0.what) }
    }

    private static let serverName = CertificateAuthority.Subject(commonName: "Mock bank", organization: "Pecule test")
    private static let serverNames = "DNS:localhost,IP:127.0.0.1,IP:::1"
    private static let day = 86_400

    private static func authority(_ name: String, _ now: Int) -> CertificateAuthority {
        CertificateAuthority(
            .init(commonName: name, organization: "Pecule test"), validity: now - 900 * day...now + 3650 * day)
    }

    /// Valid for 400 days, from `age` days and an hour ago.
    private static func issue(
        _ name: String, _ kind: PrivateKey.Kind, _ subject: CertificateAuthority.Subject,
        for purpose: CertificateAuthority.Purpose, by authority: CertificateAuthority, _ age: Int, _ now: Int,
        in folder: String
    ) throws {
        let (key, start) = (PrivateKey.make(kind), now - age * day - 3600)
        let certificate = authority.issue(subject, for: purpose, key: key, validity: start...start + 400 * day)
        try write(name, certificate, key, in: folder)
    }

    private static func write(
        _ name: String, _ certificate: Certificate, _ key: PrivateKey, in folder: String
    ) throws {
        let (place, secret) = (URL(filePath: folder), URL(filePath: "\(folder)/\(name).key"))
        try Data(certificate.pem.utf8).write(to: place.appending(path: "\(name).pem"))
        // Closed to others before anything is in it.
        guard FileManager.default.createFile(atPath: secret.path, contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw CocoaError(.fileWriteUnknown) }
        let file = try FileHandle(forWritingTo: secret)
        try file.write(contentsOf: Data(key.pem.utf8))
        try file.close()
    }
}
