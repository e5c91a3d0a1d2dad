import Pecule
import PeculeHTTP

/// One screen of an application.
struct StepPage {
    let desk: PortalDesk
    let request: PortalRequest
    let application: PermitApplication
    let step: ApplicationStep
    let places: [Establishment]
    var problem: String?

    private var place: String { "/permis/demandes/\(application.id)/\(StepAddress.word(step))" }
    /// The steps that this application has.
    private var steps: [ApplicationStep] {
        let asksOthers = application.beneficiary != nil && application.asksOtherPieces(at: request.now)
        return ApplicationStep.allCases.filter { $0 != .otherPieces || asksOthers || step == .otherPieces }
    }
    private var index: Int { steps.firstIndex(of: step) ?? 0 }

    var response: HTTPResponse {
        let position = "Étape \(index + 1) sur \(steps.count)"
        var frame = desk.frame("\(heading), \(position.lowercased())", .permits, for: request)
        frame.hasErrors = problem != nil
        return frame.page(
            """
            <p class="step">\(position)&nbsp;: \(step.french)</p>
            <h1>\(heading)</h1>
            \(problem.map { Pieces.alert(.wrong, $0.spaced) })
            \(body)
            \(back)
            <form method="post" action="/permis/demandes/\(application.id.text)/annuler">\(desk.token(for: request))
            <p><button class="quiet" type="submit">Abandonner cette demande</button></p></form>
            <p class="hint">Une demande non envoyée est gardée sept jours, puis effacée avec ses documents.</p>
            """)
    }

    private var back: HTML {
        guard index > 0 else { return "" }
        let address = "/permis/demandes/\(application.id)/\(StepAddress.word(steps[index - 1]))"
        return "<p><a href=\"\(address)\">Étape précédente</a></p>"
    }

    private var heading: String {
        switch step {
        case .detainee:
            asksNumber ? "Quelle personne détenue voulez-vous visiter\u{A0}?" : "Quel est son nom\u{A0}?"
        case .documentList: "Les documents à préparer"
        case .beneficiary: "Pour qui demandez-vous ce permis\u{A0}?"
        case .relationship: "Quel est le lien avec la personne détenue\u{A0}?"
        case .identityPhoto: "Ajoutez la photo d’identité"
        case .identityDocument: "Ajoutez la pièce d’identité"
        case .proofOfAddress: "Ajoutez le justificatif de domicile"
        case .otherPieces: "Ajoutez les autres documents"
        case .comment: "Voulez-vous ajouter un commentaire\u{A0}?"
        case .review: "Vérifiez votre demande, puis envoyez-la"
        }
    }

    private var body: HTML {
        switch step {
        case .detainee: detainee
        case .documentList: documents
        case .beneficiary: beneficiary
        case .relationship: relationship
        case .identityPhoto:
            files(
                .identityPhoto,
                """
                <p>La photo doit être récente et de bonne qualité, au format JPEG ou PNG (5&nbsp;Mo au plus). \
                L’établissement \
                peut en demander une nouvelle si elle ne convient pas.</p>
                """)
        case .identityDocument: identity
        case .proofOfAddress:
            files(
                .proofOfAddress,
                """
                <p>De moins de trois mois. Si vous êtes hébergé, ajoutez l’attestation de la personne qui vous \
                héberge.</p>
                """)
        case .otherPieces: others
        case .comment:
            form(
                Field(
                    name: "commentaire", label: "Commentaire à la direction de l’établissement",
                    hint: "2\u{A0}000 caractères au plus.",
                    value: request.form["commentaire"] ?? application.comment?.revealed ?? "", isRequired: false,
                    longest: PermitApplication.longestComment
                ).area)
        case .review: review
        }
    }

    private func form(_ fields: HTML, _ button: String = "Suivant") -> HTML {
        """
        <form method="post" action="\(place)" novalidate>\(desk.token(for: request))
        \(fields)
        <p>\(Pieces.button(button))</p></form>
        """
    }

    /// Whether the number is asked, first or again.
    private var asksNumber: Bool {
        application.detainee == nil || request.query["champ"] == "ecrou" || request.form["ecrou"] != nil
    }

    // MARK: Words

    private var detainee: HTML {
        guard asksNumber else {
            let kept = application.detaineeName
            func typed(_ name: String, _ kept: String?) -> String { request.form[name]?.trimmed ?? kept ?? "" }
            let number = application.detainee?.ecrouNumber.revealed ?? ""
            return form(
                """
                <p>L’établissement et le numéro d’écrou \(number) sont vérifiés \
                (<a href="\(place)?champ=ecrou">les modifier</a>). Saisissez le nom de la personne détenue.</p>
                \(Field(name: "nom", label: "Nom", value: typed("nom", kept?.birthName)).text)
                \(Field(name: "prenom", label: "Prénom", value: typed("prenom", kept?.givenNames.first)).text)
                """)
        }
        let options = places.map { ($0.id.text, $0.name) }
        return form(
            """
            <p>Le permis se demande ici pour une personne détenue condamnée.</p>
            \(Field(
                name: "etablissement", label: "Établissement pénitentiaire", value: request.typed("etablissement")
            ).choice(among: options))
            \(Field(
                name: "ecrou", label: "Numéro d’écrou", hint: "De 1 à 10 lettres ou chiffres, par exemple 042137.",
                value: request.typed("ecrou"), longest: 20
            ).text)
            """)
    }

    private var documents: HTML {
        let groups = RequiredPieces.Who.allCases.map { who -> HTML in
            let lines = RequiredPieces.all.filter { $0.who == who }.map { "<li>\($0.french)</li>" as HTML }
            return "<h2>\(who.french)</h2><ul>\(lines)</ul>"
        }
        return """
            <p>Vous ajouterez ces documents dans la suite de la demande, sous forme numérique (photo ou PDF).</p>
            \(groups)
            <p>L’établissement peut demander des documents complémentaires.</p>
            \(form("", "J’ai compris"))
            """
    }

    private var beneficiary: HTML {
        var chosen = request.form["pour"]
        var visitor: ThirdParty?
        switch application.beneficiary {
        case .applicant: chosen = chosen ?? "moi"
        case .thirdParty(let person): (chosen, visitor) = (chosen ?? "tiers", person)
        case nil: break
        }
        func radio(_ value: String, _ text: String) -> HTML {
            let checked: HTML = chosen == value ? " checked" : ""
            return """
                <label class="choice"><input type="radio" name="pour" value="\(value)"\(checked) required>\
                <span>\(text)</span></label>
                """
        }
        func typed(_ name: String, _ kept: String?) -> String { request.form[name]?.trimmed ?? kept ?? "" }
        let links = ThirdParty.Link.allCases.map { ($0.rawValue, $0.french) }
        return form(
            """
            <fieldset><legend>La demande est</legend>
            \(radio("moi", "Pour moi"))\(radio("tiers", "Pour un tiers"))</fieldset>
            <fieldset><legend>Si elle est pour un tiers</legend>
            \(Field(
                name: "nom", label: "Nom du tiers", value: typed("nom", visitor?.name.birthName), isRequired: false
            ).text)
            \(Field(
                name: "prenom", label: "Prénom du tiers", value: typed("prenom", visitor?.name.givenNames.first),
                isRequired: false
            ).text)
            \(Field(
                name: "naissance", label: "Date de naissance du tiers", hint: "Jour, mois, année\u{A0}: 17/05/1984.",
                value: typed("naissance", visitor.map { TypedDate.french($0.birthDate) }), isRequired: false,
                longest: 10
            ).text)
            \(Field(
                name: "lien", label: "Qui est ce tiers pour vous", value: typed("lien", visitor?.link.rawValue),
                isRequired: false
            ).choice(among: links))</fieldset>
            """)
    }

    private var relationship: HTML {
        let kept = application.relationship
        let kinds = Relationship.Kind.allCases.map { ($0.rawValue, $0.french) }
        return form(
            """
            \(Field(
                name: "relation", label: "Pour la personne détenue, le visiteur est",
                value: request.form["relation"] ?? kept?.kind.rawValue ?? ""
            ).choice(among: kinds))
            \(Field(
                name: "precision", label: "Précisez, si c’est une autre relation",
                value: request.form["precision"] ?? kept?.details?.revealed ?? "", isRequired: false
            ).text)
            """)
    }

    // MARK: Files

    private var identity: HTML {
        let kinds = IdentityDocumentKind.allCases.map { ($0.rawValue, $0.french) }
        let choice = Field(
            name: "type", label: "Type de pièce d’identité",
            value: request.form["type"] ?? application.identityDocument?.rawValue ?? ""
        ).choice(among: kinds)
        return files(
            .identityDocument,
            """
            <p>En cours de validité. Pour une carte, ajoutez le recto et le verso&nbsp;: un fichier chacun, ou un seul \
            PDF.</p>
            """,
            choice)
    }

    private var others: HTML {
        let asked = application.requiredPieces(at: request.now)?.lines.filter { $0.kind.step == .otherPieces } ?? []
        guard !asked.isEmpty else { return form("<p>Aucun autre document n’est demandé pour vous.</p>") }
        let lines = asked.map { "<li>\($0.french)</li>" as HTML }
        let choice = Field(name: "document", label: "Document").choice(
            among: asked.map { ($0.kind.rawValue, $0.kind.french) })
        return FileFields(desk: desk, request: request, application: application, place: place)
            .html(asked.map(\.kind), "<ul>\(lines)</ul>", choice)
    }

    private func files(_ kind: PieceKind, _ explanation: HTML, _ more: HTML = "") -> HTML {
        FileFields(desk: desk, request: request, application: application, place: place).html([kind], explanation, more)
    }

    // MARK: The end

    private var review: HTML {
        let facts = ApplicationText.facts(of: application)
        let links = steps.dropLast().map { step -> HTML in
            """
            <li><a href="/permis/demandes/\(application.id.text)/\(StepAddress.word(step))">Modifier&nbsp;: \
            \(step.french.lowercased())</a></li>
            """
        }
        return """
            \(Pieces.facts(facts))
            <ul class="links">\(links)</ul>
            \(form("<p>Une fois envoyée, la demande ne peut plus être modifiée.</p>", "Envoyer la demande"))
            """
    }
}
