import FoundationEssentials
import Pecule
import PeculeCrypto
import PeculeHTTP

extension HTTPBank {
    /// The token for everything that needs no payer: client credentials (RFC 6749, section 4.4).
    func clientToken() async throws(BankFault) -> BearerToken {
        try await tokens.token(at: environment.now()) { () async throws(BankFault) -> BearerToken in
            try await fetchToken([("grant_type", "client_credentials"), ("scope", profile.scope)])
        }
    }

    /// The token that an authorization code stands for (RFC 6749, section 4.1.3). A code is good for one exchange, so
    /// a confirmation that has to be repeated finds the token here.
    func codeToken(
        _ code: String, of payment: BankPayment, _ choice: BankChoice
    ) async throws(BankFault) -> BearerToken {
        let cache = await codeTokens.cache(for: payment.id)
        return try await cache.token(at: environment.now()) { () async throws(BankFault) -> BearerToken in
            var form = [
                ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", choice.returnAddress.text),
            ]
            if let verifier = STETMemo(payment.memo).verifier { form.append(("code_verifier", verifier)) }
            return try await fetchToken(form)
        }
    }

    /// A token request changes nothing about money: without an answer nothing was sent that matters.
    private func fetchToken(_ grant: [(String, String)]) async throws(BankFault) -> BearerToken {
        let asked = environment.now()
        let response: HTTPResponse
        do throws(BankFault) { response = try await exchange(tokenRequest(grant)) } catch {
            throw .notSent(error.detail)
        }
        let detail = BankFault.Detail(.unauthorised, status: response.status)
        guard response.status == 200 else {
            throw response.status == 429 ? HTTPVerdict.onInquiry(response)
                : .notSent(response.status >= 500 ? .init(.serverError, status: response.status) : detail)
        }
        guard let body = try? JSON(parsing: response.body), let text = body["access_token"]?.string,
            (1...8192).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            body["token_type"]?.string?.lowercased() == "bearer"
        else { throw .notSent(.init(.malformedAnswer, status: response.status)) }
        let lifetime = Double(min(max(body["expires_in"]?.integer ?? 60, 0), 86_400))
        // Renewed while a tenth of its life, at most half a minute, is left: a call must not outlive its token.
        return BearerToken(text: text, staleAt: asked.addingTimeInterval(lifetime - min(30, lifetime / 10)))
    }

    private func tokenRequest(_ grant: [(String, String)]) -> HTTPRequest {
        var form = URLForm(grant.map { (name: $0.0, value: $0.1) })
        var request = HTTPRequest(
            .post, profile.token,
            fields: ["Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"])
        switch profile.client.authentication {
        case .basic:
            let pair = "\(URLCoding.encode(profile.client.id)):\(URLCoding.encode(profile.client.secret))"
            request.fields.append("Basic \(Base64.encode(Array(pair.utf8)))", for: "Authorization")
        case .body:
            form.append(profile.client.id, for: "client_id")
            form.append(profile.client.secret, for: "client_secret")
        }
        request.body = Array(form.text.utf8)
        return request
    }
}

/// The tokens of authorization codes, by payment: the latest hundred, which is more than are ever being confirmed.
actor CodeTokens {
    private var caches: [(payment: String, cache: TokenCache)] = []

    func cache(for payment: String) -> TokenCache {
        if let kept = caches.first(where: { $0.payment == payment }) { return kept.cache }
        let cache = TokenCache()
        caches.append((payment, cache))
        if caches.count > 100 { caches.removeFirst() }
        return cache
    }
}
