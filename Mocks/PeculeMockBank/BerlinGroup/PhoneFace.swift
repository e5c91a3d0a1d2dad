import PeculeHTTP

/// A customer's telephone: what the bank's application asks, and the answer, for people and for programs alike.
struct PhoneFace: Sendable {
    let books: BankBooks

    func install(in router: inout HTTPRouter) {
        router.on(.get, "/{bank}/phone/{login}", show)
        router.on(.post, "/{bank}/phone/{login}/{id}/{answer}", answer)
    }

    private func show(_ request: HTTPRequest, _ parameters: HTTPRouter.Parameters) -> HTTPResponse {
        let login = parameters["login"] ?? ""
        let say = Saying(language: Language(asked: request) ?? .french)
        let title = say("Téléphone de démonstration", "Demonstration telephone")
        let page = books.look(at: parameters["bank"] ?? "") { state -> HTTPResponse in
            let layout = Layout(
                title: title, wordmark: state.profile.name, stylesheet: state.path + "/style.css",
                language: say.language)
            let orders = state.waiting(for: login).map { question($0, login, state.path, say) }
            return layout.response(
                """
                <h1>\(title)</h1>
                \(orders.isEmpty ? "<p>\(say("Rien à valider.", "Nothing to approve."))</p>" as HTML : nil)
                \(orders)
                """)
        }
        return page ?? RefusalPage.unknownBank
    }

    private func question(_ payment: Payment, _ login: String, _ root: String, _ say: Saying) -> HTML {
        let path = "\(root)/phone/\(login)/\(payment.id)"
        func button(_ answer: BankState.PhoneAnswer, _ label: String) -> HTML {
            #"<form method="post" action="\#(path)/\#(answer.rawValue)"><button>\#(label)</button></form>"#
        }
        return """
            <section class="box">
            <p>\(French.euros(payment.order.cents)) \(say("à", "to")) \(payment.order.creditorName),
            <span class="iban">\(IBANNumber.grouped(payment.order.creditorIBAN))</span></p>
            \(button(.approve, say("Approuver", "Approve")))
            \(button(.refuse, say("Refuser", "Refuse")))
            \(payment.berlin.asksToCancel ? button(.cancel, say("Annuler le virement", "Cancel the transfer")) : nil)
            </section>
            """
    }

    private func answer(_: HTTPRequest, _ parameters: HTTPRouter.Parameters) -> HTTPResponse {
        let (bank, login) = (parameters["bank"] ?? "", parameters["login"] ?? "")
        let root = books.enter(bank) { state, moment -> String? in
            let answer = parameters["answer"].flatMap(BankState.PhoneAnswer.init)
            let isTaken = answer.map { state.answer($0, parameters["id"] ?? "", login: login, at: moment.now) }
            return isTaken == true ? state.path : nil
        }
        guard let root = root ?? nil else {
            return .problem(404, code: "not_found", title: "The telephone does not ask this")
        }
        return .seeOther("\(root)/phone/\(login)")
    }
}
