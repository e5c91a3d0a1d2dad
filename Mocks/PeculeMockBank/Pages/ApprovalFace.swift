import PeculeHTTP

/// Where payers' browsers come in, and where they send their forms.
struct ApprovalFace: Sendable {
    let books: BankBooks

    static let root = "/{bank}/approval/{context}"

    func install(in router: inout HTTPRouter) {
        router.on(.get, "/{bank}/consent") { enter($0, $1, consent) }
        router.on(.get, "/{bank}/consent/{id}") { enter($0, $1, consent) }
        router.on(.get, "/{bank}/app/{id}") { enter($0, $1, consent) }
        router.on(.get, "/{bank}/oauth/authorize") { enter($0, $1, authorize) }
        router.on(.get, "/{bank}/style.css") { _, parameters in
            let colour = books.enter(parameters["bank"] ?? "") { state, _ in state.profile.colour }
            return colour.map(Stylesheet.response) ?? RefusalPage.unknownBank
        }
        router.on(.get, Self.root, show)
        router.on(.post, Self.root + "/login") { request, parameters in
            submit(request, parameters) { (state, session, form, moment) throws(ApprovalRefusal) in
                try state.logIn(
                    session, login: form["login"] ?? "", password: form["password"] ?? "", in: &moment)
            }
        }
        router.on(.post, Self.root + "/account") { request, parameters in
            submit(request, parameters) { (state, session, form, moment) throws(ApprovalRefusal) in
                try state.choose(session, account: form["account"], in: &moment)
            }
        }
        router.on(.post, Self.root + "/code") { request, parameters in
            submit(request, parameters) { (state, session, _, moment) throws(ApprovalRefusal) in
                try state.renewCode(session, in: &moment)
            }
        }
        router.on(.post, Self.root + "/confirm") { request, parameters in
            submit(request, parameters) { (state, session, form, moment) throws(ApprovalRefusal) in
                try state.agree(session, code: form["code"] ?? "", in: &moment)
            }
        }
        router.on(.post, Self.root + "/refuse") { request, parameters in
            submit(request, parameters) { (state, session, _, _) throws(ApprovalRefusal) in state.refuse(session) }
        }
    }
}

// Links that begin an approval.
extension ApprovalFace {
    private typealias Entrance = (HTTPRequest, inout BankState, inout Moment) -> HTTPResponse

    private func enter(
        _ request: HTTPRequest, _ parameters: HTTPRouter.Parameters, _ entrance: Entrance
    ) -> HTTPResponse {
        let response = books.enter(parameters["bank"] ?? "") { state, moment in entrance(request, &state, &moment) }
        return response ?? RefusalPage.unknownBank
    }

    private func consent(_ request: HTTPRequest, _ state: inout BankState, _ moment: inout Moment) -> HTTPResponse {
        let form = URLForm(parsing: request.query ?? "") ?? URLForm()
        let payment = state.profile.flow.usesCode ? nil : form["context"].flatMap(state.payment(context:))
        return begin(payment, back: payment?.order.returns.map { .report($0) }, request, &state, &moment)
    }

    private func authorize(_ call: HTTPRequest, _ state: inout BankState, _ moment: inout Moment) -> HTTPResponse {
        let form = URLForm(parsing: call.query ?? "") ?? URLForm()
        do throws(AuthorizationRequest.Fault) {
            let payment = state.profile.flow.usesCode ? state.profile.payment(of: form, in: state) : nil
            let request = try AuthorizationRequest(
                form, clients: state.clients, scope: state.profile.scope(of: payment),
                needsPKCE: state.profile.variants.needsPKCE)
            let own = payment?.client == request.clientID ? payment : nil
            return begin(own, back: .client(request), call, &state, &moment)
        } catch {
            switch error {
            case .page(let french, let english):
                let page = RefusalPage(state, in: Language(asked: call))
                return page.response(400, text: page.say(french, english))
            case .client(let address, let given, let code, let description):
                var form = URLForm([("error", code), ("error_description", description)])
                if let given { form.append(given, for: "state") }
                form.append(state.address, for: "iss")
                return .seeOther(address.appending(form))
            }
        }
    }

    private func begin(
        _ payment: Payment?, back: ApprovalSession.Return?, _ request: HTTPRequest, _ state: inout BankState,
        _ moment: inout Moment
    ) -> HTTPResponse {
        do throws(ApprovalRefusal) {
            let session = try state.open(payment, back: back, in: &moment)
            state.sessions.update(session.id) { $0.language = Language(asked: request) ?? .french }
            return page(of: session.id, context: payment?.context ?? "", state)
        } catch {
            return RefusalPage(state, in: Language(asked: request)).response(error)
        }
    }
}

// Pages and forms.
extension ApprovalFace {
    private func show(_ request: HTTPRequest, _ parameters: HTTPRouter.Parameters) -> HTTPResponse {
        let context = parameters["context"] ?? ""
        let response = books.enter(parameters["bank"] ?? "") { state, moment -> HTTPResponse in
            do throws(ApprovalRefusal) {
                var session = try state.session(Cookie.session(request), context: context, at: moment.now)
                session.language = Language(named: request) ?? session.language
                state.keep(session)
                guard let payment = state.payment(context: context) else { throw .noSession }
                return ApprovalPages(view: ApprovalView(session, payment, state)).response()
            } catch {
                return RefusalPage(state, in: Language(asked: request)).response(error)
            }
        }
        return response ?? RefusalPage.unknownBank
    }

    private typealias Step = (
        inout BankState, ApprovalSession, URLForm, inout Moment
    ) throws(ApprovalRefusal) -> ApprovalMove

    private func submit(
        _ request: HTTPRequest, _ parameters: HTTPRouter.Parameters, _ step: Step
    ) -> HTTPResponse {
        let context = parameters["context"] ?? ""
        let form = URLForm(body: request.body).flatMap { $0.repeated.isEmpty ? $0 : nil } ?? URLForm()
        let response = books.enter(parameters["bank"] ?? "") { state, moment -> HTTPResponse in
            do throws(ApprovalRefusal) {
                let session = try state.session(
                    Cookie.session(request), context: context, formToken: form["csrf"], at: moment.now)
                switch try step(&state, session, form, &moment) {
                case .away(let address): return .seeOther(address)
                case .page(let id): return page(of: id, context: context, state)
                }
            } catch {
                return RefusalPage(state, in: Language(asked: request)).response(error, context: context)
            }
        }
        return response ?? RefusalPage.unknownBank
    }

    /// Sends the browser to the page by a redirection, so that a reload repeats nothing.
    private func page(of session: String, context: String, _ state: BankState) -> HTTPResponse {
        let path = "\(state.path)/approval/\(context)"
        var response = HTTPResponse.seeOther(path)
        response.fields.set(Cookie.text(session, path: path, address: state.address), for: "Set-Cookie")
        response.fields.set("no-store", for: "Cache-Control")
        return response
    }
}
