import FoundationEssentials
import PeculeHTTP

/// Where browsers come in from a service.
struct AuthorizeFace: Sendable {
    let desk: ProviderDesk

    func install(in router: inout HTTPRouter) {
        router.on(.get, "\(ProviderPath.issuer)/authorize") { request, _ in
            begin(URLForm(parsing: request.query ?? ""), request)
        }
        router.on(.post, "\(ProviderPath.issuer)/authorize") { request, _ in
            begin(URLForm(body: request.body), request)
        }
    }

    private func begin(_ form: URLForm?, _ request: HTTPRequest) -> HTTPResponse {
        guard let form else { return ErrorPage.response(.badParameter, detail: "la demande n’est pas lisible") }
        return desk.change { state, now in
            do throws(AuthorizationRequest.Refusal) {
                let asked = try AuthorizationRequest(form, services: state.services, issuer: state.issuer)
                return state.begin(asked, in: ProviderCookie.session(request), at: now)
            } catch {
                switch error {
                case .page(let code, let detail): return ErrorPage.response(code, detail: detail)
                case .callback(let address): return .seeOther(address)
                }
            }
        }
    }
}

extension ProviderState {
    /// A browser that has a session keeps it: whoever is logged in chooses nobody again.
    mutating func begin(_ request: AuthorizationRequest, in cookie: String?, at now: Date) -> HTTPResponse {
        guard let service = services[request.clientID] else { return ErrorPage.response(.unknownClient, detail: "") }
        let known = cookie.flatMap { sessions.find($0, at: now) == nil ? nil : $0 }
        let session = known ?? newSecret()
        if known == nil { sessions.add(BrowserSession(), for: session, until: now + Lifetime.session, at: now) }
        let (id, interaction) = (
            newSecret(),
            Interaction(
                request: request, service: service, formToken: newSecret(), session: session,
                provider: request.provider)
        )
        interactions.add(interaction, for: id, until: now + Lifetime.session, at: now)
        return page(of: id, session: session)
    }

    /// Sends the browser to the page by a redirection, so that a reload repeats nothing.
    func page(of interaction: String, session: String) -> HTTPResponse {
        var response = HTTPResponse.seeOther("\(ProviderPath.interaction)/\(interaction)")
        response.fields.set(ProviderCookie.text(session, address: baseURL), for: "Set-Cookie")
        response.fields.set("no-store", for: "Cache-Control")
        return response
    }
}

/// The cookie of a browser at the provider.
enum ProviderCookie {
    private static let name = "fc_session"

    static func text(_ session: String, address: String) -> String {
        let secure = address.hasPrefix("https://") ? "; Secure" : ""
        return "\(name)=\(session); Path=\(ProviderPath.root); HttpOnly; SameSite=Lax\(secure)"
    }

    static let gone = "\(name)=; Path=\(ProviderPath.root); HttpOnly; SameSite=Lax; Max-Age=0"

    static func session(_ request: HTTPRequest) -> String? { request.fields.cookie(name) }
}
