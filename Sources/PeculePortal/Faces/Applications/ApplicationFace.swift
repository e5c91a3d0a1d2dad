import Pecule
import PeculeHTTP

/// One's permit applications: begun, followed, answered, taken back.
struct ApplicationFace: Sendable {
    let desk: PortalDesk

    func install(in router: inout HTTPRouter) {
        desk.forRelatives(&router, .get, "/permis/demandes") { request, relative throws(Trouble) in
            try await list(request, relative)
        }
        desk.forRelatives(&router, .post, "/permis/demandes") { request, relative throws(Trouble) in
            try await start(request, relative)
        }
        desk.forRelatives(&router, .get, "/permis/demandes/{demande}") { request, relative throws(Trouble) in
            let application = try await desk.application(request, of: relative)
            return show(request, application, at: try await desk.establishment(of: application)?.name)
        }
        desk.forRelatives(&router, .post, "/permis/demandes/{demande}/annuler") { request, relative throws(Trouble) in
            let id = try Self.id(request)
            _ = try await desk.applied { () throws(ApplicationError) in
                try await desk.applications.cancel(id, of: relative.account)
            }
            return .seeOther("/permis/demandes/\(id)")
        }
        desk.forRelatives(
            &router, .get, "/permis/demandes/{demande}/fichiers/{fichier}"
        ) { request, relative throws(Trouble) in
            let (id, piece) = (try Self.id(request), try Self.piece(request))
            let found = try await desk.applied { () throws(ApplicationError) in
                try await desk.applications.document(piece, in: id, of: relative.account)
            }
            return FileAnswer.response(found.piece, found.bytes)
        }
    }

    static func id(_ request: PortalRequest) throws(Trouble) -> ApplicationID {
        guard let id = request.parameters["demande"].flatMap(ApplicationID.init) else { throw .notFound }
        return id
    }

    static func piece(_ request: PortalRequest) throws(Trouble) -> PieceID {
        guard let id = request.parameters["fichier"].flatMap(PieceID.init) else { throw .notFound }
        return id
    }

    // MARK: The list

    private func list(
        _ request: PortalRequest, _ relative: Relative, problem: String? = nil
    ) async throws(Trouble) -> HTTPResponse {
        let found = try await desk.applied { () throws(ApplicationError) in
            try await desk.applications.applications(of: relative.account)
        }
        let rows = found.map { application -> HTML in
            let (mood, text) = ApplicationText.state(of: application.status.kind)
            let person = application.detaineeName?.revealed ?? "Personne détenue à préciser"
            return """
                <li class="card"><h3><a href="/permis/demandes/\(application.id.text)">\(person)</a></h3>
                <p>Commencée le \(FrenchDate.day(application.startedAt))</p><p>\(Pieces.pill(mood, text))</p></li>
                """
        }
        let none: HTML = found.isEmpty ? "<p>Vous n’avez pas encore fait de demande.</p>" : ""
        return desk.frame("Demande de permis", .permits, for: request).page(
            """
            <h1>Demande de permis</h1>
            \(problem.map { Pieces.alert(.wrong, $0) })
            <p>Vous pouvez demander un permis de visite pour une personne détenue condamnée. Pour une personne \
            prévenue, \
            adressez-vous au magistrat chargé de son dossier.</p>
            <form method="post" action="/permis/demandes">\(desk.token(for: request))
            <p>\(Pieces.button("Demander un permis"))</p></form>
            <h2>Vos demandes</h2>
            \(none)<ul class="cards">\(rows)</ul>
            """)
    }

    private func start(_ request: PortalRequest, _ relative: Relative) async throws(Trouble) -> HTTPResponse {
        guard let email = relative.email.flatMap(EmailAddress.init) else {
            return try await list(
                request, relative,
                problem: "Il faut une adresse électronique pour recevoir l’accusé de réception. Ajoutez-en une au "
                    + "compte que vous utilisez avec FranceConnect.")
        }
        let applicant = Applicant(
            account: relative.account, name: relative.name, birthDate: relative.birthDate.flatMap(DateOfBirth.init),
            email: email)
        do throws(ApplicationError) {
            // One that was begun and left empty serves as well.
            let own = try await desk.applications.applications(of: relative.account)
            let empty = own.first { $0.status == .draft && $0.detainee == nil }
            let id = if let empty { empty.id } else { try await desk.applications.start(applicant).id }
            return .seeOther("/permis/demandes/\(id)")
        } catch {
            guard error == .tooManyDrafts else { throw .application(error) }
            return try await list(request, relative, problem: error.french)
        }
    }

    // MARK: One application

    private static let confirmation = "Confirmation de l’envoi de votre demande de permis de visite"

    private func show(
        _ request: PortalRequest, _ application: PermitApplication, at establishment: String?
    ) -> HTTPResponse {
        let place = "/permis/demandes/\(application.id)"
        guard application.status != .draft else {
            return .seeOther("\(place)/\(StepAddress.word(application.step(at: request.now)))")
        }
        let (mood, state) = ApplicationText.state(of: application.status.kind)
        let sent: HTML? =
            request.query["fait"] == "envoi" && application.status == .submitted
            ? Pieces.alert(
                .done, "Votre demande est envoyée.",
                """
                <p>L’établissement l’a reçue. Un accusé de réception est envoyé à l’adresse de votre compte&nbsp;: \
                \(application.applicant.email.revealed).</p>
                """) : nil
        let steps = application.milestones.filter { $0.status != .draft }.map { milestone -> HTML in
            "<li>\(milestone.status.french), le \(FrenchDate.dayAndTime(milestone.at))</li>"
        }
        let cancel: HTML =
            application.status.kind.isOpen
            ? """
                <form method="post" action="\(place)/annuler">\(desk.token(for: request))
                <p><button class="quiet" type="submit">Annuler cette demande</button></p></form>
                """ : ""
        let title = sent == nil ? "Votre demande de permis de visite" : Self.confirmation
        return desk.frame(title, .permits, for: request).page(
            """
            \(sent)
            <h1>\(title)</h1>
            <p>\(Pieces.pill(mood, state))</p>
            \(outcome(request, application, place))
            <h2>Ce que vous avez demandé</h2>
            \(Pieces.facts([("Référence", "\(application.id.text)")]
                + ApplicationText.facts(of: application, at: establishment) + ApplicationText.files(of: application)))
            <h2>Les étapes</h2><ol>\(steps)</ol>
            \(cancel)
            <p>\(Pieces.link("Voir toutes vos demandes", to: "/permis/demandes"))</p>
            """)
    }

    private func outcome(_ request: PortalRequest, _ application: PermitApplication, _ place: String) -> HTML {
        switch application.status {
        case .draft, .cancelled: ""
        case .submitted: waiting(application, "L’établissement va lire votre demande.")
        case .underReview: waiting(application, "L’établissement étudie votre demande. Vous n’avez rien à faire.")
        case .complementRequested(let asked):
            Pieces.alert(
                .pending, "L’établissement vous demande\u{A0}: \(asked.piece.french.lowercased()).",
                """
                <p>\(asked.message.revealed)</p>
                <p>\(Pieces.link("Répondre", to: "\(place)/complement", isMain: true))</p>
                """)
        case .accepted(let number):
            Pieces.alert(
                .done, "Le permis est accordé. Son numéro est \(number.revealed).",
                application.beneficiary == .applicant
                    ? """
                        <form method="post" action="\(place)/enregistrer">\(desk.token(for: request))
                        <p>\(Pieces.button("Enregistrer ce permis sur mon espace"))</p></form>
                        """ : "<p>Il est personnel à son titulaire, qui l’enregistre sur son propre espace.</p>")
        case .refused(let decline):
            Pieces.alert(
                .wrong, "La demande est refusée.",
                """
                <ul>\(decline.grounds.map { "<li>\($0.french)</li>" as HTML })</ul>
                <p>\(decline.explanation.revealed)</p>
                <p>\(desk.applications.terms.remedies)</p>
                """)
        }
    }

    /// What happens next, and what the law attaches to silence.
    private func waiting(_ application: PermitApplication, _ sentence: String) -> HTML {
        let terms = desk.applications.terms
        let silence = application.reached(.submitted).map { terms.silence(after: $0) } ?? ""
        return """
            <p>\(sentence)</p><p>\(silence)</p>
            <details><summary>Que faire si elle est refusée&nbsp;?</summary><p>\(terms.remedies)</p></details>
            """
    }
}

extension PortalDesk {
    /// The one that an application is for; nil while that is not said.
    func establishment(of application: PermitApplication) async throws(Trouble) -> Establishment? {
        guard let id = application.detainee?.establishment else { return nil }
        return try await stored { () throws(StoreFault) in try await permits.establishment(id) }
    }
}
