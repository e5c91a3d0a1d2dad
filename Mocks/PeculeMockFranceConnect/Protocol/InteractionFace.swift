import FoundationEssentials
import PeculeHTTP

/// The pages on which a person says who is logging in, and the forms that they send.
struct InteractionFace: Sendable {
    let desk: ProviderDesk

    private static let path = "\(ProviderPath.interaction)/{interaction}"

    func install(in router: inout HTTPRouter) {
        router.on(.get, Self.path) { request, parameters in
            enter(request, parameters) { _, id, interaction, session, _ in
                InteractionPages(id: id, interaction: interaction, session: session).response()
            }
        }
        submit("provider", in: &router) { _, _, interaction, form, _ in
            interaction.provider = form["provider"].flatMap(IdentityProvider.init)
            interaction.notice = interaction.provider == nil ? .noProvider : nil
            return nil
        }
        submit("identity", in: &router) { state, _, interaction, form, now in
            state.logIn(form["identity"], for: &interaction, at: now)
        }
        submit("continue", in: &router) { state, id, interaction, form, now in
            state.goOn(id, &interaction, consents: form["consent"] == "on", at: now)
        }
        submit("back", in: &router) { state, id, interaction, _, _ in
            state.interactions.remove(id)
            return .seeOther(
                interaction.request.answer(
                    [("error", "access_denied"), ("error_description", "User auth aborted")], issuer: state.issuer))
        }
    }

    private typealias Look = (
        inout ProviderState, String, Interaction, BrowserSession, Date
    ) -> HTTPResponse

    /// Only the browser that began it sees an interaction.
    private func enter(_ request: HTTPRequest, _ parameters: HTTPRouter.Parameters, _ look: Look) -> HTTPResponse {
        let id = parameters["interaction"] ?? ""
        return desk.change { state, now in
            guard let interaction = state.interactions.find(id, at: now),
                ProviderCookie.session(request) == interaction.session,
                let session = state.sessions.find(interaction.session, at: now)
            else { return ErrorPage.over }
            return look(&state, id, interaction, session, now)
        }
    }

    /// Nil shows the interaction's next page.
    private typealias Step =
        @Sendable (inout ProviderState, String, inout Interaction, URLForm, Date) -> HTTPResponse?

    private func submit(_ action: String, in router: inout HTTPRouter, _ step: @escaping Step) {
        router.on(.post, "\(Self.path)/\(action)") { request, parameters in
            enter(request, parameters) { state, id, interaction, _, now in
                guard let form = URLForm(body: request.body), form.repeated.isEmpty,
                    form["csrf"] == interaction.formToken
                else { return ErrorPage.over }
                var interaction = interaction
                if let response = step(&state, id, &interaction, form, now) { return response }
                state.interactions.update(id) { $0 = interaction }
                return state.page(of: id, session: interaction.session)
            }
        }
    }
}

extension ProviderState {
    /// Whoever logs in gets a new session: the one from before may be known to somebody else.
    fileprivate mutating func logIn(
        _ login: String?, for interaction: inout Interaction, at now: Date
    ) -> HTTPResponse? {
        guard let provider = interaction.provider, let identity = login.flatMap(TestIdentity.named) else {
            interaction.notice = .noIdentity
            return nil
        }
        guard identity.hasEmail else { return ErrorPage.response(.noEmail, detail: identity.purpose) }
        sessions.remove(interaction.session)
        interaction.session = newSecret()
        interaction.notice = nil
        let session = BrowserSession(login: (identity, provider, now))
        sessions.add(session, for: interaction.session, until: now + Lifetime.session, at: now)
        return nil
    }

    fileprivate mutating func goOn(
        _ id: String, _ interaction: inout Interaction, consents: Bool, at now: Date
    ) -> HTTPResponse? {
        guard let login = sessions.find(interaction.session, at: now)?.login else { return ErrorPage.over }
        guard interaction.service.isPublic || consents else {
            interaction.notice = .noConsent
            return nil
        }
        interactions.remove(id)
        let grant = Grant(
            request: interaction.request, service: interaction.service, identity: login.identity,
            provider: login.provider, authenticatedAt: login.at)
        return .seeOther(answer(grant, at: now))
    }

    /// The way back with a code, or with what is to go wrong.
    private mutating func answer(_ grant: Grant, at now: Date) -> String {
        let (request, code) = (grant.request, newSecret())
        var kept = grant
        switch grant.identity.fault {
        case .serverError:
            let text = "authentication aborted due to a technical error on the authorization server"
            return request.answer([("error", "server_error"), ("error_description", text)], issuer: issuer)
        case .replayedCode: kept.accessToken = newSecret()
        default: break
        }
        codes.add(kept, for: code, until: now + Lifetime.code, at: now)
        return request.answer(
            [("code", code)], state: grant.identity.fault == .wrongState ? newSecret() : nil,
            issuer: grant.identity.fault == .callbackIssuer ? "https://faux.example/api/v2" : issuer)
    }
}
