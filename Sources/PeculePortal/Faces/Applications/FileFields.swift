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

    /// - Parameter more: what is said with the file.
    func html(_ kinds: [PieceKind], _ explanation: HTML, _ more: HTML = "") -> HTML {
        let kept = kinds.flatMap(application.pieces(of:)).map(row)
        let isPhoto = kinds == [.identityPhoto]
        let accept = isPhoto ? "image/jpeg,image/png" : "image/jpeg,image/png,application/pdf"
        let name = kinds.first.map { kinds.count == 1 ? $0.french.lowercased() : "document" } ?? ""
        let size = isPhoto ? "JPEG ou PNG, 5 Mo au plus." : "JPEG, PNG ou PDF, 10 Mo au plus."
        return """
            \(explanation)
            \(Pieces.list(kept, "files"))
            <form method="post" action="\(place)" enctype="multipart/form-data" novalidate>\(desk.token(for: request))
            \(more)
            <div class="field"><label for="fichier">Fichier&nbsp;: \(name)</label>
            <span class="hint" id="fichier-aide">\(size)</span>
            <input type="file" id="fichier" name="fichier" accept="\(accept)" aria-describedby="fichier-aide"></div>
            <p><button class="second" type="submit" name="suite" value="ajouter"><span aria-hidden="true">+</span> \
            Ajouter\
            <span class="unseen"> \(name)</span></button></p>
            <p><button type="submit" name="suite" value="suivant">\(next)</button></p></form>
            """
    }

    private func row(_ piece: Piece) -> HTML {
        """
        <li><a href="/permis/demandes/\(application.id.text)/fichiers/\(piece.id.text)">\(piece.label)</a> \
        (\(piece.kind.french.lowercased()), \(max(1, piece.size >> 10))&nbsp;Ko)
        <form method="post" action="\(place)/retirer">\(desk.token(for: request))
        \(Pieces.hidden("fichier", piece.id.text))
        <button class="quiet" type="submit">Retirer<span class="unseen"> \(piece.label)</span></button></form></li>
        """
    }
}

/// The answer to what an establishment asks for.
struct ComplementPage {
    let desk: PortalDesk
    let request: PortalRequest
    let application: PermitApplication
    var problem: String?

    func response() throws(Trouble) -> HTTPResponse {
        guard case .complementRequested(let asked) = application.status else {
            return .seeOther("/permis/demandes/\(application.id)")
        }
        let place = "/permis/demandes/\(application.id)/complement"
        var frame = desk.frame("Répondre à l’établissement", .permits, for: request)
        frame.hasErrors = problem != nil
        let fields = FileFields(
            desk: desk, request: request, application: application, place: place, next: "Envoyer la réponse")
        return frame.page(
            """
            <h1>Répondre à l’établissement</h1>
            \(problem.map { Pieces.alert(.wrong, $0.spaced) })
            \(fields.html([asked.piece], "<p>L’établissement demande\u{A0}: \(asked.message.revealed)</p>"))
            """)
    }
}
