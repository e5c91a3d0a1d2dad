import Pecule
import PeculeHTTP

/// The screens on which something is chosen or typed.
extension StepPage {
    /// Whether the number is asked, first or again.
    var asksNumber: Bool {
        application.detainee == nil || request.query["champ"] == "ecrou" || request.sent("ecrou") != nil
    }

    /// Number and establishment; the name only once these are found.
    var detainee: HTML { asksNumber ? number : name }

    private var number: HTML {
        let kept = application.detainee
        return form(
            """
            <p>Le permis se demande ici pour une personne détenue condamnée.</p>
            \(Self.allRequired)
            \(Field(
                name: "etablissement", label: "Établissement pénitentiaire",
                value: typed("etablissement", kept?.establishment.text), error: problem?["etablissement"]
            ).choice(among: places.map { ($0.id.text, $0.name) }))
            \(Field(
                name: "ecrou", label: "Numéro d’écrou", hint: "De 1 à 10 lettres ou chiffres, par exemple 042137.",
                value: typed("ecrou", kept?.ecrouNumber.revealed), error: problem?["ecrou"], longest: 20
            ).text)
            """)
    }

    private var name: HTML {
        let (person, kept) = (application.detainee, application.detaineeName)
        return form(
            """
            <p>Le numéro d’écrou \(person?.ecrouNumber.revealed ?? "") est vérifié (\(establishment ?? "")). \
            <a href="\(place)?champ=ecrou">Modifier ce numéro ou l’établissement</a>.</p>
            \(Self.allRequired)
            \(Field(name: "nom", label: "Nom", value: typed("nom", kept?.birthName), error: problem?["nom"]).text)
            \(Field(
                name: "prenom", label: "Prénom", hint: "Le premier suffit.",
                value: typed("prenom", kept?.givenNames.first), error: problem?["prenom"]
            ).text)
            """)
    }

    var documents: HTML {
        let groups = RequiredPieces.Who.allCases.map { who -> HTML in
            let lines = RequiredPieces.all.filter { $0.who == who }.map { "<li>\($0.french.spaced)</li>" as HTML }
            return "<h2>\(who.french)</h2><ul>\(lines)</ul>"
        }
        return """
            <p>Vous ajouterez ces documents dans la suite de la demande, sous forme numérique (photo ou PDF).</p>
            \(groups)
            <p>L’établissement peut demander des documents complémentaires.</p>
            \(form("", "J’ai compris"))
            """
    }

    /// For whom; then who that is, where it is somebody else.
    var beneficiary: HTML {
        var (kept, visitor): (String?, ThirdParty?)
        switch application.beneficiary {
        case .applicant: kept = "moi"
        case .thirdParty(let person): (kept, visitor) = ("tiers", person)
        case nil: break
        }
        return asksMore ? thirdParty(visitor) : whom(kept)
    }

    private func whom(_ kept: String?) -> HTML {
        let warning: HTML =
            application.pieces.isEmpty
            ? "" : "<p>Si le visiteur n’est plus le même, les documents déjà ajoutés seront effacés.</p>"
        let whom = ChoiceGroup(
            kind: .radio, name: "pour", legend: "La demande est",
            options: [("moi", "Pour moi"), ("tiers", "Pour un tiers")], chosen: [typed("pour", kept)],
            error: problem?["pour"])
        return form("\(warning)\(whom.html)")
    }

    private func thirdParty(_ visitor: ThirdParty?) -> HTML {
        let links = ThirdParty.Link.allCases.map { ($0.rawValue, $0.french) }
        return form(
            """
            \(Self.allRequired)\(Pieces.hidden("pour", "tiers"))
            \(Field(
                name: "nom", label: "Nom du tiers", value: typed("nom", visitor?.name.birthName),
                error: problem?["nom"]
            ).text)
            \(Field(
                name: "prenom", label: "Prénom du tiers", value: typed("prenom", visitor?.name.givenNames.first),
                error: problem?["prenom"]
            ).text)
            \(Field(
                name: "naissance", label: "Date de naissance du tiers", hint: "Jour, mois, année\u{A0}: 17/05/1984.",
                value: typed("naissance", visitor.map { TypedDate.french($0.birthDate) }),
                error: problem?["naissance"], longest: 10
            ).text)
            \(Field(
                name: "lien", label: "Qui est ce tiers pour vous", value: typed("lien", visitor?.link.rawValue),
                error: problem?["lien"]
            ).choice(among: links))
            """)
    }

    /// Which; then in words, where the list has none for it.
    var relationship: HTML {
        let kept = application.relationship
        let kinds = Relationship.Kind.allCases.map { ($0.rawValue, $0.french) }
        guard asksMore else {
            return form(
                Field(
                    name: "relation", label: "Pour la personne détenue, le visiteur est",
                    value: typed("relation", kept?.kind.rawValue), error: problem?["relation"]
                ).choice(among: kinds))
        }
        let words = Field(
            name: "precision", label: "Relation, avec vos mots", hint: "Par exemple\u{A0}: ancien collègue.",
            value: typed("precision", kept?.details?.revealed), error: problem?["precision"])
        return form("\(Pieces.hidden("relation", Relationship.Kind.other.rawValue))\(words.text)")
    }

    var comment: HTML {
        form(
            Field(
                name: "commentaire", label: "Commentaire à la direction de l’établissement",
                hint: "2\u{A0}000 caractères au plus.",
                value: request.sent("commentaire") ?? application.comment?.revealed ?? "",
                error: problem?["commentaire"], isRequired: false, longest: PermitApplication.longestComment
            ).area)
    }
}
