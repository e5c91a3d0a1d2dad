import PeculeHTTP

/// The payment-initiation interface of Berlin Group's NextGenPSD2: translates between its wire and the books.
struct BerlinFace: Sendable {
    let books: BankBooks
    let gate: TrustGate

    static let root = "/{bank}/berlin-group/v1/payments/{product}"

    func install(in router: inout HTTPRouter) {
        let payment = Self.root + "/{id}"
        router.on(.post, Self.root) { answer($0, $1, create) }
        router.on(.get, payment) { answer($0, $1, read) }
        router.on(.delete, payment) { answer($0, $1, cancel) }
        router.on(.get, payment + "/status") { answer($0, $1, status) }
        router.on(.post, payment + "/authorisations") { answer($0, $1, start) }
        router.on(.get, payment + "/authorisations") { answer($0, $1, list) }
        router.on(.get, payment + "/authorisations/{authorisation}") { answer($0, $1, look) }
        router.on(.put, payment + "/authorisations/{authorisation}") { answer($0, $1, confirm) }
        router.on(.post, payment + "/cancellation-authorisations") { answer($0, $1, askToCancel) }
        router.on(.get, "/{bank}/.well-known/oauth-authorization-server", metadata)
    }

    /// One call, when its head is in order.
    struct Call: Sendable {
        let request: HTTPRequest
        let product: String
        let requestID: String
        let token: AccessToken
        let id: String
        let authorisation: String?
    }

    private typealias Action = (inout BankState, Call, inout Moment) throws(BerlinFault) -> HTTPResponse

    private func answer(
        _ request: HTTPRequest, _ parameters: HTTPRouter.Parameters, _ action: Action
    ) -> HTTPResponse {
        let response = books.enter(parameters["bank"] ?? "") { state, moment -> HTTPResponse in
            do throws(BerlinFault) {
                let call = try call(request, parameters, &state, moment)
                return gate.sealed(try action(&state, call, &moment), for: request, at: state.profile)
            } catch {
                let accepted = request.fields["Accept"] ?? "*/*"
                let readsProblems = ["problem+json", "*/*"].contains { accepted.contains($0) }
                return error.response(asProblem: readsProblems && state.profile.berlinGroup?.usesProblems == true)
            }
        }
        let unknown = BerlinFault(404, "RESOURCE_UNKNOWN", "there is no such bank")
        var dressed = response ?? unknown.response(asProblem: false)
        dressed.fields.set(StetHead.requestID(of: request), for: "X-Request-ID")
        dressed.fields.set("no-store", for: "Cache-Control")
        return dressed
    }

    private func call(
        _ request: HTTPRequest, _ parameters: HTTPRouter.Parameters, _ state: inout BankState, _ moment: Moment
    ) throws(BerlinFault) -> Call {
        guard state.profile.berlinGroup != nil else {
            throw BerlinFault(404, "RESOURCE_UNKNOWN", "this bank speaks STET")
        }
        let products = state.profile.products
        guard let product = parameters["product"], products.contains(product) else {
            throw BerlinFault(404, "PRODUCT_UNKNOWN", "this bank offers \(products.joined(separator: ", "))")
        }
        let callers = try callers(request, at: state)
        guard let id = request.fields["X-Request-ID"], Self.isUUID(id) else {
            throw BerlinFault(400, "FORMAT_ERROR", "X-Request-ID must be a UUID")
        }
        guard let credentials = HTTPCredentials(of: request, scheme: "bearer"),
            let token = state.tokens.find(String(credentials.word), at: moment.now)
        else { throw BerlinFault(401, "TOKEN_UNKNOWN", "the access token is missing or not valid") }
        guard callers.isSubset(of: [token.client]) else { throw BerlinFault(.notTheClients) }
        return Call(
            request: request, product: product, requestID: id, token: token, id: parameters["id"] ?? "",
            authorisation: parameters["authorisation"])
    }

    private func callers(
        _ request: HTTPRequest, at bank: BankState
    ) throws(BerlinFault) -> Set<String> {
        do throws(TrustFault) { return try gate.callers(request, at: bank) } catch { throw BerlinFault(error) }
    }

    private static func isUUID(_ text: String) -> Bool {
        let groups = text.parts(at: UInt8(ascii: "-"))
        return groups.map { $0.utf8.count } == [8, 4, 4, 4, 12]
            && groups.allSatisfy { group in HTTPSyntax.isAll(group) { HTTPSyntax.hexValue($0) != nil } }
    }

    private func metadata(_: HTTPRequest, _ parameters: HTTPRouter.Parameters) -> HTTPResponse {
        let address = books.look(at: parameters["bank"] ?? "") { $0.address }
        guard let address else { return RefusalPage.unknownBank }
        return .json([
            "issuer": .string(address), "authorization_endpoint": .string(address + "/oauth/authorize"),
            "token_endpoint": .string(address + "/oauth/token"), "response_types_supported": ["code"],
            "code_challenge_methods_supported": ["S256"],
        ])
    }
}
