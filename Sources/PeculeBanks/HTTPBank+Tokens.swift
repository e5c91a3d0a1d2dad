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

    /// The token that an authorization code stands for (RFC 6749, section 4.1.3). A code is good for one exchange, and
    /// a second one may revoke what the first gave: a confirmation that has to be repeated finds its token here, and
    /// when it is too old the bank says so.
    func codeToken(
        _ code: ApprovalProof, of payment: BankPayment, _ choice: BankChoice
    ) async throws(BankFault) -> BearerToken {
        let cache = await codeTokens.cache(for: CodeTokens.Key(payment: payment, code: code))
        return try await cache.token(at: environment.now()) { () async throws(BankFault) -> BearerToken in
            var form = [
                ("grant_type", "authorization_code"), ("code", code.revealed),
                ("redirect_uri", choice.returnAddress.text),
            ]
            if let verifier = ApprovalMemo(payment.memo).verifier { form.append(("code_verifier", verifier)) }
            return BearerToken(revealed: try await fetchToken(form).revealed, staleAt: .distantFuture)
        }
    }

    /// A token request changes nothing about money: without an answer nothing was sent that matters.
    private func fetchToken(_ grant: [(String, String)]) async throws(BankFault) -> BearerToken {
        let asked = environment.now()
        let response: HTTPResponse
        do throws(BankFault) { response = try await exchange(tokenRequest(grant)) } catch {
            throw .notSent(error.detail)
        }
        guard response.status == 200, let body = try? JSON(parsing: response.body),
            let text = body["access_token"]?.string, (1...8192).contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), body["token_type"]?.string?.lowercased() == "bearer"
        else { throw HTTPVerdict.onTokenRequest(response) }
        let seconds = body["expires_in"]?.scalar.flatMap { Int($0) } ?? 60
        let lifetime = TimeInterval(min(max(seconds, 0), 86_400))
        // Renewed while a tenth of its life, at most half a minute, is left: a call must not outlive its token.
        return BearerToken(revealed: text, staleAt: asked.addingTimeInterval(lifetime - min(30, lifetime / 10)))
    }

    private func tokenRequest(_ grant: [(String, String)]) -> HTTPRequest {
        var form = URLForm(grant.map { (name: $0.0, value: $0.1) })
        var request = HTTPRequest(.post, profile.token, fields: ["Accept": "application/json"])
        let (id, secret) = (profile.client.id, profile.client.secret?.revealed ?? "")
        switch profile.client.authentication {
        case .basic:
            let pair = "\(URLCoding.encode(id)):\(URLCoding.encode(secret))"
            request.fields.append("Basic \(Base64.encode(Array(pair.utf8)))", for: "Authorization")
        case .body:
            form.append(id, for: "client_id")
            form.append(secret, for: "client_secret")
        case .tls: form.append(id, for: "client_id")
        }
        switch profile.tokenBody {
        case .form:
            request.fields.append("application/x-www-form-urlencoded", for: "Content-Type")
            request.body = Array(form.text.utf8)
        case .json:
            request.fields.append("application/json", for: "Content-Type")
            request.body = JSON.object(form.pairs.map { (name: $0.name, value: .string($0.value)) }).bytes
        }
        return request
    }
}

/// The tokens of authorization codes: the latest ten thousand, more than one bank has being confirmed at a time.
actor CodeTokens {
    /// Payment and code together: a code that is slipped into another payment's return has to pass the bank's check of
    /// that payment's verifier.
    struct Key: Hashable {
        let payment: BankPayment
        let code: ApprovalProof
    }

    private var caches: [Key: BankTokens] = [:]
    private var oldestFirst: [Key] = []

    func cache(for key: Key) -> BankTokens {
        if let kept = caches[key] { return kept }
        let cache = BankTokens()
        caches[key] = cache
        oldestFirst.append(key)
        if oldestFirst.count > 10_000 { caches[oldestFirst.removeFirst()] = nil }
        return cache
    }
}
