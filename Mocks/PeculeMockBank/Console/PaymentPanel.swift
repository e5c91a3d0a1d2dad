import FoundationEssentials
import PeculeHTTP

/// One payment: what it orders, how it went, who said what to whom, and what may still be done to it.
struct PaymentPanel {
    let page: ConsolePage
    let item: ConsolePage.Item
    let exchanges: [Journal.Entry]
    let notifications: [Notification]

    private var say: Saying { page.say }

    var markup: HTML {
        let order = item.payment.order
        return """
            <h1>\(French.euros(order.cents)) \(ConsolePage.pill(item.status))</h1>
            <dl>
            <dt>\(say("Banque", "Bank"))</dt><dd>\(item.profile.name)</dd>
            <dt>\(say("Bénéficiaire", "Payee"))</dt>\
            <dd>\(Masked.name(order.creditorName)) \(Masked.iban(order.creditorIBAN))</dd>
            <dt>\(say("Payeur", "Payer"))</dt>\
            <dd>\(item.payment.approval.map { Masked.iban($0.debtorIBAN) } ?? say("pas connu", "not known"))</dd>
            \(scenario)
            </dl>
            \(buttons)
            <h2>\(say("Déroulement", "Timeline"))</h2>
            <ol class="timeline">\(timeline)</ol>
            <h2>\(say("Échanges", "Exchanges"))</h2>
            \(SequenceDiagram(say: say, item: item, exchanges: exchanges, notifications: notifications).markup)
            \(told)
            """
    }

    private var scenario: HTML? {
        let told = item.scenario.told(in: say.language)
        guard !told.isEmpty else { return nil }
        return """
            <dt>\(say("Scénario", "Scenario"))</dt>\
            <dd><code>\(item.scenario.description)</code><br>\(told.joined(separator: " "))</dd>
            """
    }

    /// The notifications that the initiator gets, or was to get.
    private var told: HTML? {
        guard !notifications.isEmpty else { return nil }
        let rows = notifications.map { notification in
            let outcomes = notification.attempts.map { $0.outcome ?? "…" }.joined(separator: ", ")
            return """
                <li><time>\(StetDate.text(notification.madeAt))</time> \(ConsolePage.pill(notification.status)) \
                \(stage(notification.stage))\(outcomes.isEmpty ? "" : " (\(outcomes))")</li>
                """ as HTML
        }
        return #"<h2>\#(say("Avis", "Notifications"))</h2><ol class="timeline">\#(rows)</ol>"#
    }

    private func stage(_ stage: Notification.Stage) -> String {
        switch stage {
        case .waiting(.distantFuture): say("retenu jusqu’à la fin", "held back until the end")
        case .waiting(let until): say("à envoyer après", "to be sent after") + " " + StetDate.text(until)
        case .delivered: say("reçu", "received")
        case .givenUp: say("abandonné", "given up")
        case .withheld: say("jamais envoyé", "never sent")
        }
    }

    private var buttons: HTML? {
        let actions: [ConsoleAction] =
            switch item.payment.stage {
            case .awaitingApproval: ConsoleAction.allCases
            case .awaitingConfirmation: [.expire]
            default: []
            }
        guard !actions.isEmpty else { return nil }
        return #"<div class="buttons">\#(actions.map(button))</div>"#
    }

    private func button(_ action: ConsoleAction) -> HTML {
        """
        <form method="post" action="\(page.link("/\(item.profile.id)/\(item.payment.id)/\(action.rawValue)"))">\
        <button>\(action.label(say))</button></form>
        """
    }

    private var timeline: [HTML] {
        let first = Payment.Move(at: item.payment.createdAt, stage: .awaitingApproval(until: item.payment.createdAt))
        return ([first] + item.payment.moves).map { move in
            """
            <li><time>\(StetDate.text(move.at))</time> \
            \(ConsolePage.pill(Payment.status(of: move.stage, at: item.profile))) \(next(move.stage))</li>
            """
        }
    }

    /// What it means, and who acts next.
    private func next(_ stage: Payment.Stage) -> String {
        switch stage {
        case .awaitingApproval: say("Reçu ; au payeur d’approuver.", "Received; the payer has to approve.")
        case .awaitingConfirmation: say("Approuvé ; à confirmer.", "Approved; to be confirmed.")
        case .accepted: say("Accepté ; la banque va exécuter.", "Accepted; the bank will execute.")
        case .held: say("En attente à la banque.", "Pending at the bank.")
        case .executing: say("Payeur débité.", "Payer debited.")
        case .settled: say("Bénéficiaire crédité. Fin.", "Payee credited. The end.")
        case .rejected(let reason): say("Rejeté", "Rejected") + " (\(reason.code(in: .v16)))."
        }
    }
}

/// Every booking, newest first; what it takes from one account it gives to another.
struct LedgerTable {
    let page: ConsolePage

    var markup: HTML {
        let say = page.say
        return """
            <h1>\(say("Grand livre", "Ledger"))</h1>
            <div class="scroll"><table>
            <caption>\(page.bookings.count) \(say("écritures, sans les ouvertures", "bookings, no openings"))</caption>
            <thead><tr><th scope="col">\(say("Date", "Time"))</th><th scope="col">\(say("Banque", "Bank"))</th>
            <th scope="col">\(say("Débité", "Debited"))</th><th scope="col">\(say("Crédité", "Credited"))</th>
            <th scope="col" class="sum">\(say("Montant", "Amount"))</th></tr></thead>
            <tbody>\(page.bookings.prefix(500).map(row))</tbody>
            </table></div>
            """
    }

    private func row(_ bank: String, _ entry: Ledger.Entry) -> HTML {
        """
        <tr><td>\(StetDate.text(entry.at))</td><td>\(bank)</td><td>\(Masked.account(entry.debited))</td>\
        <td>\(Masked.account(entry.credited))</td><td class="sum">\(French.euros(entry.cents))</td></tr>
        """
    }
}

/// The cheat-sheet: where a scenario may be said, its words, and those with a name.
struct ScenarioSheet {
    let page: ConsolePage

    var markup: HTML {
        let say = page.say
        return """
            <h1>\(say("Faire arriver n’importe quoi", "Make anything happen"))</h1>
            <h2>\(say("Où dire un scénario (le premier l’emporte)", "Where to say a scenario (the first wins)"))</h2>
            <ol>\(ScenarioPlaces.all.map { "<li>\(say($0.french, $0.english))</li>" as HTML })</ol>
            <h2>\(say("Les mots", "The words"))</h2>
            \(table([say("Forme", "Form"), say("Exemple", "Example"), say("Effet", "Effect")], words))
            <h2>\(say("Les scénarios qui ont un nom", "Scenarios with a name"))</h2>
            \(table([say("Nom", "Name"), "Centimes", say("Effet", "Effect")], named))
            <p>\(say("Pour les programmes", "For programs")) : <code>GET /mock/scenarios</code></p>
            """
    }

    private var words: [[String]] {
        ScenarioWords.all.map { [$0.form, $0.example, page.say($0.french, $0.english)] }
    }

    private var named: [[String]] {
        page.catalogue.entries.map { entry in
            let told = entry.scenario.told(in: page.say.language).joined(separator: " ")
            return [entry.name, entry.cents.map { String("\(100 + $0)".dropFirst()) } ?? "", told]
        }
    }

    private func table(_ head: [String], _ rows: [[String]]) -> HTML {
        """
        <div class="scroll"><table>
        <thead><tr>\(head.map { #"<th scope="col">\#($0)</th>"# as HTML })</tr></thead>
        <tbody>\(rows.map { row in "<tr>\(row.map { "<td>\($0)</td>" as HTML })</tr>" as HTML })</tbody>
        </table></div>
        """
    }
}
