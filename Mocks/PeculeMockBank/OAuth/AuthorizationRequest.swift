import PeculeCrypto
import PeculeHTTP

/// What a payer's browser brings to the authorization endpoint (RFC 6749, section 4.1.1; RFC 7636, section 4.3).
struct AuthorizationRequest: Sendable, Equatable {
    let clientID: String
    let redirectURI: WebAddress
    let state: String
    /// Nil at a bank that wants none.
    let codeChallenge: String?

    /// Why the request is not served: told on a page when the return address cannot be trusted, else to the client.
    enum Fault: Error {
        case page(french: String, english: String)
        case client(redirectURI: WebAddress, state: String?, code: String, description: String)
    }

    init(_ form: URLForm, clients: [String: OAuthClient], scope: String, needsPKCE: Bool) throws(Fault) {
        guard form.repeated.isEmpty else { throw .page(
                french: "Un paramètre de la demande est répété.", english: "A parameter of the request stands twice.") }
        guard let client = form["client_id"].flatMap({ clients[$0] }) else {
            throw .page(
                french: "Le service qui vous envoie n’est pas connu de la banque.",
                english: "The bank does not know the service that sends you.")
        }
        guard let text = form["redirect_uri"], client.mayReturn(to: text), let redirectURI = WebAddress(text) else {
            throw .page(
                french: "L’adresse de retour n’est pas celle que le service a déclarée.",
                english: "The return address is not the one that the service has declared.")
        }
        func fault(_ code: String, _ description: String) -> Fault {
            .client(redirectURI: redirectURI, state: form["state"], code: code, description: description)
        }
        guard form["response_type"] == "code" else {
            throw fault("unsupported_response_type", "response_type must be code")
        }
        guard form["scope"] == scope else { throw fault("invalid_scope", "scope must be \(scope)") }
        guard let state = form["state"], (1...512).contains(state.utf8.count) else {
            throw fault("invalid_request", "state is required")
        }
        let challenge = form["code_challenge"]
        guard !needsPKCE && challenge == nil
            || form["code_challenge_method"] == "S256" && challenge.flatMap(Base64URL.decode)?.count == 32
        else { throw fault("invalid_request", "a code_challenge with method S256 is required") }
        clientID = client.id
        self.redirectURI = redirectURI
        self.state = state
        codeChallenge = challenge
    }

    /// The return address with an answer, the state, and who answers (RFC 9207, section 2).
    func answer(_ pairs: [URLForm.Pair], issuer: String) -> String {
        redirectURI.appending(URLForm(pairs + [("state", state), ("iss", issuer)]))
    }
}
