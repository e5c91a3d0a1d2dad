import Foundation
import Pecule
import PeculeHTTP

extension Exchange {
    /// The token of a client with a key of its own.
    func token(
        of credentials: ClientCredentials, in cache: TokenCache<AccessToken, Failure>, until end: Date
    ) async throws(Failure) -> AccessToken {
        try await cache.token(at: environment.now()) { () async throws(Failure) -> AccessToken in
            try await fetch(credentials, until: end)
        }
    }

    /// Forgets a token that the gateway no longer takes; false without one.
    func forget(_ token: AccessToken?) async -> Bool {
        guard case .credentials(_, let cache) = access, let token else { return false }
        await cache.forget(token)
        return true
    }

    private func fetch(_ credentials: ClientCredentials, until end: Date) async throws(Failure) -> AccessToken {
        let (path, asked) = ("/v1/token", environment.now())
        let request = HTTPRequest(
            .post, base + path, fields: ["Content-Type": "application/x-www-form-urlencoded"],
            body: Array(credentials.form(for: base + path, in: environment).text.utf8))
        let response = try await answer(to: request, path, attempt: 1, until: end)
        guard response.status == 200, let json = try? JSON(parsing: response.body),
            let text = json["access_token"]?.string, let seconds = json["expires_in"]?.integer
        else { throw Self.refusal(response) }
        let life = TimeInterval(min(max(seconds, 0), 86_400))
        // Renewed while a tenth of its life, at most half a minute, is left: a call must not outlive its token.
        return AccessToken(revealed: text, staleAt: asked.addingTimeInterval(life - min(30, life / 10)))
    }

    /// Nothing was sent that matters: without a token, the call itself was not made.
    private static func refusal(_ response: HTTPResponse) -> Failure {
        guard let json = try? JSON(parsing: response.body), let code = json["error"]?.string else {
            let fault = RemoteFault.notSent("no token: HTTP \(response.status)")
            return Failure(error: .remote(fault), isWorthAnother: response.status >= 500)
        }
        return Failure(error: .remote(.refused(code: code, json["error_description"]?.string ?? "")))
    }
}
