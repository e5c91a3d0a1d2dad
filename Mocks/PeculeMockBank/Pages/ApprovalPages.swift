import PeculeHTTP

/// The pages on which a payer approves one order: connection, account, code; then what came of it.
struct ApprovalPages: Sendable {
    let view: ApprovalView

    var path: String { "\(view.root)/approval/\(view.payment.context)" }
    private var say: Saying { view.say }

    func response() -> HTTPResponse {
        guard case .awaitingApproval = view.payment.stage else { return outcome() }
        if view.session.login == nil { return login() }
        return view.session.challenge == nil ? accounts() : confirmation()
    }

    private func page(_ step: Int, _ title: String, isError: Bool, _ body: HTML) -> HTTPResponse {
        let place = say("Étape \(step) sur 3", "Step \(step) of 3")
        let name = place + say(" : ", ": ") + title
        return layout(isError ? say("Erreur", "Error") + " – \(name)" : name).response(
            """
            <p class="step">\(place)</p>
            <h1>\(title)</h1>
            \(body)
            """)
    }

    private func layout(_ title: String) -> Layout {
        Layout(
            title: title, wordmark: view.profile.name, stylesheet: view.root + "/style.css",
            formTargets: view.session.back.origins, language: say.language,
            otherLanguage: "\(path)?lang=\(say.language.other.rawValue)")
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

    private var refusal: HTML {
        form("refuse", isSecond: true, #"<button class="second">\#(say("Refuser", "Refuse"))</button>"#)
    }

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
            case .wrongPassword:
                (
                    say("L’identifiant ou le mot de passe n’est pas reconnu.", "The login or the password is wrong."),
                    "identifiant"
                )
            case .badScenario(let why):
                (
                    say("Le scénario après « + » n’est pas compris.", "The scenario after “+” is not understood.")
                        + " " + why, "identifiant"
                )
            case .accessLocked:
                (
                    say(
                        "Votre accès est bloqué. Adressez-vous à votre agence.",
                        "Your access is locked. Ask your branch."), nil
                )
            case .idle:
                (
                    say(
                        "Votre session s’est arrêtée après 5 minutes sans action : connectez-vous de nouveau.",
                        "Your session ended after 5 minutes without an action: log in again."), "identifiant"
                )
            default: (nil, nil)
            }
        let mark: HTML = field == nil ? "" : #" aria-invalid="true" aria-describedby="erreur""#
        return page(
            1, say("Connectez-vous", "Log in"), isError: problem != nil,
            """
            \(problem.map { alert($0, field: field) })
            \(OrderBox(view: view).markup)
            \(form("login", """
                <div class="field">
                <label for="identifiant">\(say("Identifiant", "Login"))</label>
                \(field == nil ? nil : problem.map { #"<span class="error-text" id="erreur">\#($0)</span>"# as HTML })
                <input id="identifiant" name="login" autocomplete="username" required\(mark)>
                </div>
                <div class="field">
                <label for="mot-de-passe">\(say("Mot de passe", "Password"))</label>
                <input id="mot-de-passe" name="password" type="password" autocomplete="current-password" required>
                </div>
                <button>\(say("Me connecter", "Log in"))</button>
                """))
            \(refusal)
            \(cheatSheet)
            """)
    }

    private var cheatSheet: HTML {
        let rows = view.customers.map { customer -> HTML in
            """
            <tr><th scope="row">\(customer.login)</th>\
            <td>\(customer.name)\(say(" : ", ": "))\(customer.hint)</td></tr>
            """
        }
        return """
            <details>
            <summary>\(say("Comptes de démonstration", "Demonstration accounts"))</summary>
            <p>\(say("Mot de passe de chacun :", "Everybody's password:")) <strong>\(Customer.password)</strong>. \
            \(say("Un scénario peut suivre l’identifiant :", "A scenario may follow the login:")) \
            <code>camille+rjct AM04</code>.</p>
            <table><caption class="hint">\
            \(say("Chaque identifiant choisit la suite", "Each login chooses what follows"))</caption>
            <tbody>\(rows)</tbody></table>
            </details>
            """
    }

    private func accounts() -> HTTPResponse {
        let problem = view.session.notice == .noAccountChosen
            ? say("Choisissez un compte qui peut être débité.", "Choose an account that can be debited.") : nil
        return page(
            2, say("Choisissez le compte à débiter", "Choose the account to debit"), isError: problem != nil,
            """
            \(problem.map { alert($0, field: "compte-0") })
            \(OrderBox(view: view).markup)
            \(form("account", """
                <fieldset>
                <legend>\(say("Compte à débiter", "Account to debit"))</legend>
                \(view.accounts.enumerated().map(choice))
                </fieldset>
                <button>\(say("Continuer", "Continue"))</button>
                """))
            \(refusal)
            """)
    }

    private func choice(_ index: Int, _ item: ApprovalView.Account) -> HTML {
        let isFirst = view.accounts.firstIndex { $0.obstacle == nil } == index
        let state: HTML = item.obstacle != nil ? " disabled" : isFirst ? " checked" : ""
        let reason: HTML =
            switch item.obstacle {
            case .savings:
                """
                <br>\(say(
                    "Non disponible : un compte d’épargne ne permet pas ce virement.",
                    "Not available: a savings account does not allow this transfer."))
                """
            case .otherAccountOrdered:
                """
                <br>\(say(
                    "Non disponible : l’ordre désigne un autre compte.",
                    "Not available: the order names another account."))
                """
            case nil: ""
            }
        return """
            <label class="choice"><input type="radio" name="account" id="compte-\(index)" \
            value="\(item.account.iban)" required\(state)>
            <span>\(item.account.label), \(say("solde", "balance")) \(French.euros(item.balanceCents))<br>
            <span class="iban">\(IBANNumber.grouped(item.account.iban))</span>\(reason)</span></label>
            """
    }

    private func confirmation() -> HTTPResponse {
        let problem: String? =
            switch view.session.notice {
            case .wrongCode(let left):
                say(
                    "Ce code n’est pas le bon. Il vous reste \(left == 1 ? "1 essai" : "\(left) essais").",
                    "This code is wrong. \(left == 1 ? "1 try is" : "\(left) tries are") left.")
            case .codeExpired:
                say("Ce code n’est plus valable. Demandez un nouveau code.", "This code has expired. Ask for another.")
            case .noMoreCodes:
                say("Vous ne pouvez plus demander de nouveau code.", "You cannot ask for another code.")
            default: nil
            }
        let mark: HTML = problem == nil ? "" : #" aria-invalid="true""#
        let again: HTML = """
            <button class="second">\(say("Demander un nouveau code", "Ask for a new code"))</button>
            """
        let sent = say("Un nouveau code a été envoyé.", "A new code was sent.")
        let renewed: HTML = #"<p class="status" role="status">\#(sent)</p>"#
        return page(
            3, say("Vérifiez et confirmez", "Check and confirm"), isError: problem != nil,
            """
            \(problem.map { alert($0, field: "code") })
            \(view.session.notice == .newCode ? renewed : nil)
            \(OrderBox(view: view).markup)
            \(phone)
            \(form("confirm", """
                <div class="field">
                <label for="code">\(say("Code reçu sur votre téléphone", "Code sent to your telephone"))</label>
                <span class="hint" id="code-aide">\(say("6 chiffres", "6 digits"))</span>
                \(problem.map { #"<span class="error-text" id="erreur">\#($0)</span>"# as HTML })
                <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required \
                aria-describedby="code-aide\(problem == nil ? "" : " erreur")"\(mark)>
                </div>
                <button>\(say("Confirmer", "Confirm"))</button>
                """))
            \(refusal)
            \(form("code", isSecond: true, again))
            """)
    }

    /// What a telephone would receive: the code together with the amount and the payee for which alone it counts.
    private var phone: HTML? {
        view.session.challenge.map { challenge in
            """
            <aside class="phone" aria-labelledby="telephone">
            <h2 id="telephone">\(say("Téléphone de démonstration", "Demonstration telephone"))</h2>
            <p>\(view.profile.name)\(say(" : code pour votre virement de ", ": code for your transfer of "))\
            \(French.euros(challenge.order.cents)) \(say("à", "to")) \(challenge.order.creditorName), \
            \(IBANNumber.grouped(challenge.order.creditorIBAN)).</p>
            <p class="digits" id="code-recu">\(challenge.digits)</p>
            <p>\(say("Ne le donnez à personne.", "Give it to nobody."))</p>
            </aside>
            """
        }
    }
}

// The end.
extension ApprovalPages {
    private func outcome() -> HTTPResponse {
        let (title, text) = OutcomeText(say: say).of(view.payment)
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
        case .late(let time):
            "<p>\(say("Scénario : retour au service dans", "Scenario: back to the service in")) \(time.text).</p>"
        case .doubled:
            """
            <p>\(say("Scénario : deux retours au service.", "Scenario: twice back to the service."))</p>\
            <img src="\(address)" alt="">
            """
        case .lost, .forged, nil:
            """
            <p><a class="button" href="\(address)">\
            \(say("Revenir au service d’où vous venez", "Back to the service that you come from"))</a></p>
            """
        }
    }
}
