import Pecule
import PeculeHTTP

/// The pages that say how the portal works and what it owes: help, accessibility, law.
struct InformationFace: Sendable {
    let desk: PortalDesk

    func install(in router: inout HTTPRouter) {
        for page in Self.pages {
            desk.forAnyone(&router, .get, page.address) { request throws(Trouble) in
                desk.frame(page.title, page.tab, for: request).page("<h1>\(page.title)</h1>\(page.body)")
            }
        }
    }

    private struct Page {
        let address: String
        let title: String
        var tab: Frame.Tab?
        let body: HTML
    }

    private static let pages = [
        Page(
            address: "/aide", title: "Aide",
            body: """
                <h2>Enregistrer un permis</h2>
                <p>Munissez-vous de votre permis de visite. Le dépliant «&nbsp;La prise de rendez-vous parloir se \
                simplifie&nbsp;» et les tutoriels vidéo montrent où se trouvent les numéros. (Simulation&nbsp;: ni \
                dépliant ni vidéo ne sont fournis ici.)</p>
                <h2>Ma banque n’est pas dans la liste</h2>
                <p>Le virement par le portail s’ajoute à la solution habituelle de l’établissement, le virement \
                bancaire \
                classique. Demandez à l’établissement l’IBAN de la régie des comptes nominatifs, et indiquez dans le \
                libellé le numéro d’écrou, le nom et le prénom de la personne détenue.</p>
                <h2>Vérifier un reçu</h2>
                <p><a href="/verification">Vérifier le code d’un reçu</a></p>
                """),
        Page(address: "/accessibilite", title: "Accessibilité", body: LegalPages.accessibility),
        Page(address: "/mentions-legales", title: "Mentions légales", body: LegalPages.notice),
        Page(address: "/conditions", title: "Conditions d’utilisation", body: LegalPages.terms),
        Page(address: "/donnees-personnelles", title: "Données personnelles", body: PrivacyPage.body),
        Page(address: "/cookies", title: "Cookies", body: LegalPages.cookies),
        Page(
            address: "/plan-du-site", title: "Plan du site",
            body: """
                <ul><li><a href="/">Accueil</a></li><li><a href="/permis">Permis</a></li>
                <li><a href="/permis/demandes">Demande de permis</a></li><li><a href="/pecule">Pécule</a></li>
                <li><a href="/virements">Historique des virements</a></li><li><a href="/verification">Vérifier un \
                reçu</a></li>
                <li><a href="/mes-donnees">Mes données</a></li><li><a href="/contact">Contact</a></li>
                <li><a href="/aide">Aide</a></li><li><a href="/accessibilite">Accessibilité</a></li>
                <li><a href="/mentions-legales">Mentions légales</a></li>
                <li><a href="/conditions">Conditions d’utilisation</a></li>
                <li><a href="/donnees-personnelles">Données personnelles</a></li>
                <li><a href="/cookies">Cookies</a></li></ul>
                """),
    ]
}
