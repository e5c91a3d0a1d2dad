import PeculeHTTP

/// Pages for browsers that have nothing to do here, or no longer.
struct RefusalPage: Sendable {
    private let name: String
    private let root: String
    let say: Saying

    /// French unless another language is asked for.
    init(_ state: BankState, in language: Language?) {
        (name, root) = (state.profile.name, state.path)
        say = Saying(language: language ?? .french)
    }

    func response(_ refusal: ApprovalRefusal, context: String? = nil) -> HTTPResponse {
        switch refusal {
        case .unknownLink:
            response(404, text: say("Ce lien n’est pas connu de la banque.", "The bank does not know this link."))
        case .usedLink:
            response(
                410,
                text: say(
                    "Ce lien a déjà servi : cet ordre a reçu une réponse.",
                    "This link was used: the order has been answered."))
        case .expiredLink:
            response(
                410,
                text: say(
                    "Ce lien a expiré : le délai pour confirmer cet ordre est passé.",
                    "This link has expired: the time to confirm the order is over."))
        case .noSession: response(403, text: say("Votre session est terminée.", "Your session has ended."))
        case .foreignForm:
            response(
                403,
                text: say(
                    "Ce formulaire n’est plus valable. Rien n’a été fait.",
                    "This form is no longer valid. Nothing was done."), context: context)
        case .outOfStep:
            response(
                409,
                text: say(
                    "Cette étape n’est pas celle où vous en êtes. Rien n’a été fait.",
                    "This is not the step at which you are. Nothing was done."), context: context)
        }
    }

    func response(_ status: Int, text: String, context: String? = nil) -> HTTPResponse {
        let next: HTML =
            if let context {
                """
                <p><a href="\(root)/approval/\(context)">\
                \(say("Reprendre où vous en étiez", "Go on where you were"))</a></p>
                """
            } else {
                """
                <p>\(say(
                    "Revenez au service d’où vous venez pour recommencer.",
                    "Go back to the service that you come from, to begin again."))</p>
                """
            }
        let title = say("Demande impossible", "Impossible request")
        let layout = Layout(
            title: title, wordmark: name, stylesheet: root + "/style.css", language: say.language)
        return layout.response(
            status: status,
            """
            <h1>\(title)</h1>
            <p class="alert" role="alert">\(text)</p>
            \(next)
            """)
    }

    static var unknownBank: HTTPResponse {
        .problem(404, code: "not_found", title: "There is no such bank")
    }
}
