import Pecule
import PeculeHTTP

/// One screen of an application: where one is, what is asked, and the ways back and out.
struct StepPage {
    let desk: PortalDesk
    let request: PortalRequest
    let application: PermitApplication
    let step: ApplicationStep
    let places: [Establishment]
    var problem: ScreenProblem?

    var place: String { "/permis/demandes/\(application.id)/\(StepAddress.word(step))" }
    /// The steps that this application has.
    var steps: [ApplicationStep] {
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
            \(problem?.html)
            \(body)
            \(back)
            <form method="post" action="/permis/demandes/\(application.id.text)/annuler">\(desk.token(for: request))
            <p><button class="quiet" type="submit">Abandonner cette demande</button></p></form>
            <p class="hint">Une demande non envoyée est gardée sept jours, puis effacée avec ses documents.</p>
            """)
    }

    private var back: HTML {
        if asksMore { return "<p><a href=\"\(place)\">Revenir au choix</a></p>" }
        guard index > 0 else { return "" }
        let address = "/permis/demandes/\(application.id)/\(StepAddress.word(steps[index - 1]))"
        return "<p><a href=\"\(address)\">Étape précédente</a></p>"
    }

    private var heading: String {
        switch step {
        case .detainee:
            asksNumber ? "Quelle personne détenue voulez-vous visiter\u{A0}?" : "Quel est son nom\u{A0}?"
        case .documentList: "Les documents à préparer"
        case .beneficiary: asksMore ? "Qui est ce tiers\u{A0}?" : "Pour qui demandez-vous ce permis\u{A0}?"
        case .relationship:
            asksMore ? "Quelle est cette relation\u{A0}?" : "Quel est le lien avec la personne détenue\u{A0}?"
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
        case .identityPhoto: photo
        case .identityDocument: identity
        case .proofOfAddress: address
        case .otherPieces: others
        case .comment: comment
        case .review: review
        }
    }

    static let allRequired: HTML = #"<p class="hint">Tous les champs sont obligatoires.</p>"#

    /// Whether a choice on this screen has asked for more, on a screen of its own.
    var asksMore: Bool {
        switch step {
        case .beneficiary: request.query["pour"] == "tiers" || request.sent("nom") != nil
        case .relationship: request.query["relation"] == "other" || request.sent("precision") != nil
        default: false
        }
    }

    func form(_ fields: HTML, _ button: String = "Suivant") -> HTML {
        """
        <form method="post" action="\(place)" novalidate>\(desk.token(for: request))
        \(fields)
        <p>\(Pieces.button(button))</p></form>
        """
    }

    /// The name of the establishment that was chosen.
    var establishment: String? { places.first { $0.id == application.detainee?.establishment }?.name }

    /// What was just typed, else what is kept.
    func typed(_ name: String, _ kept: String? = nil) -> String { request.sent(name)?.trimmed ?? kept ?? "" }
}
