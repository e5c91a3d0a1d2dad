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
        _ request: PortalRequest, _ member: StaffMember, problem: ScreenProblem? = nil
    ) async throws(Trouble) -> HTTPResponse {
        let id = try ApplicationFace.id(request)
        let application = try await desk.applied { () throws(ApplicationError) in
            try await applications.application(id, for: member)
        }
        let place = try await desk.establishment(of: application)?.name
        let (mood, state) = ApplicationText.state(of: application.status.kind)
        let files = application.pieces.map { piece -> HTML in
            """
            <li><a href="/etablissement/demandes/\(id.text)/fichiers/\(piece.id.text)">\(piece.kind.french)&nbsp;: \
            \(piece.label)</a></li>
            """
        }
        let acts = StaffActs(desk: desk, request: request, member: member, id: id)
        return face.page(
            "Demande \(id)", request, hasErrors: problem != nil,
            """
            <h1>Demande de permis de visite</h1>
            \(problem?.html)
            \(Pieces.facts([("État", Pieces.pill(mood, state)), ("Référence", "\(id.text)")]
                + ApplicationText.facts(of: application, at: place)))
            <h2>Documents</h2><ul>\(files)</ul>
            \(acts.html(for: application.status.kind, problem))
            """)
    }

    private func act(_ request: PortalRequest, _ member: StaffMember) async throws(Trouble) -> HTTPResponse {
        let id = try ApplicationFace.id(request)
        do throws(ScreenFailure) {
            try await StaffActs(desk: desk, request: request, member: member, id: id).take(request.parameters["acte"])
        } catch { return try await show(request, member, problem: try error.shown()) }
        return .seeOther("/etablissement/demandes/\(id)")
    }
}
