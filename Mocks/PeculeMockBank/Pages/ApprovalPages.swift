import PeculeHTTP

/// The pages on which a payer approves one order: connection, account, code; then what came of it.
struct ApprovalPages: Sendable {
    let view: ApprovalView

    var path: String { "\(view.root)/approval/\(view.payment.context)" }

    func response() -> HTTPResponse {
        guard case .awaitingApproval = view.payment.stage else { return outcome() }
        if view.session.login == nil { return login() }
        return view.session.challenge == nil ? accounts() : confirmation()
    }

    private func page(_ step: Int, _ title: String, isError: Bool, _ body: HTML) -> HTTPResponse {
        let name = "Étape \(step) sur 3 : \(title)"
        return layout(isError ? "Erreur – \(name)" : name).response(
            """
            <p class="step">Étape \(step) sur 3</p>
            <h1>\(title)</h1>
            \(body)
            """)
    }

    private func layout(_ title: String) -> Layout {
        Layout(
            title: title, wordmark: view.profile.name, stylesheet: view.root + "/style.css",
            formTargets: view.session.back.origins)
    }

    /// A form of this session; the order is never part of it.
    private func form(_ action: String, isSecond: Bool = false, _ fields: HTML) -> HTML {
        """
        <form method="post" action="\(path)/\(action)"\(isSecond ? " class=\"second\"" as HTML : "")>
        <input type="hidden" name="csrf" value="\(view.session.formToken)">
        \(fields)
        </form>
        """
    }

    private var refusal: HTML { form("refuse", isSecond: true, #"<button class="second">Refuser</button>"#) }

    private func alert(_ text: String, field: String?) -> HTML {
        guard let field else { return #"<p class="alert" role="alert">\#(text)</p>"# }
        return ##"<p class="alert" role="alert"><a href="#\##(field)">\##(text)</a></p>"##
    }
}

// The steps.
extension ApprovalPages {
    private func login() -> HTTPResponse {
        let (problem, field): (String?, String?) =
            switch view.session.notice {
            case .wrongPassword: ("L’identifiant ou le mot de passe n’est pas reconnu.", "identifiant")
            case .badScenario(let why): ("Le scénario après « + » n’est pas compris. \(why)", "identifiant")
            case .accessLocked: ("Votre accès est bloqué. Adressez-vous à votre agence.", nil)
            case .idle:
                ("Votre session s’est arrêtée après 5 minutes sans action : connectez-vous de nouveau.", "identifiant")
            default: (nil, nil)
            }
        let mark: HTML = field == nil ? "" : #" aria-invalid="true" aria-describedby="erreur""#
        return page(
            1, "Connectez-vous", isError: problem != nil,
            """
            \(problem.map { alert($0, field: field) })
            \(OrderBox(view: view).markup)
            \(form("login", """
                <div class="field">
                <label for="identifiant">Identifiant</label>
                \(field == nil ? nil : problem.map { #"<span class="error-text" id="erreur">\#($0)</span>"# as HTML })
                <input id="identifiant" name="login" autocomplete="username" required\(mark)>
                </div>
                <div class="field">
                <label for="mot-de-passe">Mot de passe</label>
                <input id="mot-de-passe" name="password" type="password" autocomplete="current-password" required>
                </div>
                <button>Me connecter</button>
                """))
            \(refusal)
            \(cheatSheet)
            """)
    }

    private var cheatSheet: HTML {
        let rows = view.customers.map { customer -> HTML in
            "<tr><th scope=\"row\">\(customer.login)</th><td>\(customer.name) : \(customer.hint)</td></tr>"
        }
        return """
            <details>
            <summary>Comptes de démonstration</summary>
            <p>Mot de passe de chacun : <strong>\(Customer.password)</strong>. Un scénario peut suivre l’identifiant : \
            <code>camille+rjct AM04</code>.</p>
            <table><caption class="hint">Chaque identifiant choisit la suite</caption>
            <tbody>\(rows)</tbody></table>
            </details>
            """
    }

    private func accounts() -> HTTPResponse {
        let problem = view.session.notice == .noAccountChosen ? "Choisissez un compte qui peut être débité." : nil
        return page(
            2, "Choisissez le compte à débiter", isError: problem != nil,
            """
            \(problem.map { alert($0, field: "compte-0") })
            \(OrderBox(view: view).markup)
            \(form("account", """
                <fieldset>
                <legend>Compte à débiter</legend>
                \(view.accounts.enumerated().map(choice))
                </fieldset>
                <button>Continuer</button>
                """))
            \(refusal)
            """)
    }

    private func choice(_ index: Int, _ item: ApprovalView.Account) -> HTML {
        let isFirst = view.accounts.firstIndex { $0.obstacle == nil } == index
        let state: HTML = item.obstacle != nil ? " disabled" : isFirst ? " checked" : ""
        let reason: HTML =
            switch item.obstacle {
            case .savings: "<br>Non disponible : un compte d’épargne ne permet pas ce virement."
            case .otherAccountOrdered: "<br>Non disponible : l’ordre désigne un autre compte."
            case nil: ""
            }
        return """
            <label class="choice"><input type="radio" name="account" id="compte-\(index)" \
            value="\(item.account.iban)" required\(state)>
            <span>\(item.account.label), solde \(French.euros(item.balanceCents))<br>
            <span class="iban">\(IBANNumber.grouped(item.account.iban))</span>\(reason)</span></label>
            """
    }

    private func confirmation() -> HTTPResponse {
        let problem: String? =
            switch view.session.notice {
            case .wrongCode(let left):
                "Ce code n’est pas le bon. Il vous reste \(left == 1 ? "1 essai" : "\(left) essais")."
            case .codeExpired: "Ce code n’est plus valable. Demandez un nouveau code."
            case .noMoreCodes: "Vous ne pouvez plus demander de nouveau code."
            default: nil
            }
        let mark: HTML = problem == nil ? "" : #" aria-invalid="true""#
        let renewed: HTML = #"<p class="status" role="status">Un nouveau code a été envoyé.</p>"#
        return page(
            3, "Vérifiez et confirmez", isError: problem != nil,
            """
            \(problem.map { alert($0, field: "code") })
            \(view.session.notice == .newCode ? renewed : nil)
            \(OrderBox(view: view).markup)
            \(phone)
            \(form("confirm", """
                <div class="field">
                <label for="code">Code reçu sur votre téléphone</label>
                <span class="hint" id="code-aide">6 chiffres</span>
                \(problem.map { #"<span class="error-text" id="erreur">\#($0)</span>"# as HTML })
                <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required \
                aria-describedby="code-aide\(problem == nil ? "" : " erreur")"\(mark)>
                </div>
                <button>Confirmer</button>
                """))
            \(refusal)
            \(form("code", isSecond: true, #"<button class="second">Demander un nouveau code</button>"#))
            """)
    }

    /// What a telephone would receive: the code together with the amount and the payee for which alone it counts.
    private var phone: HTML? {
        view.session.challenge.map { challenge in
            """
            <aside class="phone" aria-labelledby="telephone">
            <h2 id="telephone">Téléphone de démonstration</h2>
            <p>\(view.profile.name) : code pour votre virement de \(French.euros(challenge.order.cents)) à \
            \(challenge.order.creditorName), \(IBANNumber.grouped(challenge.order.creditorIBAN)).</p>
            <p class="digits" id="code-recu">\(challenge.digits)</p>
            <p>Ne le donnez à personne.</p>
            </aside>
            """
        }
    }
}

// The end.
extension ApprovalPages {
    private func outcome() -> HTTPResponse {
        let (title, text) = OutcomeText.of(view.payment)
        var layout = layout(title)
        if view.session.callback == .doubled {
            layout.imageSources = view.session.left.flatMap(WebAddress.init).map { [$0.origin] } ?? []
        }
        var response = layout.response(
            """
            <h1>\(title)</h1>
            <p class="status" role="status">\(text)</p>
            \(OrderBox(view: view).markup)
            \(view.session.left.map(wayBack))
            """)
        response.fields.set(refresh, for: "Refresh")
        return response
    }

    /// Lets the browser go back by itself.
    private var refresh: String? {
        switch (view.session.callback, view.session.left) {
        case (.late(let time), let left?): "\(max(1, (time.milliseconds + 999) / 1000));url=\(left)"
        case (.doubled, let left?): "1;url=\(left)"
        default: nil
        }
    }

    private func wayBack(_ address: String) -> HTML {
        switch view.session.callback {
        case .late(let time): "<p>Scénario : retour au service dans \(time.text).</p>"
        case .doubled: #"<p>Scénario : deux retours au service.</p><img src="\#(address)" alt="">"#
        case .lost, .forged, nil:
            #"<p><a class="button" href="\#(address)">Revenir au service d’où vous venez</a></p>"#
        }
    }
}
