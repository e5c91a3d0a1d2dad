import Pecule
import PeculeHTTP

extension PermitApplication {
    /// Another after each change: what was read on one page may have been changed on another.
    var version: String { String(changedAt.milliseconds) }
}

/// The screens on which files are added, and the last one.
extension StepPage {
    var photo: HTML {
        files(
            [.identityPhoto],
            """
            <p>La photo doit être récente et de bonne qualité. L’établissement peut en demander une nouvelle si elle \
            ne convient pas.</p>
            """)
    }

    var identity: HTML {
        let kinds = IdentityDocumentKind.allCases.map { ($0.rawValue, $0.french) }
        return files(
            [.identityDocument],
            """
            <p>En cours de validité. Pour une carte ou un titre de séjour, ajoutez le recto et le verso&nbsp;: un \
            fichier chacun, ou un seul PDF.</p>
            """,
            Field(
                name: "type", label: "Type de pièce d’identité",
                value: typed("type", application.identityDocument?.rawValue), error: problem?["type"]
            ).choice(among: kinds))
    }

    var address: HTML {
        files(
            [.proofOfAddress],
            """
            <p>De moins de trois mois. Si vous êtes hébergé, ajoutez l’attestation de la personne qui vous \
            héberge.</p>
            """)
    }

    var others: HTML {
        let asked = application.requiredPieces(at: request.now)?.lines.filter { $0.kind.step == .otherPieces } ?? []
        guard !asked.isEmpty else { return form("<p>Aucun autre document n’est demandé pour vous.</p>") }
        let lines = asked.map { "<li>\($0.french)</li>" as HTML }
        let choice = Field(
            name: "document", label: "Document", value: typed("document"), error: problem?["document"],
            isRequired: !isDone
        ).choice(among: asked.map { ($0.kind.rawValue, $0.kind.french) })
        return files(asked.map(\.kind), "<ul>\(lines)</ul>", choice)
    }

    private var isDone: Bool { application.step(at: request.now) > step }

    /// - Parameter more: what is said with the file.
    private func files(_ kinds: [PieceKind], _ explanation: HTML, _ more: HTML = "") -> HTML {
        let kept = kinds.flatMap(application.pieces(of:))
        let files = FileFields(desk: desk, request: request, application: application, place: place)
        return """
            \(explanation)
            \(files.list(kept))
            \(files.form(for: kinds, isRequired: !isDone, problem, more))
            """
    }

    // MARK: The end

    var review: HTML {
        let links = steps.dropLast().filter { $0 != .documentList }.map { step -> HTML in
            """
            <li><a href="/permis/demandes/\(application.id.text)/\(StepAddress.word(step))">Modifier&nbsp;: \
            \(step.french.lowercased())</a></li>
            """
        }
        return """
            \(Pieces.facts(
                ApplicationText.facts(of: application, at: establishment) + ApplicationText.files(of: application)))
            <ul class="links">\(links)</ul>
            \(form(
                """
                \(Pieces.hidden("vu", application.version))
                <p>Une fois envoyée, la demande ne peut plus être modifiée.</p>
                """, "Envoyer la demande"))
            """
    }
}
