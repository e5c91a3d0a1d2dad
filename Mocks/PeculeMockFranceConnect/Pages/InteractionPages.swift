import PeculeHTTP

/// What a person sees between two services: the choice of a provider, of an identity, and what is handed over.
struct InteractionPages: Sendable {
    let id: String
    let interaction: Interaction
    let session: BrowserSession

    private var service: String { interaction.service.name }

    func response() -> HTTPResponse {
        if let login = session.login { return information(login.identity) }
        return interaction.provider.map(identities) ?? providers()
    }

    private func page(_ title: String, _ body: HTML) -> HTTPResponse {
        let isError = interaction.notice != nil
        return Page(
            title: title, formTargets: [interaction.request.redirectURI.origin]
        ).response(
            status: isError ? 422 : 200,
            """
            \(isError ? #"<p class="alert" role="alert">\#(problem)</p>"# as HTML : nil)
            \(body)
            \(form("back", #"<button class="second">Revenir sur \#(service)</button>"#))
            """)
    }

    private var problem: String {
        switch interaction.notice {
        case .noProvider: "Choisissez un compte de la liste."
        case .noIdentity: "Choisissez une identité de la liste."
        case .noConsent: "Cochez la case pour continuer."
        case nil: ""
        }
    }

    private func form(_ action: String, _ fields: HTML) -> HTML {
        """
        <form method="post" action="\(ProviderPath.interaction)/\(id)/\(action)">
        <input type="hidden" name="csrf" value="\(interaction.formToken)">
        \(fields)
        </form>
        """
    }
}

// The three pages.
extension InteractionPages {
    private func providers() -> HTTPResponse {
        let buttons = IdentityProvider.allCases.map { provider -> HTML in
            #"<li><button name="provider" value="\#(provider.rawValue)">\#(provider.name)</button></li>"#
        }
        return page(
            "Connexion en cours sur \(service)",
            """
            <p>Choisissez un compte pour vous connecter\u{A0}:</p>
            \(form("provider", "<ul class=\"choices\">\(buttons)</ul>"))
            """)
    }

    private func identities(at provider: IdentityProvider) -> HTTPResponse {
        let lists = [
            ("Personnes", TestIdentity.all.filter { $0.fault == nil }),
            ("Pannes et mensonges", TestIdentity.all.filter { $0.fault != nil }),
        ].map { title, identities -> HTML in
            """
            <h2>\(title)</h2>
            <ul class="choices">\(identities.map(choice))</ul>
            """
        }
        return page(
            "Qui se connecte\u{A0}?",
            """
            <p>\(provider.name) demanderait ici un identifiant et un mot de passe. Choisissez une personne inventée.</p>
            \(form("identity", "\(lists)"))
            """)
    }

    private func choice(_ identity: TestIdentity) -> HTML {
        """
        <li><button name="identity" value="\(identity.login)"><strong>\(identity.purpose)</strong><br>\
        \(identity.displayName)</button></li>
        """
    }

    private func information(_ identity: TestIdentity) -> HTTPResponse {
        let labels = Claim.of(interaction.request.scopes).compactMap(\.label).map { "<li>\($0)</li>" as HTML }
        let consent: HTML = """
            <p class="consent"><label><input type="checkbox" name="consent" value="on" required>
            J’accepte que FranceConnect transmette mes données au service pour me connecter</label></p>
            """
        return page(
            "Connexion sur \(service)",
            """
            <p>Vous allez vous connecter en tant que\u{A0}:</p>
            <p class="person">\(identity.displayName)</p>
            <details>
            <summary>Données transmises</summary>
            <ul>\(labels)</ul>
            </details>
            \(form("continue", """
                \(interaction.service.isPublic ? nil : consent)
                <button>Continuer sur \(service)</button>
                """))
            """)
    }
}
