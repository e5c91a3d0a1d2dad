import Pecule
import PeculeHTTP

/// The return from the bank, and where a transfer stands. Never says done or failed before the bank has.
struct TransferFace: Sendable {
    let desk: PortalDesk

    func install(in router: inout HTTPRouter) {
        desk.forAnyone(&router, .get, "/virements/retour") { request throws(Trouble) in
            try await comeBack(request)
        }
        desk.forRelatives(&router, .get, "/virements/{transfer}") { request, relative throws(Trouble) in
            let id = try desk.transferID(request)
            let transfer = try await desk.asked { () throws(PeculeError) in
                try await desk.changing(relative) { () throws(PeculeError) in
                    try await desk.service.refresh(id, by: relative.account)
                }
            }
            return show(request, transfer)
        }
        desk.forRelatives(&router, .post, "/virements/{transfer}/annuler") { request, relative throws(Trouble) in
            try await cancel(request, relative)
        }
    }

    // MARK: The return

    private func comeBack(_ request: PortalRequest) async throws(Trouble) -> HTTPResponse {
        guard let browser = request.session.flatMap(desk.sessions.browser), let relative = request.relative else {
            return elsewhere(request)
        }
        do throws(PeculeError) {
            let transfer = try await desk.changing(relative) { () throws(PeculeError) in
                try await desk.service.resume(query: String(request.http.query ?? ""), from: browser)
            }
            return .seeOther("/virements/\(transfer.id)")
        } catch {
            guard case .returnRefused = error else { throw .gateway(error) }
            return strange(request, "Ce retour de votre banque ne correspond à aucun virement de cette session.")
        }
    }

    /// No session here: the payer has scanned the code at his computer, or was away for long.
    private func elsewhere(_ request: PortalRequest) -> HTTPResponse {
        let next: HTML = """
            <p>Si vous avez commencé ce virement sur un ordinateur, retournez-y&nbsp;: la page du virement y avance \
            toute seule.</p>
            """
        return desk.frame("Retour de la banque", .pecule, for: request).page(
            """
            <h1>Revenez à votre ordinateur</h1>
            \(Pieces.alert(.note, "Vous avez terminé chez votre banque sur cet appareil.", next))
            <p>Si vous l’avez commencé sur cet appareil, votre session a pris fin entre-temps. \
            <strong>Ne refaites pas le virement</strong>&nbsp;: l’historique dit où il en est.</p>
            <p>\(Pieces.link("Se connecter et voir l’historique", to: "/virements"))</p>
            """)
    }

    private func strange(_ request: PortalRequest, _ sentence: String) -> HTTPResponse {
        let more: HTML = """
            <p>Si vous avez confirmé un virement, il suit son cours. <strong>Ne le refaites pas</strong>&nbsp;: \
            regardez d’abord l’historique.</p>
            """
        return desk.frame("Retour de la banque", .pecule, for: request).page(
            status: 409,
            """
            <h1>Retour de la banque</h1>
            \(Pieces.alert(.pending, sentence, more))
            <p>\(Pieces.link("Voir l’historique", to: "/virements", isMain: true))</p>
            """)
    }

    // MARK: Where it stands

    private func show(_ request: PortalRequest, _ transfer: TransferSummary) -> HTTPResponse {
        let isWaiting = !transfer.state.isFinal && transfer.outcome != .chooseBank
        let stopsReloading = request.query["actualiser"] == "non"
        var page = desk.frame("Votre virement", .pecule, for: request).page(
            """
            <h1>Votre virement</h1>
            \(said(transfer))
            \(TransferFacts(transfer: transfer).html)
            \(Pieces.facts([
                ("Date", "\(FrenchDate.dayAndTime(transfer.draftedAt))"), ("Référence", "\(transfer.id.text)"),
            ]))
            \(isWaiting ? reloading(transfer, stopsReloading) : "")
            \(ways(request, transfer))
            """)
        if isWaiting, !stopsReloading { page.fields.set("5; url=/virements/\(transfer.id)", for: "Refresh") }
        return page
    }

    private func reloading(_ transfer: TransferSummary, _ isStopped: Bool) -> HTML {
        isStopped
            ? #"<p><a href="/virements/\#(transfer.id.text)?actualiser=non">Actualiser cette page</a></p>"#
            : """
                <p class="hint">Cette page s’actualise toutes les cinq secondes. \
                <a href="/virements/\(transfer.id.text)?actualiser=non">Arrêter l’actualisation</a></p>
                """
    }

    private func said(_ transfer: TransferSummary) -> HTML {
        switch transfer.outcome {
        case .chooseBank: Pieces.alert(.note, "Ce virement attend que vous choisissiez votre banque.")
        case .approve:
            Pieces.alert(
                .pending, "Votre banque attend votre confirmation.",
                "<p>Confirmez chez elle le montant et le bénéficiaire. Rien n’est débité avant.</p>")
        case .underway:
            Pieces.alert(
                .pending, "Votre banque traite le virement.", "<p>Vous n’avez rien à faire. Ne le refaites pas.</p>")
        case .unknown:
            Pieces.alert(
                .pending, "Nous attendons la réponse de votre banque.",
                """
                <p>Nous ne savons pas encore si le virement est parti, et nous continuons de le lui demander. \
                <strong>Ne le refaites pas.</strong></p>
                """)
        case .settled:
            Pieces.alert(
                .done, "Votre virement est confirmé.",
                """
                <p>\(transfer.amount.french) pour \(transfer.detainee.name.revealed), \(transfer.establishmentName). \
                La somme \
                sera inscrite sur le pécule sous quelques jours ouvrés.</p>
                """)
        case .failed(let reason):
            Pieces.alert(
                .wrong, "Ce virement n’a pas eu lieu. Rien n’a été débité.",
                "<p>\(GatewayText.sentence(for: reason))</p>")
        }
    }

    private func ways(_ request: PortalRequest, _ transfer: TransferSummary) -> HTML {
        let history = Pieces.link("Voir l’historique", to: "/virements", isMain: transfer.state == .settled)
        let place = "/virements/\(transfer.id)"
        switch transfer.outcome {
        case .chooseBank:
            return "<p>\(Pieces.link("Choisir ma banque", to: "\(place)/banque", isMain: true)) \(history)</p>"
        case .approve:
            return """
                <p>\(Pieces.link("Continuer chez ma banque", to: "\(place)/depart", isMain: true)) \(history)</p>
                <form method="post" action="\(place)/annuler">\(desk.token(for: request))
                <p><button class="quiet" type="submit">Annuler ce virement</button></p></form>
                """
        case .settled: return "<p>\(history) \(Pieces.link("Voir le reçu", to: "\(place)/recu"))</p>"
        case .failed: return "<p>\(Pieces.link("Faire un autre virement", to: "/pecule", isMain: true)) \(history)</p>"
        case .underway, .unknown: return "<p>\(history)</p>"
        }
    }

    private func cancel(_ request: PortalRequest, _ relative: Relative) async throws(Trouble) -> HTTPResponse {
        let id = try desk.transferID(request)
        do throws(PeculeError) {
            let transfer = try await desk.changing(relative) { () throws(PeculeError) in
                try await desk.service.cancel(id, by: relative.account)
            }
            return .seeOther("/virements/\(transfer.id)")
        } catch {
            switch error {
            case .unknownTransfer: throw .notFound
            // The bank does not let go of it, or has not said so yet: its page tells which.
            case .notNow, .bank: return .seeOther("/virements/\(id)")
            default: throw .gateway(error)
            }
        }
    }
}
