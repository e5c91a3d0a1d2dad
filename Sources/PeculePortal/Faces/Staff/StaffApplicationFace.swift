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
            try await document(request, member)
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
        let acts = StaffActs(desk: desk, log: face.staff.log, request: request, member: member, id: id)
        return face.page(
            "Demande \(id)", request, hasErrors: problem != nil,
            """
            <h1>Demande de permis de visite</h1>
            \(problem?.html)
            <p>\(Pieces.pill(mood, state))</p>
            \(StaffDelay(application: application, terms: applications.terms, now: request.now).html)
            \(Pieces.facts([("Référence", "\(id.text)")] + ApplicationText.facts(of: application, at: place)))
            <h2>Documents</h2>
            \(Pieces.list(files, "files") ?? "<p>Les documents sont effacés.</p>")
            \(acts.html(for: application, problem))
            \(try await log(of: id))
            """)
    }

    private func document(_ request: PortalRequest, _ member: StaffMember) async throws(Trouble) -> HTTPResponse {
        let (id, piece) = (try ApplicationFace.id(request), try ApplicationFace.piece(request))
        let found = try await desk.applied { () throws(ApplicationError) in
            try await applications.document(piece, in: id, for: member)
        }
        try await desk.stored { () throws(StoreFault) in
            try await face.staff.log.note(.document(found.piece.kind), id.text, by: member, at: request.now)
        }
        return FileAnswer.response(found.piece, found.bytes)
    }

    /// Who has done what with it.
    private func log(of id: ApplicationID) async throws(Trouble) -> HTML {
        let acts = try await desk.stored { () throws(StoreFault) in try await face.staff.log.acts(on: id) }
        let lines = acts.map { entry -> HTML in
            "<li>\(FrenchDate.dayAndTime(entry.at))&nbsp;: \(entry.act.french.spaced), par \(entry.staff.text)</li>"
        }
        return "<h2>Journal</h2>\(Pieces.list(lines, "log") ?? "<p>Aucun acte n’est encore enregistré.</p>")"
    }

    private func act(_ request: PortalRequest, _ member: StaffMember) async throws(Trouble) -> HTTPResponse {
        let id = try ApplicationFace.id(request)
        do throws(ScreenFailure) {
            let acts = StaffActs(desk: desk, log: face.staff.log, request: request, member: member, id: id)
            try await acts.take(request.parameters["acte"])
        } catch { return try await show(request, member, problem: try error.shown()) }
        return .seeOther("/etablissement/demandes/\(id)")
    }
}
