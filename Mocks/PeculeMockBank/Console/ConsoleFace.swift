import FoundationEssentials
import PeculeHTTP

/// The console of QA: every payment with its course, its conversation and its buttons; the ledger; the scenarios.
/// Works without a script, in French and English.
struct ConsoleFace: Sendable {
    let desk: Desk

    static let root = "/mock/console"

    func install(in router: inout HTTPRouter) {
        router.on(.get, Self.root) { request, _ in
            page(request).response { $0("Scénarios", "Scenarios") } content: { ScenarioSheet(page: $0).markup }
        }
        router.on(.get, Self.root + "/ledger") { request, _ in
            page(request).response { $0("Grand livre", "Ledger") } content: { LedgerTable(page: $0).markup }
        }
        router.on(.get, Self.root + "/style.css") { _, _ in ConsoleStyle.response }
        router.on(.get, Self.root + "/{bank}/{id}") { request, parameters in
            show(request, parameters["bank"] ?? "", parameters["id"] ?? "")
        }
        router.on(.post, Self.root + "/{bank}/{id}/{action}") { request, parameters in
            act(request, parameters)
        }
    }

    private func page(_ request: HTTPRequest) -> ConsolePage {
        let query = URLForm(parsing: request.query ?? "") ?? URLForm()
        return ConsolePage(desk: desk, language: query["lang"].flatMap(Language.init) ?? .french)
    }

    private func show(_ request: HTTPRequest, _ bank: String, _ id: String) -> HTTPResponse {
        let page = page(request)
        guard let item = page.items.first(where: { $0.profile.id == bank && $0.payment.id == id }) else {
            return ControlFault.unknown("payment").response
        }
        return page.response { $0("Paiement", "Payment") + " " + item.reference } content: { page in
            PaymentPanel(
                page: page, item: item, exchanges: exchanges(of: id), notifications: notifications(of: id, at: bank)
            ).markup
        }
    }

    private func exchanges(of id: String) -> [Journal.Entry] { desk.journal.entries.filter { $0.paymentID == id } }

    private func notifications(of id: String, at bank: String) -> [Notification] {
        desk.books.look(at: bank) { state in state.outbox.notifications.filter { $0.paymentID == id } } ?? []
    }

    private func act(_ request: HTTPRequest, _ parameters: HTTPRouter.Parameters) -> HTTPResponse {
        let (bank, id) = (parameters["bank"] ?? "", parameters["id"] ?? "")
        return ControlFace.answer {
            guard let action = parameters["action"].flatMap(ConsoleAction.init) else {
                throw ControlFault.unknown("action")
            }
            let done: Void? = try desk.books.change(bank) { (state, now) throws(ControlFault) in
                try state.act(action, on: id, at: now)
            }
            guard done != nil else { throw ControlFault.unknown("bank") }
            let page = page(request)
            return .seeOther(page.link("/\(bank)/\(id)"))
        }
    }
}

/// What the console's buttons do to a payment that waits for its payer.
enum ConsoleAction: String, CaseIterable {
    case approve, refuse, expire

    func label(_ say: Saying) -> String {
        switch self {
        case .approve: say("Approuver", "Approve")
        case .refuse: say("Refuser", "Refuse")
        case .expire: say("Laisser expirer", "Let it expire")
        }
    }
}

extension BankState {
    /// Speaks for the payer, or for nobody.
    mutating func act(_ action: ConsoleAction, on id: String, at now: Date) throws(ControlFault) {
        guard let payment = payments[id] else { throw .unknown("payment") }
        guard action != .expire else { return try expire(id) }
        guard case .awaitingApproval = payment.stage else {
            throw ControlFault("the payment no longer waits for its payer", status: 409)
        }
        guard action == .approve, let approval = someApproval(of: payment) else {
            return move(id, to: .rejected(.refusedByPayer))
        }
        approve(payment, login: approval.login, debtorIBAN: approval.debtorIBAN, at: now)
    }
}
