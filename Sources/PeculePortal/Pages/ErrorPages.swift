import Pecule
import PeculeHTTP

/// What is shown instead of a page: one plain sentence, and what to do.
enum ErrorPages {
    static let notFound: HTML = """
        <h1>Page introuvable</h1>
        <p>Cette adresse ne mène à aucune page, ou à une page qui n’est pas à vous.</p>
        <p><a class="button" href="/">Revenir à l’accueil</a></p>
        """

    static func page(_ trouble: Trouble, at target: String) -> HTTPResponse {
        page(trouble, target, in: { Frame(title: $0) })
    }

    static func page(_ trouble: Trouble, _ request: PortalRequest, _ desk: PortalDesk) -> HTTPResponse {
        page(trouble, request.http.target, in: { desk.frame($0, for: request) })
    }

    static func sessionOver(at target: String, isTypedKept: Bool) -> HTTPResponse {
        let needsNoLogin = target.hasPrefix("/contact")
        let back = target.hasPrefix("/etablissement") ? "/etablissement/connexion" : "/connexion"
        let address = needsNoLogin ? target : "\(back)?\(URLForm([("suite", target)]).text)"
        let act = needsNoLogin ? "Revenez au formulaire" : "Connectez-vous de nouveau"
        let next = isTypedKept ? "\(act)\u{A0}: ce que vous avez saisi vous attend." : "\(act), puis recommencez."
        return Frame(title: "Session terminée").page(
            status: 403,
            """
            <h1>Session terminée</h1>
            \(Pieces.alert(.note, "Votre session a pris fin. \(next)"))
            <p>\(Pieces.link(needsNoLogin ? "Revenir au formulaire" : "Se connecter", to: address, isMain: true))</p>
            """)
    }

    private static func page(_ trouble: Trouble, _ target: String, in frame: (String) -> Frame) -> HTTPResponse {
        switch trouble {
        case .sessionOver: return sessionOver(at: target, isTypedKept: false)
        case .notFound, .application(.notFound): return frame("Page introuvable").page(status: 404, notFound)
        case .refused(let sentence):
            return frame("Demande refusée").page(
                status: 403, "<h1>Demande refusée</h1>\(Pieces.alert(.wrong, sentence))\(home)")
        case .application(let error):
            guard case .store = error else {
                return frame("Demande refusée").page(
                    status: 409, "<h1>Demande refusée</h1>\(Pieces.alert(.wrong, error.french.spaced))\(home)")
            }
            return unavailable(frame, Money(at: target))
        case .store: return unavailable(frame, Money(at: target))
        case .gateway(let error):
            guard error.retry == .askPayer else {
                return unavailable(frame, error.moneyMayHaveMoved ? .mayHaveMoved : Money(at: target))
            }
            return frame("Virement impossible").page(
                status: 409,
                "<h1>Virement impossible</h1>\(Pieces.alert(.wrong, GatewayText.sentence(for: error)))\(home)")
        }
    }

    /// What can be said of money on a page that could not be made.
    private enum Money {
        case none, notMoved, mayHaveMoved

        /// A transfer that has left for its bank may be approved there whatever fails here.
        init(at target: String) {
            let path = target.prefix { $0 != "?" }
            if path.hasSuffix("/montant") || path.hasSuffix("/banque") {
                self = .notMoved
            } else {
                self = path.hasPrefix("/virements") ? .mayHaveMoved : .none
            }
        }
    }

    private static func unavailable(_ frame: (String) -> Frame, _ money: Money) -> HTTPResponse {
        let more: HTML =
            switch money {
            case .none: "<p>Réessayez dans quelques minutes.</p>"
            case .notMoved: "<p>Rien n’a été débité. Réessayez dans quelques minutes.</p>"
            case .mayHaveMoved:
                """
                <p>Nous ne savons pas encore si un virement est parti. <strong>Ne le refaites pas</strong>&nbsp;: \
                regardez l’historique dans quelques minutes.</p>
                """
            }
        let alert = Pieces.alert(.pending, "Le service ne répond pas pour le moment.", more)
        return frame("Service indisponible").page(
            status: 503, "<h1>Service indisponible</h1>\(alert)\(home)")
    }

    private static let home: HTML = #"<p><a class="button second" href="/">Revenir à l’accueil</a></p>"#
}
