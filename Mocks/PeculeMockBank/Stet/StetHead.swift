import FoundationEssentials
import PeculeHTTP

/// What every call must carry before its body is looked at.
enum StetHead {
    static func check(
        _ request: HTTPRequest, _ state: inout BankState, at now: Date
    ) throws(StetFault) -> AccessToken {
        guard requestID(of: request) != nil else { throw StetFault(400, "X-Request-ID is required") }
        let variants = state.profile.variants
        guard accepts(request.fields["Accept"], onlyJSON: variants.refusesHAL) else {
            throw StetFault(406, "this interface does not answer in what Accept names")
        }
        if let header = variants.header, request.fields[header.name] != header.value {
            throw StetFault(400, "\(header.name) is missing or not the one that was given")
        }
        let tellsOfPayer = request.fields["PSU-IP-Address"] != nil
        guard variants.payerHeaders != .refused || !tellsOfPayer else { throw StetFault(400, "no PSU headers here") }
        guard variants.payerHeaders != .required || tellsOfPayer || request.method != .post
            || !request.path.hasSuffix("/payment-requests")
        else { throw StetFault(400, "PSU-IP-Address is required") }
        guard request.fields.contains("Authorization") else {
            throw StetFault(401, "an access token is required", challenge: "Bearer")
        }
        guard let token = bearer(of: request, state, at: now) else {
            throw StetFault(401, "the access token is not valid", challenge: #"Bearer error="invalid_token""#)
        }
        return token
    }

    static func bearer(of request: HTTPRequest, _ state: BankState, at now: Date) -> AccessToken? {
        guard let credentials = HTTPCredentials(of: request, scheme: "bearer") else { return nil }
        // Where the answer to a token request says `bearer`, `Bearer` has to be sent all the same.
        guard state.profile.variants.tokenType == "Bearer" || credentials.scheme == "Bearer" else { return nil }
        return state.tokens.find(String(credentials.word), at: now)
    }

    /// The correlation identifier, when it is one that may be sent back.
    static func requestID(of request: HTTPRequest) -> String? {
        request.fields["X-Request-ID"].flatMap { id in
            (1...128).contains(id.utf8.count) && id.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? id : nil
        }
    }

    private static func accepts(_ accept: String?, onlyJSON: Bool) -> Bool {
        guard let accept else { return true }
        if onlyJSON { return accept == "application/json" }
        return accept.parts(at: UInt8(ascii: ",")).contains { range in
            let type = range.utf8.prefix { $0 != UInt8(ascii: ";") }
            let text = Substring(type.drop { $0 == UInt8(ascii: " ") })
            return answered.contains { text == $0 } || answered.contains(text.filter { $0 != " " }.lowercased())
        }
    }

    private static let answered = ["application/hal+json", "application/json", "application/*", "*/*"]
}

extension StetFace.Call {
    /// Everything but the confirmation of an OAuth flow takes the client's own token.
    func requireClientToken() throws(StetFault) { try requireToken(for: nil) }

    func requireToken(for payment: String?) throws(StetFault) {
        guard token.paymentID == payment else {
            let wanted = payment == nil ? "a client_credentials token" : "the token of this payment's code"
            let challenge = #"Bearer error="insufficient_scope", scope="pisp""#
            throw StetFault(403, "\(wanted) is required", challenge: challenge)
        }
    }
}
