import PeculeCrypto
import PeculeHTTP

extension ProfileReader {
    static let signatureMembers: Set<String> = [
        "algorithm", "headers", "headersIfPresent", "keyID", "keyURL", "answers",
    ]

    /// Nil for a bank that takes messages without a signature.
    func signature() throws(BankProfileError) -> SignatureProfile? {
        guard json["signature"] != nil else { return nil }
        let name = /\(request-target\)|[a-z0-9-]{1,64}/
        let headers = try texts("signature.headers", in: name, otherwise: [])
        let optional = try texts("signature.headersIfPresent", in: name, otherwise: [])
        guard !headers.isEmpty, Set(headers + optional).count == headers.count + optional.count else {
            throw BankProfileError(field: "signature.headers", problem: "names at least one field, and each once")
        }
        let rule = SignatureRule(
            algorithm: try choice("signature.algorithm"), headers: headers, headersIfPresent: optional,
            keyID: try choice("signature.keyID"), signsAnswers: try flag("signature.answers", otherwise: false))
        return SignatureProfile(rule: rule, keyURL: try keyURL(for: rule.keyID))
    }

    private func keyURL(for form: SignatureRule.KeyID) throws(BankProfileError) -> String? {
        guard form == .url else {
            guard json["signature"]?["keyURL"] == nil else {
                throw BankProfileError(field: "signature.keyURL", problem: "not a setting of the key id serial")
            }
            return nil
        }
        let text = try address("signature.keyURL")
        guard text.hasPrefix("https://") else {
            throw BankProfileError(field: "signature.keyURL", problem: "not an https address")
        }
        return text
    }
}
