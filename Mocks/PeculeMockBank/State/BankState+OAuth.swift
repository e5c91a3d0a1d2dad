import FoundationEssentials
import PeculeCrypto
import PeculeHTTP

/// What a bearer of a token may do.
struct AccessToken: Sendable, Equatable {
    let client: String
    /// The one payment whose confirmation this token is for; nil for a client's own token.
    let paymentID: String?
}

/// A code on its way through the payer's browser.
struct AuthorizationCode: Sendable {
    let request: AuthorizationRequest
    let paymentID: String
    let expires: Date
    /// The token that was made of it: revoked when the code comes a second time.
    var token: String?
}

/// Why no token is given (RFC 6749, section 5.2).
enum TokenRefusal: Error, Equatable {
    case invalidGrant(String)
}

extension BankState {
    mutating func issueToken(client: String, paymentID: String? = nil, in moment: inout Moment) -> String {
        let token = moment.secret()
        tokens.add(
            AccessToken(client: client, paymentID: paymentID), for: token, until: moment.now + Timing.token,
            at: moment.now)
        return token
    }

    mutating func issueCode(for request: AuthorizationRequest, paymentID: String, in moment: inout Moment) -> String {
        let code = moment.secret()
        let expires = moment.now + Timing.authorizationCode
        // Kept as long as its token may live, so that a second use is recognised.
        codes.add(
            AuthorizationCode(request: request, paymentID: paymentID, expires: expires), for: code,
            until: expires + Timing.token, at: moment.now)
        return code
    }

    /// Exchanges a code once; a second time revokes what the first gave (RFC 6749, section 4.1.2).
    mutating func redeem(
        code: String, client: String, redirectURI: String?, verifier: String?, in moment: inout Moment
    ) throws(TokenRefusal) -> String {
        guard let known = codes.find(code, at: moment.now), known.request.clientID == client else {
            throw .invalidGrant("the code is not known")
        }
        if let token = known.token {
            tokens.remove(token)
            throw .invalidGrant("the code was already used")
        }
        guard moment.now <= known.expires else { throw .invalidGrant("the code has expired") }
        guard redirectURI == known.request.redirectURI.text else {
            throw .invalidGrant("redirect_uri is not the one of the authorization request")
        }
        guard Self.fits(verifier, known.request.codeChallenge) else {
            throw .invalidGrant("code_verifier does not fit")
        }
        let token = issueToken(client: client, paymentID: known.paymentID, in: &moment)
        codes.update(code) { $0.token = token }
        return token
    }

    private static func fits(_ verifier: String?, _ challenge: String?) -> Bool {
        guard let challenge else { return verifier == nil }
        return verifier.map { PKCE.matches(verifier: $0, challenge: challenge) } ?? false
    }
}
