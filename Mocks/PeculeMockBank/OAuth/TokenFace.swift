import PeculeHTTP

/// The token endpoint (RFC 6749, sections 3.2 and 5).
struct TokenFace: Sendable {
    let books: BankBooks
    let gate: TrustGate

    func install(in router: inout HTTPRouter) {
        router.on(.post, "/{bank}/oauth/token") { request, parameters in
            do throws(TokenFault) {
                let response = try books.enter(parameters["bank"] ?? "") { (state, moment) throws(TokenFault) in
                    try answer(request, &state, &moment)
                }
                return response ?? .problem(404, code: "not_found", title: "There is no such bank")
            } catch {
                return error.response
            }
        }
    }

    private func answer(
        _ request: HTTPRequest, _ state: inout BankState, _ moment: inout Moment
    ) throws(TokenFault) -> HTTPResponse {
        let callers = try callers(request, at: state.profile)
        let form = try Self.form(request, state.profile)
        let credentials = try ClientCredentials(request, form, by: state.profile.clientAuthentication)
        guard let client = state.clients[credentials.id], credentials.belong(to: client) else {
            throw TokenFault.client(state.profile.clientAuthentication)
        }
        guard callers.isSubset(of: [client.id]) else { throw TokenFault(.notTheClients) }
        switch form["grant_type"] {
        case "client_credentials":
            let scope = state.profile.variants.scope
            guard form["scope"] == scope else { throw TokenFault("invalid_scope", "scope must be \(scope)") }
            return Self.token(state.issueToken(client: client.id, in: &moment), state.profile)
        case "authorization_code":
            guard let code = form["code"] else { throw TokenFault("invalid_request", "code is required") }
            do throws(TokenRefusal) {
                return Self.token(
                    try state.redeem(
                        code: code, client: client.id, redirectURI: form["redirect_uri"],
                        verifier: form["code_verifier"], in: &moment), state.profile)
            } catch {
                switch error {
                case .invalidGrant(let why): throw TokenFault("invalid_grant", why)
                }
            }
        case nil: throw TokenFault("invalid_request", "grant_type is required")
        default: throw TokenFault("unsupported_grant_type", "client_credentials or authorization_code")
        }
    }

    private func callers(
        _ request: HTTPRequest, at profile: MockBankProfile
    ) throws(TokenFault) -> Set<String> {
        do throws(TrustFault) { return try gate.connection(request, at: profile) } catch { throw TokenFault(error) }
    }

    /// The parameters, as a form or, at banks that want it so, as JSON.
    private static func form(_ request: HTTPRequest, _ profile: MockBankProfile) throws(TokenFault) -> URLForm {
        let type = request.fields["Content-Type"]?.prefix { $0 != ";" }.lowercased()
        if profile.variants.readsJSONTokenRequests {
            guard type == "application/json", let members = (try? JSON(parsing: request.body))?.object?.members,
                members.allSatisfy({ $0.value.string != nil })
            else { throw TokenFault("invalid_request", "the body must be a JSON object of texts") }
            return URLForm(members.map { ($0.name, $0.value.string ?? "") })
        }
        guard type == "application/x-www-form-urlencoded", let form = URLForm(body: request.body),
            form.repeated.isEmpty
        else { throw TokenFault("invalid_request", "the body must be a form without repeated parameters") }
        return form
    }

    private static func token(_ token: String, _ profile: MockBankProfile) -> HTTPResponse {
        var response = HTTPResponse.json([
            "access_token": .string(token), "token_type": .string(profile.variants.tokenType),
            "expires_in": .integer(Int(BankState.Timing.token)), "scope": .string(profile.variants.scope),
        ])
        response.fields.set("no-store", for: "Cache-Control")
        return response
    }
}

/// An error of the token endpoint (RFC 6749, section 5.2).
struct TokenFault: Error {
    let code: String
    let description: String
    var status = 400
    var challenge: String?

    init(_ code: String, _ description: String) {
        self.code = code
        self.description = description
    }

    static func client(_ method: MockBankProfile.ClientAuthentication) -> TokenFault {
        var fault = TokenFault("invalid_client", "the client could not be authenticated")
        fault.status = 401
        fault.challenge = method == .basic ? #"Basic realm="oauth""# : nil
        return fault
    }

    var response: HTTPResponse {
        var response = HTTPResponse.json(
            ["error": .string(code), "error_description": .string(description)], status: status)
        response.fields.set("no-store", for: "Cache-Control")
        response.fields.set(challenge, for: "WWW-Authenticate")
        return response
    }
}
