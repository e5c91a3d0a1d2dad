import Pecule
import PeculeHTTP

/// What is shown instead of a page: one plain sentence, and what to do.
enum ErrorPages {
    static let notFound: HTML = """
        <h1>Page introuvable</h1>
        <p>Cette adresse ne mène à aucune page, ou à une page qui n’est pas à vous.</p>
        <p><a class="button" href="/">Revenir à l’accueil</a></p>
        """

    static func page(_ trouble: Trouble) -> HTTPResponse { page(trouble, in: { Frame(title: $0) }) }

    static func page(_ trouble: Trouble, _ request: PortalRequest, _ desk: PortalDesk) -> HTTPResponse {
        page(trouble, in: { desk.frame($0, for: request) })
    }

    private static func page(_ trouble: Trouble, in frame: (String) -> Frame) -> HTTPResponse {
        switch trouble {
        case .notFound: return frame("Page introuvable").page(status: 404, notFound)
        case .refused(let sentence):
            return frame("Demande refusée").page(
                status: 403, "<h1>Demande refusée</h1>\(Pieces.alert(.wrong, sentence))\(home)")
        case .application(.notFound): return frame("Page introuvable").page(status: 404, notFound)
        case .application(let error):
            guard case .store = error else {
                return frame("Demande refusée").page(
                    status: 409, "<h1>Demande refusée</h1>\(Pieces.alert(.wrong, error.french))\(home)")
            }
            return unavailable(frame, mayHaveMoved: false)
        case .store: return unavailable(frame, mayHaveMoved: false)
        case .gateway(let error):
            guard error.retry == .askPayer else { return unavailable(frame, mayHaveMoved: error.moneyMayHaveMoved) }
            return frame("Virement impossible").page(
                status: 409,
                "<h1>Virement impossible</h1>\(Pieces.alert(.wrong, GatewayText.sentence(for: error)))\(home)")
        }
    }

    private static func unavailable(_ frame: (String) -> Frame, mayHaveMoved: Bool) -> HTTPResponse {
        let more: HTML =
            mayHaveMoved
            ? """
                <p>Nous ne savons pas encore si le virement est parti. <strong>Ne le refaites pas</strong>&nbsp;: \
                regardez l’historique dans quelques minutes.</p>
                """ : "<p>Rien n’a été débité. Réessayez dans quelques minutes.</p>"
        let alert = Pieces.alert(.pending, "Le service ne répond pas pour le moment.", more)
        return frame("Service indisponible").page(
            status: 503, "<h1>Service indisponible</h1>\(alert)\(home)")
    }

    private static let home: HTML = #"<p><a class="button second" href="/">Revenir à l’accueil</a></p>"#
}
