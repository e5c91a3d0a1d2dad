import Foundation
import Pecule
import PeculeHTTP

/// The establishment's side: its own queue, its own permits, its own caps, and nothing of any other's.
struct StaffFace: Sendable {
    /// With the sessions of staff, which no relative's cookie opens.
    let desk: PortalDesk
    let staff: StaffBook

    typealias Answer = @Sendable (PortalRequest, StaffMember) async throws(Trouble) -> HTTPResponse

    func install(in router: inout HTTPRouter) {
        desk.forAnyone(&router, .get, "/etablissement/connexion") { request throws(Trouble) in try await ask(request) }
        desk.forAnyone(&router, .post, "/etablissement/connexion") { request throws(Trouble) in
            try await logIn(request)
        }
        desk.forAnyone(&router, .post, "/etablissement/deconnexion") { request throws(Trouble) in
            if let session = request.session { try await logOut(session, at: request.now) }
            return .seeOther("/etablissement/connexion")
        }
        StaffQueueFace(face: self).install(in: &router)
        StaffApplicationFace(face: self).install(in: &router)
        StaffPermitFace(face: self).install(in: &router)
    }

    /// A page for staff that is logged in.
    func forStaff(
        _ router: inout HTTPRouter, _ method: HTTPMethod, _ pattern: String, _ answer: @escaping Answer
    ) {
        desk.forAnyone(&router, method, pattern) { request throws(Trouble) in
            guard let member = request.session?.staff else { return .seeOther("/etablissement/connexion") }
            return try await answer(request, member)
        }
    }

    /// The frame of the staff's pages, with their own ways.
    func page(
        _ title: String, _ request: PortalRequest, hasErrors: Bool = false, _ body: HTML
    ) -> HTTPResponse {
        let ways: HTML = """
            <nav aria-label="Espace des établissements" class="row"><a href="/etablissement">Demandes</a>
            <a href="/etablissement/permis">Permis</a> <a href="/etablissement/plafonds">Plafonds</a>
            <form method="post" action="/etablissement/deconnexion">\(desk.token(for: request))
            <button class="quiet" type="submit">Se déconnecter</button></form></nav>
            """
        return Frame(title: "\(title) – espace des établissements", hasErrors: hasErrors).page("\(ways)\(body)")
    }

    // MARK: Logging in

    private func ask(
        _ request: PortalRequest, problem: String? = nil, status: Int = 200
    ) async throws(Trouble) -> HTTPResponse {
        let (token, cookie) = try await desk.tokenForAnyone(request)
        var response = Frame(title: "Espace des établissements", hasErrors: problem != nil).page(
            status: status,
            """
            <h1>Espace des établissements</h1>
            \(problem.map { Pieces.alert(.wrong, $0) })
            <p>Réservé aux agents des établissements pénitentiaires.</p>
            <form method="post" action="/etablissement/connexion" novalidate>\(token)
            \(Field(
                name: "identifiant", label: "Identifiant de l’agent", value: request.typed("identifiant"),
                autocomplete: "username"
            ).text)
            \(Field(name: "code", label: "Code d’accès").secret)
            <p>\(Pieces.button("Entrer"))</p></form>
            """)
        if let cookie { response.fields.set(cookie, for: "Set-Cookie") }
        return response
    }

    private func logIn(_ request: PortalRequest) async throws(Trouble) -> HTTPResponse {
        let login = try await desk.stored { () throws(StoreFault) in
            try await staff.logIn(request.typed("identifiant"), code: request.typed("code"), at: request.now)
        }
        let found: StaffMember
        switch login {
        case .member(let member): found = member
        case .refused: return try await ask(request, problem: "Identifiant ou code inconnu.")
        case .tooMany: return try await ask(request, problem: "Trop d’essais\u{A0}: attendez une minute.", status: 429)
        }
        let cookie = try await desk.stored { () throws(StoreFault) in
            if let session = request.session { try await desk.sessions.end(session) }
            return try await desk.sessions.begin { key, expires in Session(key: key, staff: found, expires: expires) }
        }
        var response = HTTPResponse.seeOther("/etablissement")
        response.fields.set(cookie, for: "Set-Cookie")
        return response
    }

    private func logOut(_ session: Session, at now: Date) async throws(Trouble) {
        try await desk.stored { () throws(StoreFault) in
            if let member = session.staff {
                try await staff.log.note(.loggedOut, member.id.text, by: member, at: now)
            }
            try await desk.sessions.end(session)
        }
    }
}
