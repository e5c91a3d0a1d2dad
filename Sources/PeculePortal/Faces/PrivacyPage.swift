import PeculeHTTP

/// What a person has to be told of his data (GDPR, articles 13 and 14), with the times that the portal's rules keep.
enum PrivacyPage {
    static let body: HTML = """
        <p>Simulation&nbsp;: le responsable du traitement est la personne qui la fait fonctionner. Un service réel \
        donne \
        ici les coordonnées du responsable et de son délégué à la protection des données.</p>
        <h2>Pourquoi, et sur quelle base</h2>
        <p>Le portail traite vos données pour une mission d’intérêt public (RGPD, article 6, paragraphe 1, point \
        e)&nbsp;: \
        l’instruction des demandes de permis de visite et les virements aux personnes détenues. Il en informe par \
        courriel, \
        comme la loi l’impose (CRPA, article L.&nbsp;112-11).</p>
        <h2>Quelles données, et combien de temps</h2>
        \(durations)
        <p>Ce qui est effacé l’est par une règle, chaque jour, et l’effacement laisse une preuve sans votre nom.</p>
        <h2>Ce que le portail ne voit pas</h2>
        <p>Vos identifiants bancaires, votre mot de passe FranceConnect, le solde de vos comptes. L’IBAN que certaines \
        banques demandent leur est transmis, puis oublié à la fin du virement.</p>
        <h2>Qui y a accès</h2>
        <p>Les agents de l’établissement concerné, pour les demandes qui lui sont adressées&nbsp;; votre banque et la \
        régie \
        des comptes nominatifs, pour un virement (montant, référence, nom et numéro d’écrou de la personne détenue). \
        Personne d’autre, et rien ne quitte l’Union européenne. FranceConnect garde ses propres traces trente-six \
        mois.</p>
        <h2>Vos droits</h2>
        <p>Vous pouvez accéder à vos données et les emporter, les faire rectifier, en limiter l’usage, vous opposer à \
        leur \
        traitement et demander leur effacement, dans les limites de la loi&nbsp;: une partie doit être gardée comme \
        preuve. \
        La page <a href="/mes-donnees">Mes données</a> permet de les voir, de les emporter et de demander leur \
        effacement. \
        Pour le reste, écrivez par la page <a href="/contact">Contact</a>. La réponse vous parvient en un mois au \
        plus.</p>
        <p>Si vous estimez que vos droits ne sont pas respectés, vous pouvez adresser une réclamation à la CNIL \
        (<a href="https://www.cnil.fr/fr/plaintes">www.cnil.fr/fr/plaintes</a>, ou 3&nbsp;place de Fontenoy, \
        TSA&nbsp;80715, 75334 Paris CEDEX&nbsp;07).</p>
        <p>Donner ces données n’est pas obligatoire, mais sans elles la démarche en ligne n’est pas possible. Aucune \
        décision n’est prise par un automate.</p>
        """

    private static let durations = Pieces.facts([
        ("Identité et adresse électronique, données par FranceConnect", "Deux ans après votre dernière connexion."),
        ("Session", "Trente minutes sans nouvelle page."),
        ("Demande de permis non envoyée, avec ses documents", "Sept jours après le dernier changement."),
        ("Documents d’une demande envoyée", "Trois mois après la décision, le temps d’un recours."),
        ("Reste de la demande", "Deux ans après la décision."),
        ("Permis enregistrés", "Jusqu’à ce que vous les retiriez, ou que votre compte soit effacé."),
        ("Virements", "Visibles six mois, puis gardés comme preuve comptable, le temps que fixe le responsable."),
        ("Courriels", "Leur texte jusqu’à l’envoi, la trace de l’envoi trente jours."),
        ("Messages au support et demandes d’effacement", "Un an."),
        ("Journal des actes des agents", "Un an."),
    ])
}
