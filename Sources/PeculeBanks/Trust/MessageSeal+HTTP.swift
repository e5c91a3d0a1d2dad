import FoundationEssentials
import PeculeCrypto
import PeculeHTTP

extension MessageSeal {
    /// The request with the fields that its signature covers, and the signature. Nil when it lacks what the bank wants
    /// signed.
    func sealed(_ request: HTTPRequest, _ profile: SignatureProfile, at now: Date) -> HTTPRequest? {
        let rule = profile.rule
        var sealed = request
        if (rule.headers + rule.headersIfPresent).contains("date") {
            sealed.fields.set(HTTPDate.text(Int(now.timeIntervalSince1970)), for: "Date")
        }
        if rule.wantsDigest(of: request.body) { sealed.fields.set(HTTPDigest.field(request.body), for: "Digest") }
        if rule.keyID == .serial {
            sealed.fields.set(Base64.encode(certificate.der), for: "TPP-Signature-Certificate")
        }
        let head = SignedHead(sentAs: sealed)
        let signature = HTTPSignature(
            of: head, headers: rule.list(for: head), keyID: certificate.keyID(rule.keyID, at: profile.keyURL ?? ""),
            algorithm: rule.algorithm, key: key)
        guard let signature else { return nil }
        sealed.fields.set(signature.field, for: "Signature")
        return sealed
    }

    /// Whether a bank that signs its answers has signed this one, to this request. Refusals are not signed (STET).
    func believes(_ answer: HTTPResponse, to request: HTTPRequest, _ profile: SignatureProfile, at now: Date) -> Bool {
        guard profile.rule.signsAnswers, (200..<300).contains(answer.status) else { return true }
        guard let signature = answer.fields["Signature"].flatMap(HTTPSignature.init),
            signature.algorithm == profile.rule.algorithm,
            Set(SignatureRule.answerHeaders).isSubset(of: signature.headers),
            let bank = bankSeals.first(where: { $0.isNamed(signature.keyID, profile.rule.keyID) }),
            bank.statements?.kind == .seal, bank.statements?.roles.contains(.accountServicing) == true,
            authorities.verdict(on: bank, at: Int(now.timeIntervalSince1970)) == .trusted
        else { return false }
        let head = SignedHead(method: nil, target: "", fields: answer.fields.all.map { ($0.name, $0.value) })
        return signature.isValid(for: head, by: bank)
            && answer.fields["X-Request-ID"] == request.fields["X-Request-ID"]
            && answer.fields["Digest"].map { HTTPDigest.matches($0, answer.body) } == true
    }
}

extension SignedHead {
    /// A request with an absolute target as the server gets it: the host in a field of its own, without the port that
    /// the scheme implies.
    fileprivate init(sentAs request: HTTPRequest) {
        let isSecure = request.target.hasPrefix("https:")
        let rest = request.target.dropFirst(isSecure ? "https://".count : "http://".count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let (path, port) = (rest[authority.endIndex...], isSecure ? ":443" : ":80")
        let host = authority.hasSuffix(port) ? authority.dropLast(port.count) : authority
        self.init(
            method: request.method.rawValue, target: path.hasPrefix("/") ? String(path) : "/\(path)",
            fields: request.fields.all.map { ($0.name, $0.value) } + [("Host", String(host))])
    }
}
