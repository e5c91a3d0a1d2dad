import Pecule
import PeculeHTTP

/// One application, read and decided by the establishment that received it.
struct StaffApplicationFace: Sendable {
    let face: StaffFace

    private var desk: PortalDesk { face.desk }
    private var applications: ApplicationDesk { desk.applications }

    func install(in router: inout HTTPRouter) {
        face.forStaff(&router, .get, "/etablissement/demandes/{demande}") { request, member throws(Trouble) in
            try await show(request, member)
        }
        face.forStaff(
            &router, .get, "/etablissement/demandes/{demande}/fichiers/{fichier}"
        ) { request, member throws(Trouble) in
            let (id, piece) = (try ApplicationFace.id(request), try ApplicationFace.piece(request))
            let found = try await desk.applied { () throws(ApplicationError) in
                try await applications.document(piece, in: id, for: member)
            }
            return FileAnswer.response(found.piece, found.bytes)
        }
        face.forStaff(&router, .post, "/etablissement/demandes/{demande}/{acte}") { request, member throws(Trouble) in
            try await act(request, member)
        }
    }

    private func show(
        _ request: PortalRequest, _ member: StaffMember, problem: String? = nil
    ) async throws(Trouble) -> HTTPResponse {
        let id = try ApplicationFace.id(request)
        let application = try await desk.applied { () throws(ApplicationError) in
            try await applications.application(id, for: member)
        }
        let (mood, state) = ApplicationText.state(of: application.status.kind)
        let files = application.pieces.map { piece -> HTML in
            """
            <li><a href="/etablissement/demandes/\(id.text)/fichiers/\(piece.id.text)">\(piece.kind.french)&nbsp;: \
            \(piece.label)</a></li>
            """
        }
        return face.page(
            "Demande \(id)", request,
            """
            <h1>Demande de permis de visite</h1>
            \(problem.map { Pieces.alert(.wrong, $0) })
            \(Pieces.facts([("État", Pieces.pill(mood, state)), ("Référence", "\(id.text)")]
                + ApplicationText.facts(of: application)))
            <h2>Documents</h2><ul>\(files)</ul>
            \(acts(request, application))
            """)
    }

    private func acts(_ request: PortalRequest, _ application: PermitApplication) -> HTML {
        let place = "/etablissement/demandes/\(application.id)"
        let kinds = PieceKind.allCases.map { ($0.rawValue, $0 == .identityPhoto ? "Nouvelle photo" : $0.french) }
        let (checked, none): (HTML, HTML) = (" checked", "")
        let grounds = ApplicationDecline.Ground.allCases.map { ground -> HTML in
            """
            <label class="choice"><input type="checkbox" name="motif-\(ground.rawValue)" value="oui"\
            \(request.form["motif-\(ground.rawValue)"] == nil ? none : checked)><span>\
            \(ground.french)</span></label>
            """
        }
        func form(_ act: String, _ button: String, _ fields: HTML = "") -> HTML {
            """
            <form method="post" action="\(place)/\(act)" novalidate>\(desk.token(for: request))\(fields)
            <p>\(Pieces.button(button))</p></form>
            """
        }
        func typed(_ name: String) -> String { request.typed(name) }
        let complement = form("completer", "Demander ce document", """
            \(Field(name: "document", label: "Document", value: typed("document")).choice(among: kinds))
            \(Field(name: "message", label: "Message au demandeur", value: typed("message"), longest: 1000).area)
            """)
        let decline = form("refuser", "Refuser la demande", """
            <fieldset><legend>Motifs</legend>\(grounds)</fieldset>
            \(Field(name: "explication", label: "Explication", value: typed("explication"), longest: 2000).area)
            """)
        switch application.status.kind {
        case .submitted:
            return """
                <h2>Instruire</h2>\(form("instruire", "Commencer l’instruction"))
                <h2>Demander un complément</h2>\(complement)
                """
        case .underReview:
            return """
                <h2>Accepter</h2>\(form("accepter", "Accepter la demande"))
                <h2>Demander un complément</h2>\(complement)
                <h2>Refuser</h2>\(decline)
                """
        case .complementRequested: return "<h2>Refuser</h2>\(decline)"
        case .draft, .accepted, .refused, .cancelled: return ""
        }
    }

    private func act(_ request: PortalRequest, _ member: StaffMember) async throws(Trouble) -> HTTPResponse {
        let id = try ApplicationFace.id(request)
        do throws(ApplicationError) {
            switch request.parameters["acte"] {
            case "instruire": _ = try await applications.beginReview(id, by: member)
            case "accepter": _ = try await applications.accept(id, by: member)
            case "completer":
                guard let piece = PieceKind(rawValue: request.typed("document")) else {
                    throw ApplicationError.refused(.missing(.piece))
                }
                _ = try await applications.askComplement(
                    piece, message: request.typed("message"), for: id, by: member)
            case "refuser": _ = try await applications.decline(id, try decline(request), by: member)
            default: throw ApplicationError.notFound
            }
        } catch {
            guard error.isForThePage else { throw .application(error) }
            return try await show(request, member, problem: error.french)
        }
        return .seeOther("/etablissement/demandes/\(id)")
    }

    private func decline(_ request: PortalRequest) throws(ApplicationError) -> ApplicationDecline {
        let grounds = ApplicationDecline.Ground.allCases.filter { request.form["motif-\($0.rawValue)"] == "oui" }
        do throws(ApplicationRefusal) {
            return try ApplicationDecline(grounds, explanation: request.typed("explication"))
        } catch { throw .refused(error) }
    }
}
