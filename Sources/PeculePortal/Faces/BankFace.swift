import Pecule
import PeculeHTTP

/// The choice of the bank, what it has to be told first, and the way to it.
struct BankFace: Sendable {
    let desk: PortalDesk

    func install(in router: inout HTTPRouter) {
        desk.forRelatives(&router, .get, "/virements/{transfer}/banque") { request, relative throws(Trouble) in
            let transfer = try await transfer(request, relative)
            guard case .chooseBank = transfer.outcome else { return .seeOther("/virements/\(transfer.id)") }
            return try await list(request, transfer)
        }
        desk.forRelatives(&router, .post, "/virements/{transfer}/banque") { request, relative throws(Trouble) in
            try await choose(request, relative)
        }
        desk.forRelatives(&router, .get, "/virements/{transfer}/depart") { request, relative throws(Trouble) in
            try await leave(request, try await transfer(request, relative))
        }
    }

    private func transfer(_ request: PortalRequest, _ relative: Relative) async throws(Trouble) -> TransferSummary {
        let id = try desk.transferID(request)
        return try await desk.asked { () throws(PeculeError) in
            try await desk.service.transfer(id, by: relative.account)
        }
    }

    // MARK: The list

    private func list(
        _ request: PortalRequest, _ transfer: TransferSummary, problem: String? = nil
    ) async throws(Trouble) -> HTTPResponse {
        let search = (request.query["recherche"] ?? "").trimmed
        let banks = try await desk.asked { () throws(PeculeError) in try await desk.service.banks(matching: search) }
        let tiles = banks.map { listing -> HTML in BankTile(listing: listing).html }
        let found: HTML =
            banks.isEmpty
            ? """
                \(Pieces.alert(.note, "Aucune banque ne correspond à votre recherche."))
                <p><a href="/virements/\(transfer.id.text)/banque">Voir toutes les banques</a></p>
                """ : "<ul class=\"tiles\">\(tiles)</ul>"
        var frame = desk.frame("Choix de la banque, étape 2 sur 3", .pecule, for: request)
        frame.hasErrors = problem != nil
        return frame.page(
            status: problem == nil ? 200 : 409,
            """
            <p class="step">Étape 2 sur 3</p>
            <h1>Sélectionnez votre banque</h1>
            \(problem.map { Pieces.alert(.wrong, $0) })
            \(TransferFacts(transfer: transfer).html)
            <form method="get" action="/virements/\(transfer.id.text)/banque" role="search" class="search">
            <label for="recherche">Rechercher une banque</label>
            <span class="row"><input type="search" id="recherche" name="recherche" value="\(search)" maxlength="60" \
            autocomplete="off">
            <button class="second" type="submit">Rechercher</button></span></form>
            <form method="post" action="/virements/\(transfer.id.text)/banque">\(desk.token(for: request))
            \(found)</form>
            <details><summary>Ma banque n’est pas dans la liste</summary>
            <p>Vous pouvez utiliser la solution habituelle de l’établissement (virement bancaire classique). \
            <a href="/aide">L’aide explique comment faire</a>.</p></details>
            """)
    }

    // MARK: The choice

    private func choose(_ request: PortalRequest, _ relative: Relative) async throws(Trouble) -> HTTPResponse {
        let transfer = try await transfer(request, relative)
        guard let bank = BankID(request.typed("banque")), let browser = request.session.flatMap(desk.sessions.browser),
            let address = ReturnAddress(desk.settings.returnAddress)
        else { throw .refused("Choisissez une banque dans la liste.") }
        let answers = request.form.pairs.filter { $0.name.hasPrefix("reponse-") }
            .map { (String($0.name.dropFirst("reponse-".count)), $0.value) }
        do throws(PeculeError) {
            _ = try await desk.changing(relative) { () throws(PeculeError) in
                try await desk.service.begin(
                    transfer.id, by: relative.account, at: bank, from: browser, returningTo: address,
                    answering: Dictionary(answers) { first, _ in first },
                    over: PayerConnection(
                        ipAddress: desk.settings.payerAddress(request.http),
                        userAgent: request.http.fields["User-Agent"]))
            }
            return .seeOther("/virements/\(transfer.id)/depart")
        } catch {
            return try await refused(error, request, transfer, bank, isAnswered: !answers.isEmpty)
        }
    }

    private func refused(
        _ error: PeculeError, _ request: PortalRequest, _ transfer: TransferSummary, _ bank: BankID, isAnswered: Bool
    ) async throws(Trouble) -> HTTPResponse {
        switch error {
        case .bankNeeds(let problems):
            return try await ask(request, transfer, bank, isAnswered ? problems : nil)
        case .bankAlreadyChosen, .notNow: return .seeOther("/virements/\(transfer.id)")
        case .bank(.outcomeUnknown): return .seeOther("/virements/\(transfer.id)")
        case .permit, .overCap, .overMonthlyCap, .bankLimits, .bankDown, .unknownBank, .bank:
            return try await list(request, transfer, problem: GatewayText.sentence(for: error))
        default: throw .gateway(error)
        }
    }

    // MARK: What the bank has to be told

    private func ask(
        _ request: PortalRequest, _ transfer: TransferSummary, _ id: BankID, _ problems: BankAnswerProblems?
    ) async throws(Trouble) -> HTTPResponse {
        let banks = try await desk.asked { () throws(PeculeError) in try await desk.service.banks() }
        guard let bank = banks.first(where: { $0.bank.id == id })?.bank else { throw .notFound }
        let fields = bank.questions.map { question in
            Field(
                name: "reponse-\(question.id)", label: question.label, hint: question.help,
                value: request.typed("reponse-\(question.id)"),
                error: problems?.all.first { $0.question.id == question.id }
                    .map { AnswerText.sentence(for: $0.reason) },
                isRequired: question.isRequired)
        }
        var frame = desk.frame("Choix de la banque, étape 2 sur 3", .pecule, for: request)
        frame.hasErrors = problems != nil
        let errors = Pieces.errors(of: fields)
        return frame.page(
                        """
            <p class="step">Étape 2 sur 3</p>
            <h1>\(bank.name) a besoin d’une information</h1>
            \(Pieces.summary(errors))
            \(TransferFacts(transfer: transfer).html)
            <form method="post" action="/virements/\(transfer.id.text)/banque" novalidate>\(desk.token(for: request))
            \(Pieces.hidden("banque", id.text))
            \(fields.map(\.text))
            <p>\(Pieces.button("Continuer"))
            \(Pieces.link("Choisir une autre banque", to: "/virements/\(transfer.id)/banque"))</p></form>
            """)
    }

    // MARK: The way to it

    /// On a page of its own: a form may lead to this site alone, and the payer sees where he goes.
    private func leave(_ request: PortalRequest, _ transfer: TransferSummary) async throws(Trouble) -> HTTPResponse {
        guard case .approve(let step) = transfer.outcome else { return .seeOther("/virements/\(transfer.id)") }
        let way: HTML
        switch step {
        case .redirect(let address, _):
            let bank = try await desk.asked { () throws(PeculeError) in try await desk.service.banks() }
                .first { $0.bank.id == transfer.bank }?.bank
            way = BankDoor(address: address, transfer: transfer.id, needsReturn: bank?.needsReturn ?? true).html
        case .decoupled(let message, _):
            way = """
                <p>Ouvrez l’application de votre banque sur votre téléphone et confirmez-y le virement.</p>
                \(message.map { text -> HTML in "<p>Message de votre banque&nbsp;: \(text)</p>" })
                <p>\(Pieces.link("J’ai confirmé dans l’application", to: "/virements/\(transfer.id)", isMain: true))</p>
                """
        }
        return desk.frame("Confirmation chez votre banque, étape 3 sur 3", .pecule, for: request).page(
            """
            <p class="step">Étape 3 sur 3</p>
            <h1>Confirmez chez votre banque</h1>
            \(TransferFacts(transfer: transfer).html)
            \(way)
            <p><a href="/virements/\(transfer.id.text)">Voir où en est ce virement</a></p>
            """)
    }
}

/// The ways to the bank's page: here, in a new window, or on the payer's telephone.
struct BankDoor {
    let address: String
    let transfer: TransferID
    let needsReturn: Bool

    var html: HTML {
        """
        <p>Vous quittez le portail. Chez votre banque, vérifiez le montant et le bénéficiaire, puis pressez \
        «&nbsp;Confirmer&nbsp;». Le portail ne voit jamais vos identifiants.</p>
        <p><a class="button" href="\(address)">Continuer chez ma banque</a>
        <a class="button second" href="\(address)" target="_blank" rel="noopener">Ouvrir ma banque dans une \
        nouvelle fenêtre</a></p>
        <p class="hint">Sur un téléphone, l’application de votre banque s’ouvre si elle est installée.</p>
        \(telephone)
        """
    }

    /// Only where the bank waits for nothing that the browser brings back: the telephone has no session here.
    private var telephone: HTML? {
        guard !needsReturn, let code = QRCode(address) else { return nil }
        let name = "Code QR\u{A0}: l’adresse du bouton «\u{A0}Continuer chez ma banque\u{A0}»"
        return """
            <section class="by-telephone"><h2>Continuer sur votre téléphone</h2>
            <p>Visez ce code avec l’appareil photo de votre téléphone, et confirmez-y chez votre banque. Ne le montrez \
            à personne.</p>
            \(code.drawing(named: name))
            <p>\(Pieces.link("Suivre ce virement ici", to: "/virements/\(transfer)"))</p></section>
            """
    }
}

/// A bank to choose: its name, and whether it answers.
struct BankTile {
    let listing: BankListing

    var html: HTML {
        let (mood, text): (Pieces.Mood, String) =
            switch listing.health {
            case .up, .unknown: (.done, "Disponible")
            case .shaky: (.pending, "Perturbée")
            case .down: (.wrong, "Indisponible")
            }
        return """
            <li><button class="tile" type="submit" name="banque" value="\(listing.bank.id.text)">\
            <span class="name">\(listing.bank.name)</span>\(Pieces.pill(mood, text))</button></li>
            """
    }
}

/// What a transfer is about: shown at every step, so that nobody loses sight of it.
struct TransferFacts {
    let transfer: TransferSummary

    var html: HTML {
        Pieces.facts([
            ("Montant", "<span class=\"amount\">\(transfer.amount.french)</span>"),
            ("Personne détenue", "\(transfer.detainee.name.revealed)"),
            ("Établissement", "\(transfer.establishmentName)"), ("Bénéficiaire", "\(transfer.payeeName)"),
        ])
    }
}
