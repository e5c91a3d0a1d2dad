import PeculeHTTP

/// Pages for browsers that have nothing to do here, or no longer.
struct RefusalPage: Sendable {
    private let name: String
    private let root: String

    init(_ state: BankState) { (name, root) = (state.profile.name, state.path) }

    func response(_ refusal: ApprovalRefusal, context: String? = nil) -> HTTPResponse {
        switch refusal {
        case .unknownLink: response(404, text: "Ce lien n’est pas connu de la banque.")
        case .usedLink: response(410, text: "Ce lien a déjà servi : cet ordre a reçu une réponse.")
        case .expiredLink: response(410, text: "Ce lien a expiré : le délai pour confirmer cet ordre est passé.")
        case .noSession: response(403, text: "Votre session est terminée.")
        case .foreignForm: response(403, text: "Ce formulaire n’est plus valable. Rien n’a été fait.", context: context)
        case .outOfStep:
            response(409, text: "Cette étape n’est pas celle où vous en êtes. Rien n’a été fait.", context: context)
        }
    }

    func response(_ status: Int, text: String, context: String? = nil) -> HTTPResponse {
        let next: HTML =
            if let context {
                #"<p><a href="\#(root)/approval/\#(context)">Reprendre où vous en étiez</a></p>"#
            } else {
                "<p>Revenez au service d’où vous venez pour recommencer.</p>"
            }
        let layout = Layout(
            title: "Demande impossible", wordmark: name, stylesheet: root + "/style.css")
        return layout.response(
            status: status,
            """
            <h1>Demande impossible</h1>
            <p class="alert" role="alert">\(text)</p>
            \(next)
            """)
    }

    static var unknownBank: HTTPResponse {
        .problem(404, code: "not_found", title: "There is no such bank")
    }
}
