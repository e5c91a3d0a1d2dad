import FoundationEssentials
import PeculeHTTP

/// The payment-initiation interface of STET: translates between its wire and the books.
struct StetFace: Sendable {
    let books: BankBooks
    let clock: @Sendable () -> Date
    let gate: TrustGate

    static let root = "/{bank}/stet/v1/payment-requests"

    func install(in router: inout HTTPRouter) {
        router.on(.post, Self.root) { answer($0, $1, create) }
        router.on(.get, Self.root + "/{id}") { answer($0, $1, read) }
        router.on(.put, Self.root + "/{id}") { answer($0, $1, cancel) }
        for name in ["confirmation", "o-confirmation"] {
            router.on(.post, Self.root + "/{id}/" + name) { request, parameters in
                answer(request, parameters) { (state, call, moment) throws(StetFault) in
                    try confirm(at: name, &state, call, &moment)
                }
            }
        }
    }

    /// One call, when its head is in order.
    struct Call: Sendable {
        let request: HTTPRequest
        let id: String
        let token: AccessToken

        func body() throws(StetFault) -> JSON {
            let type = request.fields["Content-Type"]?.prefix { $0 != ";" }.lowercased()
            guard type == "application/json" || type == "application/hal+json" else {
                throw StetFault(415, "Content-Type must be application/json")
            }
            do throws(JSONError) {
                return try JSON(parsing: request.body)
            } catch {
                throw StetFault(400, "the body is not JSON: \(error)")
            }
        }
    }

    typealias Action = @Sendable (inout BankState, Call, inout Moment) throws(StetFault) -> HTTPResponse

    private func answer(
        _ request: HTTPRequest, _ parameters: HTTPRouter.Parameters, _ action: Action
    ) -> HTTPResponse {
        do throws(StetFault) {
            let response = try books.enter(parameters["bank"] ?? "") { (state, moment) throws(StetFault) in
                let token = try token(of: request, &state, at: moment.now)
                let call = Call(request: request, id: parameters["id"] ?? "", token: token)
                return gate.sealed(try action(&state, call, &moment), for: request, at: state.profile)
            }
            guard let response else { throw StetFault(404, "there is no such bank") }
            return response
        } catch {
            return error.response(path: request.path, at: clock())
        }
    }

    private func token(
        of request: HTTPRequest, _ state: inout BankState, at now: Date
    ) throws(StetFault) -> AccessToken {
        let callers: Set<String>
        do throws(TrustFault) { callers = try gate.callers(request, at: state) } catch {
            throw StetFault(error)
        }
        let token = try StetHead.check(request, &state, at: now)
        guard callers.isSubset(of: [token.client]) else { throw StetFault(.notTheClients) }
        return token
    }

    private func create(
        _ state: inout BankState, _ call: Call, _ moment: inout Moment
    ) throws(StetFault) -> HTTPResponse {
        try call.requireClientToken()
        let body = try call.body()
        do throws(RequestRefusal) {
            let order = try StetRules(profile: state.profile, now: moment.now).order(body)
            try state.admit(order)
            let payment = try state.post(
                order, body: body, client: call.token.client,
                notifying: NotificationWish(call.request, at: state.profile), in: &moment)
            let answer = StetAnswer(
                profile: state.profile, address: state.address,
                isOnTelephone: ApplicationFace.isOnTelephone(call.request))
            var response = HTTPResponse.hal(answer.creation(payment, approval: true), status: 201)
            response.fields.set(answer.location(payment), for: "Location")
            response.promiseNotifications(payment.notifying, to: call.request, at: state.profile)
            return response
        } catch { throw StetFault(error, state.profile) }
    }

    private func read(
        _ state: inout BankState, _ call: Call, _ moment: inout Moment
    ) throws(StetFault) -> HTTPResponse {
        try call.requireClientToken()
        do throws(RequestRefusal) {
            let payment = try state.payment(call.id, of: call.token.client)
            let isVisible = moment.now >= payment.createdAt + TimeInterval(state.profile.variants.appearsAfter)
            guard isVisible || payment.approval != nil else { throw .unknown }
            return report(payment, state)
        } catch { throw StetFault(error, state.profile) }
    }

    private func cancel(
        _ state: inout BankState, _ call: Call, _ moment: inout Moment
    ) throws(StetFault) -> HTTPResponse {
        try call.requireClientToken()
        guard state.profile.variants.cancellation != .none else { throw StetFault(405, "nothing is cancelled here") }
        let body = try call.body()
        do throws(RequestRefusal) {
            let payment = try state.payment(call.id, of: call.token.client)
            try StetRules.cancellation(body, at: state.profile)
            let rules = StetRules(profile: state.profile, now: moment.now, allowsBankMembers: true)
            try state.cancel(payment.id, order: rules.order(body), client: call.token.client)
            let answer = StetAnswer(profile: state.profile, address: state.address)
            return .hal(answer.creation(payment, approval: false))
        } catch { throw StetFault(error, state.profile) }
    }

    private func confirm(
        at name: String, _ state: inout BankState, _ call: Call, _ moment: inout Moment
    ) throws(StetFault) -> HTTPResponse {
        guard name == "confirmation" || state.profile.version == .v142 else {
            throw StetFault(404, "o-confirmation exists in STET 1.4.2 alone")
        }
        try call.requireToken(for: state.profile.flow == .codeThenConfirm ? call.id : nil)
        do throws(RequestRefusal) {
            let payment = try state.payment(call.id, of: call.token.client)
            guard state.profile.confirmation == name else {
                throw .forbidden("this bank expects no \(name)")
            }
            let proof = try call.confirmation(at: state.profile)
            return report(
                try state.confirm(payment.id, with: proof, client: call.token.client, at: moment.now), state)
        } catch { throw StetFault(error, state.profile) }
    }

    private func report(_ payment: Payment, _ state: BankState) -> HTTPResponse {
        .hal(StetAnswer(profile: state.profile, address: state.address).report(payment))
    }
}
