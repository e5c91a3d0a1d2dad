import Pecule
import PeculeHTTP

/// Files of an application: those that are there, the field for another with « + », and the way on, which takes along
/// what was chosen.
struct FileFields {
    let desk: PortalDesk
    let request: PortalRequest
    let application: PermitApplication
    /// Where the forms lead.
    let place: String
    var next = "Suivant"

    /// - Parameters:
    ///   - isRequired: whether there is no way on without a file.
    ///   - more: what is said with it.
    func form(
        for kinds: [PieceKind], isRequired: Bool = true, _ problem: ScreenProblem?, _ more: HTML = ""
    ) -> HTML {
        let isPhoto = kinds == [.identityPhoto]
        let name = kinds.first.map { kinds.count == 1 ? $0.french.lowercased() : "document" } ?? ""
        let field = Field(
            name: "fichier", label: "Fichier\u{A0}: \(name)",
            hint: isPhoto ? "JPEG ou PNG, 5\u{A0}Mo au plus." : "JPEG, PNG ou PDF, 10\u{A0}Mo au plus.",
            error: problem?["fichier"], isRequired: isRequired)
        return """
            <form method="post" action="\(place)" enctype="multipart/form-data" novalidate>\(desk.token(for: request))
            \(more)
            \(field.file(of: isPhoto ? "image/jpeg,image/png" : "image/jpeg,image/png,application/pdf"))
            <p><button class="second" type="submit" name="suite" value="ajouter"><span aria-hidden="true">+</span> \
            Ajouter\
            <span class="unseen"> \(name)</span></button></p>
            <p><button type="submit" name="suite" value="suivant">\(next)</button></p></form>
            """
    }

    /// Each with a way to read it and to take it out.
    func list(_ pieces: [Piece]) -> HTML? {
        let rows = pieces.map { piece -> HTML in
            """
            <li>\(Self.link(to: piece, of: application))
            <form method="post" action="\(place)/retirer">\(desk.token(for: request))
            \(Pieces.hidden("fichier", piece.id.text))
            <button class="quiet" type="submit">Retirer<span class="unseen"> \(piece.label)</span></button></form></li>
            """
        }
        return Pieces.list(rows, "files")
    }

    static func link(to piece: Piece, of application: PermitApplication) -> HTML {
        """
        <a href="/permis/demandes/\(application.id.text)/fichiers/\(piece.id.text)">\(piece.label)</a> \
        (\(piece.kind.french.lowercased()), \(max(1, piece.size >> 10))&nbsp;Ko)
        """
    }
}

/// The answer to what an establishment asks for.
struct ComplementPage {
    let desk: PortalDesk
    let request: PortalRequest
    let application: PermitApplication
    var problem: ScreenProblem?

    func response() throws(Trouble) -> HTTPResponse {
        guard case .complementRequested(let asked) = application.status else {
            return .seeOther("/permis/demandes/\(application.id)")
        }
        let place = "/permis/demandes/\(application.id)/complement"
        var frame = desk.frame("Répondre à l’établissement", .permits, for: request)
        frame.hasErrors = problem != nil
        let added = application.pieces.filter(asked.isAnswered)
        let sent = application.pieces.filter { !asked.isAnswered(by: $0) }.map { piece -> HTML in
            "<li>\(FileFields.link(to: piece, of: application))</li>"
        }
        let fields = FileFields(
            desk: desk, request: request, application: application, place: place, next: "Envoyer la réponse")
        return frame.page(
            """
            <h1>Répondre à l’établissement</h1>
            \(problem?.html)
            <p>L’établissement demande&nbsp;: \(asked.message.revealed)</p>
            \(fields.list(added))
            \(fields.form(for: [asked.piece], isRequired: added.isEmpty, problem))
            <h2>Documents déjà envoyés</h2>
            \(Pieces.list(sent, "files"))
            """)
    }
}
