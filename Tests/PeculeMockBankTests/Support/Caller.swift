import Foundation
import PeculeCrypto
import PeculeHTTP
import PeculeMockBank

/// Test certificates, made once for the run at the moment when worlds begin.
struct Papers: Sendable {
    static let shared = Result { try Papers() }

    let folder: String
    let trust: MockBankTrust

    private init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "pecule-papers-\(UUID())").path
        try MockBankCertificates.make(in: folder, at: Int(World.start.timeIntervalSince1970))
        trust = try MockBankTrust(folder: folder)
    }

    func text(_ file: String) throws -> String { try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8) }

    func certificate(_ name: String) throws -> Certificate? { Certificate.list(pem: try text("\(name).pem"))?.first }

    func key(_ name: String) throws -> PrivateKey? { PrivateKey(pem: try text("\(name).key")) }
}

/// An initiator that signs as it likes, by the published rules or against them.
struct Caller: Sendable {
    var connection: String? = "tpp-qwac"
    var seal = "tpp-qseal"
    /// Another's key than the one that belongs to the seal.
    var key: String?
    var headers: [String]
    var algorithm = SignatureAlgorithm.rsaSHA256
    /// Seconds by which its clock is wrong.
    var lateness = 0
    var keyID: String?
    var changesSigned: @Sendable (inout HTTPRequest) -> Void = { _ in }

    static let stet = Caller(headers: [
        "(request-target)", "host", "date", "x-request-id", "digest", "content-type",
    ])
    static let berlin: Caller = {
        var caller = Caller(headers: ["digest", "x-request-id", "date", "tpp-redirect-uri"])
        (caller.connection, caller.algorithm) = (nil, .rsaSHA512)
        return caller
    }()

    func with(_ change: (inout Caller) -> Void) -> Caller {
        var caller = self
        change(&caller)
        return caller
    }

    func sealed(_ request: HTTPRequest, form: SignatureRule.KeyID, _ papers: Papers) throws -> HTTPRequest {
        var sealed = request
        sealed.clientCertificate = try connection.flatMap { try papers.certificate($0)?.der }
        sealed.fields.set("127.0.0.1:8080", for: "Host")
        let date = Int(World.start.timeIntervalSince1970) - lateness
        sealed.fields.set(HTTPDate.text(date), for: "Date")
        sealed.fields.set(HTTPDigest.field(request.body), for: "Digest")
        guard let certificate = try papers.certificate(seal), let key = try papers.key(key ?? seal) else {
            throw CocoaError(.fileNoSuchFile)
        }
        if form == .serial {
            sealed.fields.set(Base64.encode(certificate.der), for: "TPP-Signature-Certificate")
        }
        let head = SignedHead(
            method: sealed.method.rawValue, target: sealed.target,
            fields: sealed.fields.all.map { ($0.name, $0.value) })
        let signature = HTTPSignature(
            of: head, headers: headers, keyID: keyID ?? certificate.keyID(form, at: "https://tpp.example/seal"),
            algorithm: algorithm, key: key)
        sealed.fields.set(signature?.field, for: "Signature")
        changesSigned(&sealed)
        return sealed
    }
}
