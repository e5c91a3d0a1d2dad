import PeculeHTTP

/// What the law wants a public portal to say of itself. Whoever runs a real one puts his own words here.
enum LegalPages {
    /// The form that the decree of 24 July 2019 gives to the statement: state, contents, how it was made, contact,
    /// remedies.
    static let accessibility: HTML = """
        <p>Le Portail des proches s’engage à rendre ses pages accessibles, conformément à l’article 47 de la loi \
        n°&nbsp;2005-102 du 11&nbsp;février 2005. Cette déclaration s’applique à toutes les pages de ce portail de \
        démonstration.</p>
        <h2>État de conformité</h2>
        <p>Ce portail est <strong>non conforme</strong> avec le référentiel général d’amélioration de l’accessibilité \
        (RGAA), version 4.1.2, car il n’a pas fait l’objet d’un audit.</p>
        <h2>Contenus non accessibles</h2>
        <p>Sans audit, aucune liste n’en est établie. Les fichiers que vous téléchargez (documents, tableau des \
        virements) n’ont pas été vérifiés.</p>
        <h2>Établissement de cette déclaration</h2>
        <p>Déclaration établie le 28&nbsp;novembre 2026. Technologies&nbsp;: HTML, CSS, SVG. À chaque version, les \
        pages des démarches, l’accueil, le contact, l’aide et les pages légales sont parcourues au clavier et \
        vérifiées \
        avec axe-core dans Chromium, en petit et en grand écran. Ces vérifications ne remplacent pas un audit.</p>
        <h2>Signaler une difficulté</h2>
        <p>Si une page ou une démarche vous résiste, écrivez au support par la page <a href="/contact">Contact</a>. \
        Une réponse vous parvient en une semaine au plus, avec une autre façon d’obtenir ce dont vous avez besoin.</p>
        <h2>Voies de recours</h2>
        <p>Si vous avez signalé une difficulté et que vous n’avez pas reçu de réponse satisfaisante, vous \
        pouvez&nbsp;:</p>
        <ul>
        <li>écrire au Défenseur des droits (<a href="https://formulaire.defenseurdesdroits.fr/">formulaire du \
        Défenseur des droits</a>)&nbsp;;</li>
        <li>contacter son délégué dans votre région&nbsp;;</li>
        <li>lui envoyer un courrier, sans timbre&nbsp;: Défenseur des droits, Libre réponse 71120, 75342 Paris \
        CEDEX&nbsp;07.</li>
        </ul>
        <p>Un service réel publie aussi ici son schéma pluriannuel et son plan annuel d’accessibilité.</p>
        """

    static let notice: HTML = """
        <p><strong>Ce site est une simulation</strong>, faite pour essayer un logiciel. Il n’est pas un site de \
        l’État&nbsp;: personnes, établissements, banques et comptes y sont inventés, et aucun virement n’y est réel.</p>
        <h2>Éditeur</h2>
        <p>Portail des proches (simulation), 1&nbsp;rue Inventée, 00000 Nulle-Part. Téléphone&nbsp;: 00&nbsp;00&nbsp;00\
        &nbsp;00&nbsp;00. Courriel&nbsp;: support@portail.example.</p>
        <p>Directeur de la publication&nbsp;: la personne qui fait fonctionner cette simulation.</p>
        <h2>Hébergeur</h2>
        <p>L’ordinateur sur lequel la simulation a été lancée. Rien n’est hébergé ailleurs.</p>
        <h2>Logiciel</h2>
        <p>Le logiciel est libre (licence MIT). FranceConnect est un service de l’État, dont ce site n’utilise \
        qu’une imitation.</p>
        <h2>Autres pages</h2>
        <ul><li><a href="/conditions">Conditions d’utilisation</a></li>
        <li><a href="/donnees-personnelles">Données personnelles</a></li><li><a href="/cookies">Cookies</a></li>
        <li><a href="/accessibilite">Accessibilité</a></li></ul>
        """

    static let terms: HTML = """
        <h2>À quoi sert ce portail</h2>
        <p>Il permet aux proches d’une personne détenue de demander un permis de visite, d’enregistrer un permis \
        accordé à leur nom, de faire un virement sur le pécule et de voir leurs virements des six derniers mois. Il \
        est \
        gratuit et facultatif&nbsp;: la solution habituelle de l’établissement reste ouverte.</p>
        <h2>Qui peut s’en servir</h2>
        <p>Toute personne qui se connecte avec FranceConnect, pour elle-même. Un virement demande un permis de visite \
        actif, accordé à votre nom par l’établissement, et reste sous le plafond que l’établissement fixe.</p>
        <h2>Virements</h2>
        <p>Vous confirmez le montant et le bénéficiaire chez votre banque, jamais ici. Le portail ne détient pas votre \
        argent et ne voit pas vos identifiants. Une fois confirmé, un virement ne peut plus être annulé ici&nbsp;: \
        adressez-vous à votre banque. Tant que votre banque n’a pas répondu, le portail ne dit ni réussi ni échoué.</p>
        <h2>Vos déclarations</h2>
        <p>Les informations et les documents d’une demande doivent être exacts. L’établissement les vérifie, et une \
        fausse déclaration peut entraîner le refus ou le retrait du permis, et des poursuites.</p>
        <h2>Disponibilité</h2>
        <p>Le portail peut être interrompu pour maintenance. Vos demandes et vos virements en cours n’en sont pas \
        perdus.</p>
        """

    static let cookies: HTML = """
        <p>Ce portail n’utilise que des cookies strictement nécessaires, sans mesure d’audience ni publicité. Ils ne \
        demandent donc pas votre accord (article 82 de la loi du 6&nbsp;janvier 1978).</p>
        <h2>Cookie de votre session</h2>
        <p><code>__Host-session</code> dit au portail que c’est vous qui demandez une page. Il disparaît quand vous \
        vous \
        déconnectez ou fermez le navigateur, et ne vaut plus rien après trente minutes sans nouvelle page.</p>
        <h2>Cookie des établissements</h2>
        <p><code>__Host-agent</code> fait de même pour les agents d’un établissement.</p>
        <p>FranceConnect et votre banque ont leurs propres cookies, sur leurs propres pages.</p>
        """
}
