import Foundation
import Pecule
import PeculeFranceConnect
import PeculeHTTP

/// The way to FranceConnect and back, and the way out. The portal itself has no password field.
struct SignInFace: Sendable {
    let desk: PortalDesk

    func install(in router: inout HTTPRouter) {
        desk.forAnyone(&router, .get, "/connexion") { request throws(Trouble) in try await begin(request) }
        desk.forAnyone(&router, .get, "/connexion/retour") { request throws(Trouble) in try await end(request) }
        desk.forAnyone(&router, .post, "/deconnexion") { request throws(Trouble) in try await signOut(request) }
        desk.forAnyone(&router, .get, "/deconnexion/retour") { _ throws(Trouble) in .seeOther("/?fait=deconnexion") }
    }

    /// To the login, and back here after it; what was sent is not sent again.
    static func redirect(wanting request: PortalRequest) -> HTTPResponse {
        guard request.http.method == .get else { return .seeOther("/connexion") }
        return .seeOther("/connexion?\(URLForm([("suite", request.http.target)]).text)")
    }

    /// FranceConnect's button as its partners are told to show it, without the State's drawings.
    static func button() -> HTML {
        """
        <div class="franceconnect">
        <p>FranceConnect est la solution proposée par l’État pour sécuriser et simplifier la connexion à vos services \
        en ligne.</p>
        <p><a class="button" href="/connexion">S’identifier avec FranceConnect</a></p>
        <p><a href="https://franceconnect.gouv.fr/" target="_blank" rel="noopener" \
        title="Qu’est-ce que FranceConnect&nbsp;? - nouvelle fenêtre">Qu’est-ce que FranceConnect&nbsp;?</a></p>
        </div>
        """
    }

    private func begin(_ request: PortalRequest) async throws(Trouble) -> HTTPResponse {
        if request.relative != nil { return .seeOther(Self.own(request.query["suite"])) }
        do throws(FranceConnectError) {
            let (attempt, url) = try await desk.signIn.start()
            return try await leave(request, attempt, to: url).get()
        } catch {
            return failed(error, request)
        }
    }

    private func leave(
        _ request: PortalRequest, _ attempt: LoginAttempt, to url: String
    ) async throws(FranceConnectError) -> Result<HTTPResponse, FranceConnectError> {
        guard let kept = try? JSONEncoder().encode(attempt) else { return .failure(.unavailable("session")) }
        let wanted = Self.own(request.query["suite"])
        do throws(StoreFault) {
            let cookie = try await desk.sessions.begin { key, expires in
                Session(
                    key: key, attempt: String(decoding: kept, as: UTF8.self), wanted: wanted,
                    typed: request.session?.typed, expires: expires)
            }
            var response = HTTPResponse.seeOther(url)
            response.fields.set(cookie, for: "Set-Cookie")
            return .success(response)
        } catch {
            return .failure(.unavailable("session"))
        }
    }

    private func end(_ request: PortalRequest) async throws(Trouble) -> HTTPResponse {
        // Gone back to with the browser's button.
        if request.relative != nil { return .seeOther("/") }
        guard let session = request.session, let text = session.attempt,
            let attempt = try? JSONDecoder().decode(LoginAttempt.self, from: Data(text.utf8))
        else { return failed(.outdated, request) }
        // Taken out first: an attempt is good for one return.
        let isFirst = try await desk.stored { () throws(StoreFault) in
            try await desk.sessions.change(session) { $0.attempt = nil }
        }
        guard isFirst else { return failed(.outdated, request) }
        let login: FranceConnectLogin
        do throws(FranceConnectError) {
            login = try await desk.signIn.finish(String(request.http.query ?? ""), of: attempt)
        } catch {
            return failed(error, request)
        }
        guard let relative = Relative(login.identity) else { return failed(.notTrusted(.unreadableIdentity), request) }
        return try await enter(relative, login.idToken, after: session)
    }

    /// With a new session: whoever knew the old cookie is not logged in by it.
    private func enter(
        _ relative: Relative, _ idToken: IDToken, after old: Session
    ) async throws(Trouble) -> HTTPResponse {
        let cookie = try await desk.stored { () throws(StoreFault) in
            try await desk.accounts.note(relative, at: desk.now)
            try await desk.sessions.end(old)
            return try await desk.sessions.begin { key, expires in
                Session(
                    key: key, relative: relative, idToken: idToken.revealed, typed: old.typed, expires: expires)
            }
        }
        var response = HTTPResponse.seeOther(Self.own(old.wanted))
        response.fields.set(cookie, for: "Set-Cookie")
        return response
    }

    private func signOut(_ request: PortalRequest) async throws(Trouble) -> HTTPResponse {
        guard let session = request.session else { return .seeOther("/") }
        try await desk.stored { () throws(StoreFault) in try await desk.sessions.end(session) }
        var place = "/?fait=deconnexion"
        if let idToken = session.idToken {
            let state = Identifier.hex(desk.environment.randomBytes(16))
            // The session here has ended, whatever FranceConnect says.
            place = (try? await desk.signIn.logoutURL(IDToken(idToken), state: state)) ?? place
        }
        var response = HTTPResponse.seeOther(place)
        response.fields.set(desk.sessions.endOfCookie, for: "Set-Cookie")
        return response
    }

    private func failed(_ error: FranceConnectError, _ request: PortalRequest) -> HTTPResponse {
        let alert = Pieces.alert(error == .cancelled ? .note : .wrong, error.message)
        return desk.frame("Connexion", .home, for: request).page(
            status: error == .cancelled ? 200 : 403, "<h1>Connexion</h1>\(alert)\(Self.button())")
    }

    /// A page of this portal, and no other place.
    private static func own(_ target: String?) -> String {
        guard let target, target.utf8.count <= 512, target.hasPrefix("/"), !target.hasPrefix("//"),
            target.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }),
            !target.hasPrefix("/connexion"), !target.hasPrefix("/deconnexion")
        else { return "/" }
        return target
    }
}
