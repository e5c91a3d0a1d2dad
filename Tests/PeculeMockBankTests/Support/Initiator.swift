import PeculeCrypto
import PeculeHTTP
import PeculeMockBank

/// A payment initiator, as small as the standard allows: written against the published rules alone.
struct Initiator: Sendable {
    let world: World
    let profile: MockBankProfile
    var id = "PSDFR-ACPR-99999"
    var secret = "bac-a-sable"
    /// What the paths of its space begin with.
    var root = ""

    static let returnURL = "http://127.0.0.1:9/retour"
    static let verifier = String(repeating: "v", count: 43)

    var usesCode: Bool { profile.flow == .codeOnly || profile.flow == .codeThenConfirm }
    var confirmationStep: String {
        profile.version == .v142 && profile.flow == .codeThenConfirm ? "o-confirmation" : "confirmation"
    }

    // MARK: OAuth

    func tokenRequest(_ pairs: [URLForm.Pair]) -> HTTPRequest {
        var request = HTTPRequest(
            .post, "\(root)/\(profile.id)/oauth/token", fields: ["Content-Type": "application/x-www-form-urlencoded"])
        var form = URLForm(pairs)
        switch profile.clientAuthentication {
        case .basic:
            let both = URLCoding.encode(id) + ":" + URLCoding.encode(secret)
            request.fields.set("Basic " + Base64.encode(Array(both.utf8)), for: "Authorization")
        case .body:
            form.append(id, for: "client_id")
            form.append(secret, for: "client_secret")
        case .tls: form.append(id, for: "client_id")
        }
        request.body = Array(form.text.utf8)
        return request
    }

    func token() async -> String? {
        let response = await world.send(tokenRequest([("grant_type", "client_credentials"), ("scope", "pisp")]))
        return response.json?["access_token"]?.string
    }

    func redeem(_ code: String, verifier: String? = verifier, redirectURI: String? = returnURL) async -> HTTPResponse {
        var pairs: [URLForm.Pair] = [("grant_type", "authorization_code"), ("code", code)]
        if let redirectURI { pairs.append(("redirect_uri", redirectURI)) }
        if let verifier { pairs.append(("code_verifier", verifier)) }
        return await world.send(tokenRequest(pairs))
    }

    // MARK: STET

    func call(
        _ method: HTTPMethod, _ path: String, body: JSON? = nil, token: String? = nil, payer: HTTPFields = [:]
    ) async -> HTTPResponse {
        let bearer: String? = if let token { token } else { await self.token() }
        var request = HTTPRequest(
            method, "\(root)/\(profile.id)/stet/v1/payment-requests\(path)",
            fields: ["Authorization": "Bearer \(bearer ?? "")", "X-Request-ID": "req-1"], body: body?.bytes ?? [])
        if body != nil { request.fields.set("application/json", for: "Content-Type") }
        for field in payer.all { request.fields.append(field.value, for: field.name) }
        return await world.send(request)
    }

    func post(_ body: JSON) async -> HTTPResponse { await call(.post, "", body: body) }

    /// Posts a fresh order; its id and the address where the payer approves.
    func open(_ order: OrderText = OrderText()) async -> Opened? {
        let response = await post(order.json(profile.version))
        guard response.status == 201, let location = response.fields["Location"],
            let link = response.json?["_links"]?["consentApproval"]?["href"]?.string
        else { return nil }
        let id = String(location.split(separator: "/").last ?? "")
        return Opened(id: id, link: usesCode ? link + "&" + authorization.text : link, nonce: response.json?["nonce"])
    }

    struct Opened: Sendable {
        let id: String
        let link: String
        let nonce: JSON?
    }

    /// What the initiator appends to the link of an OAuth flow.
    var authorization: URLForm {
        URLForm([
            ("client_id", id), ("redirect_uri", Self.returnURL), ("state", "etat-1"),
            ("code_challenge", PKCE.challenge(for: Self.verifier)), ("code_challenge_method", "S256"),
        ])
    }

    func status(_ id: String) async -> String? {
        await call(.get, "/\(id)").json?["paymentRequest"]?["paymentInformationStatus"]?.string
    }

    func reason(_ id: String) async -> String? {
        await call(.get, "/\(id)").json?["paymentRequest"]?["statusReasonInformation"]?.string
    }

    /// Confirms as this bank wants it, with what the payer's return brought.
    func confirm(_ opened: Opened, returned: String) async -> HTTPResponse {
        let query = URLForm(parsing: returned.split(separator: "?").last ?? "") ?? URLForm()
        var body = JSONObject()
        body["nonce"] = opened.nonce
        body["psuAuthenticationFactor"] = query["psuAuthenticationFactor"].map { .string($0) }
        var token: String?
        if let code = query["code"] { token = await redeem(code).json?["access_token"]?.string }
        return await call(.post, "/\(opened.id)/\(confirmationStep)", body: .object(body), token: token)
    }

    func cancel(_ id: String, _ order: OrderText) async -> HTTPResponse {
        guard case .object(var body) = order.json(profile.version) else { return HTTPResponse(status: 0) }
        body["paymentInformationStatus"] = profile.version == .v140 ? "RJCT" : "CANC"
        body["statusReasonInformation"] = "DS02"
        return await call(.put, "/\(id)", body: .object(body))
    }
}

extension HTTPResponse {
    var json: JSON? { try? JSON(parsing: body) }
    var text: String { String(decoding: body, as: UTF8.self) }
}
