import Foundation
import PeculeHTTP

/// What stands around every page: site name, tabs, who is logged in, and the ways out.
struct Frame {
    /// The tabs of both flyers, in their order.
    enum Tab: String, CaseIterable {
        case home = "Accueil"
        case permits = "Permis"
        case pecule = "Pécule"
        case contact = "Contact"

        var address: String {
            switch self {
            case .home: "/"
            case .permits: "/permis"
            case .pecule: "/pecule"
            case .contact: "/contact"
            }
        }
    }

    /// Who is logged in.
    struct Visitor {
        let name: String
        /// For the form that logs out.
        let token: String
    }

    let title: String
    var tab: Tab?
    var visitor: Visitor?
    /// Beyond this site, where a form may lead in the end.
    var formTargets: [String] = []
    /// Whether the title has to say that something typed is wrong.
    var hasErrors = false

    static let site = "Portail des proches des personnes détenues"
    private static let shortName = "Portail des proches"

    func page(status: Int = 200, _ body: HTML) -> HTTPResponse {
        .page(document(body), status: status, formTargets: formTargets)
    }

    private func document(_ body: HTML) -> HTML {
        """
        <!DOCTYPE html>
        <html lang="fr">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(hasErrors ? "Erreur – " : "")\(title) – \(Self.site)</title>
        <link rel="stylesheet" href="/portail.css">
        </head>
        <body>
        <a class="skip" href="#contenu">Aller au contenu</a>
        <header>
        <p class="simulation">Simulation – aucun virement réel</p>
        <div class="bar"><p class="site"><a href="/">\(Self.shortName)</a></p>\(visitor.map(account))</div>
        \(tabs)
        </header>
        <main id="contenu" tabindex="-1">
        \(body)
        </main>
        <footer><nav aria-label="Informations du site"><ul>
        <li><a href="/accessibilite">Accessibilité&nbsp;: non conforme</a></li>
        <li><a href="/mentions-legales">Mentions légales</a></li>
        <li><a href="/conditions">Conditions d’utilisation</a></li>
        <li><a href="/donnees-personnelles">Données personnelles</a></li>
        <li><a href="/cookies">Cookies</a></li>
        <li><a href="/plan-du-site">Plan du site</a></li>
        <li><a href="/aide">Aide</a></li>
        </ul></nav>
        <p>Si vous rencontrez des problèmes sur le portail&nbsp;: <a href="/contact">contactez le support</a>.</p>
        </footer>
        </body>
        </html>
        """
    }

    private var tabs: HTML {
        let shown = visitor == nil ? [Tab.home, .contact] : Tab.allCases
        let items = shown.map { tab -> HTML in
            let current: HTML = tab == self.tab ? #" aria-current="page""# : ""
            return #"<li><a href="\#(tab.address)"\#(current)>\#(tab.rawValue)</a></li>"#
        }
        return #"<nav aria-label="Menu principal"><ul class="tabs">\#(items)</ul></nav>"#
    }

    private func account(_ visitor: Visitor) -> HTML {
        """
        <div class="account"><a href="/mes-donnees">\(visitor.name)</a>
        <form method="post" action="/deconnexion">\(Pieces.token(visitor.token))
        <button class="quiet" type="submit">Se déconnecter</button></form></div>
        """
    }
}
