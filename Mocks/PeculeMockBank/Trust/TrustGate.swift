import FoundationEssentials
import PeculeCrypto
import PeculeHTTP

/// Judges the certificates and signatures of calls, and seals answers.
struct TrustGate: Sendable {
    /// Nil where no bank demands any.
    let trust: MockBankTrust?
    /// The clock on the wall: certificates and dates on the wire do not follow a bank's virtual time.
    let clock: @Sendable () -> Date

    /// Seconds by which two clocks may differ: an older message is somebody else's, sent again.
    static let window = 300

    /// Whom the certificates of a call speak of; empty at a bank that wants none.
    func callers(_ request: HTTPRequest, at bank: BankState) throws(TrustFault) -> Set<String> {
        guard let trust, let security = bank.profile.security else { return [] }
        var callers: Set<String> = []
        if security.demandsClientCertificate { callers.insert(try connected(request, trust)) }
        if let rule = security.signature { callers.insert(try signer(bank.asSent(request), rule, trust)) }
        return callers
    }

    /// For the token endpoint, whose requests are not signed.
    func connection(_ request: HTTPRequest, at profile: MockBankProfile) throws(TrustFault) -> Set<String> {
        guard let trust, profile.security?.demandsClientCertificate == true else { return [] }
        return [try connected(request, trust)]
    }

    private func connected(_ request: HTTPRequest, _ trust: MockBankTrust) throws(TrustFault) -> String {
        guard let der = request.clientCertificate else {
            throw TrustFault(.certificateMissing, "a client certificate (QWAC) is required")
        }
        guard let certificate = Certificate(der: der) else {
            throw TrustFault(.certificateInvalid, "the client certificate cannot be read")
        }
        return try organization(of: certificate, .web, trust)
    }

    // MARK: Signatures

    private func signer(
        _ request: HTTPRequest, _ rule: SignatureRule, _ trust: MockBankTrust
    ) throws(TrustFault) -> String {
        guard request.fields.contains("Signature") else {
            throw TrustFault(.signatureMissing, "a Signature is required")
        }
        let found = request.fields["Signature"].flatMap(HTTPSignature.init)
        guard let signature = found, signature.algorithm == rule.algorithm else {
            throw TrustFault(.signatureInvalid, "Signature cannot be read, or is not \(rule.algorithm.rawValue)")
        }
        let head = SignedHead(request)
        if let uncovered = rule.list(for: head).first(where: { !signature.headers.contains($0) }) {
            throw TrustFault(.signatureInvalid, "the signature must cover \(uncovered)")
        }
        let certificate = try certificate(of: signature, request, rule, trust)
        let organization = try organization(of: certificate, .seal, trust)
        guard signature.isValid(for: head, by: certificate) else {
            throw TrustFault(.signatureInvalid, "the signature does not fit the message and the certificate")
        }
        try checkDate(request, signature)
        guard !signature.headers.contains("digest")
            || request.fields["Digest"].map({ HTTPDigest.matches($0, request.body) }) == true
        else { throw TrustFault(.signatureInvalid, "Digest is not that of the body") }
        return organization
    }

    private func certificate(
        of signature: HTTPSignature, _ request: HTTPRequest, _ rule: SignatureRule, _ trust: MockBankTrust
    ) throws(TrustFault) -> Certificate {
        switch rule.keyID {
        case .url:
            guard let known = trust.seals.first(where: { $0.isNamed(signature.keyID, .url) }) else {
                throw TrustFault(.certificateInvalid, "keyId names no certificate that is registered here")
            }
            return known
        case .serial:
            guard let text = request.fields["TPP-Signature-Certificate"] else {
                throw TrustFault(.certificateMissing, "TPP-Signature-Certificate is required")
            }
            let read = Base64.decode(text).flatMap(Certificate.init)
            guard let shown = read, shown.isNamed(signature.keyID, .serial) else {
                throw TrustFault(.certificateInvalid, "TPP-Signature-Certificate is not the one that keyId names")
            }
            return shown
        }
    }

    private func checkDate(_ request: HTTPRequest, _ signature: HTTPSignature) throws(TrustFault) {
        guard signature.headers.contains("date") else { return }
        let date = request.fields["Date"].flatMap(HTTPDate.seconds)
        guard let date, abs(date - now) <= Self.window else {
            throw TrustFault(.timestampInvalid, "Date must be within \(Self.window) seconds of now")
        }
    }

    // MARK: Certificates

    private func organization(
        of certificate: Certificate, _ kind: QualifiedStatements.Kind, _ trust: MockBankTrust
    ) throws(TrustFault) -> String {
        let title = kind == .web ? "client certificate" : "certificate of the signature"
        switch trust.authorities.verdict(on: certificate, at: now) {
        case .trusted: break
        case .expired: throw TrustFault(.certificateExpired, "the \(title) has expired")
        case .notYetValid: throw TrustFault(.certificateInvalid, "the \(title) is not valid yet")
        case .foreign: throw TrustFault(.certificateInvalid, "the \(title) is of no authority known here")
        }
        guard let statements = certificate.statements, statements.kind == kind,
            let organization = certificate.organizationIdentifier
        else { throw TrustFault(.certificateInvalid, "the \(title) is no \(kind == .web ? "QWAC" : "QSEALC")") }
        guard statements.roles.contains(.paymentInitiation) else {
            throw TrustFault(.roleInvalid, "the \(title) does not give the role PSP_PI")
        }
        return organization
    }

    private var now: Int { Int(clock().timeIntervalSince1970) }
}

extension TrustGate {
    /// An answer with the bank's signature, where it gives one.
    func sealed(_ response: HTTPResponse, for request: HTTPRequest, at profile: MockBankProfile) -> HTTPResponse {
        guard let trust, let rule = profile.security?.signature, rule.signsAnswers else { return response }
        var sealed = response
        sealed.fields.set(StetHead.requestID(of: request), for: "X-Request-ID")
        Self.seal(&sealed.fields, over: sealed.body, rule, trust)
        return sealed
    }

    /// A notification, signed where answers are and as they are: under its digest and its identifier.
    func sealed(_ notification: HTTPRequest, at profile: MockBankProfile) -> HTTPRequest {
        guard let trust, let rule = profile.security?.signature, rule.signsAnswers else { return notification }
        var sealed = notification
        Self.seal(&sealed.fields, over: sealed.body, rule, trust)
        return sealed
    }

    /// Where the banks' seal is said to be; never fetched.
    static let sealAddress = "https://bank.example/qseal"

    private static func seal(
        _ fields: inout HTTPFields, over body: [UInt8], _ rule: SignatureRule, _ trust: MockBankTrust
    ) {
        fields.set(HTTPDigest.field(body), for: "Digest")
        let head = SignedHead(method: nil, target: "", fields: fields.all.map { ($0.name, $0.value) })
        let signature = HTTPSignature(
            of: head, headers: SignatureRule.answerHeaders, keyID: trust.seal.keyID(rule.keyID, at: sealAddress),
            algorithm: rule.algorithm, key: trust.key)
        fields.set(signature?.field, for: "Signature")
    }
}

extension BankState {
    /// With the target that was signed: in a place of its own, the bank's paths have that place before them.
    fileprivate func asSent(_ request: HTTPRequest) -> HTTPRequest {
        var sent = request
        let base = address.dropLast(profile.id.count + 1)
        let place = base.split(separator: "/", maxSplits: 2).dropFirst(2).first
        sent.target = (place.map { "/\($0)" } ?? "") + request.target
        return sent
    }
}

extension SignedHead {
    init(_ request: HTTPRequest) {
        self.init(
            method: request.method.rawValue, target: request.target,
            fields: request.fields.all.map { ($0.name, $0.value) })
    }
}
