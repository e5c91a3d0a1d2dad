import PeculeHTTP

extension BerlinFace {
    func create(_ state: inout BankState, _ call: Call, _ moment: inout Moment) throws(BerlinFault) -> HTTPResponse {
        try requireClient(call)
        guard call.request.fields["PSU-IP-Address"] != nil else {
            throw BerlinFault(400, "FORMAT_ERROR", "PSU-IP-Address is required")
        }
        guard let body = try? JSON(parsing: call.request.body) else {
            throw BerlinFault(400, "FORMAT_ERROR", "the body is not JSON")
        }
        var payment: Payment
        do throws(RequestRefusal) {
            let order = try BerlinRules(state: state, request: call.request).order(
                body, requestID: call.requestID, isInstant: call.product == MockBankProfile.BerlinGroup.instant)
            try state.admit(order)
            payment = try state.post(
                order, body: body, client: call.token.client,
                notifying: NotificationWish(call.request, at: state.profile), in: &moment)
        } catch { throw BerlinFault(error) }
        payment.berlin.product = call.product
        state.change(payment.id) { $0.berlin.product = call.product }
        if state.profile.berlinGroup?.isExplicit == false { payment = authorise(payment, &state) }
        let answer = answer(payment, state)
        var response = HTTPResponse.json(answer.creation(), status: 201)
        response.fields.set(answer.path, for: "Location")
        response.fields.set(state.profile.flow == .decoupled ? "DECOUPLED" : "REDIRECT", for: "ASPSP-SCA-Approach")
        response.promiseNotifications(payment.notifying, to: call.request, at: state.profile)
        return response
    }

    func read(_ state: inout BankState, _ call: Call, _ moment: inout Moment) throws(BerlinFault) -> HTTPResponse {
        .json(answer(try payment(call, state), state).report())
    }

    func status(_ state: inout BankState, _ call: Call, _ moment: inout Moment) throws(BerlinFault) -> HTTPResponse {
        .json(["transactionStatus": .string(try payment(call, state).status(at: state.profile))])
    }

    /// A second start of the same authorisation gives the first again.
    func start(_ state: inout BankState, _ call: Call, _ moment: inout Moment) throws(BerlinFault) -> HTTPResponse {
        try requireClient(call)
        let payment = try payment(call, state)
        if state.profile.flow == .decoupled {
            let login = call.request.fields["PSU-ID"] ?? ""
            guard let customer = state.customer(login: login) else {
                throw BerlinFault(401, "PSU_CREDENTIALS_INVALID", "PSU-ID is missing or not known")
            }
            do throws(ScenarioError) {
                try state.play(login: login, by: customer, of: payment)
            } catch { throw BerlinFault(400, "FORMAT_ERROR", "PSU-ID: \(error)") }
            state.change(payment.id) { $0.berlin.payerID = customer.login }
        }
        return .json(answer(authorise(payment, &state), state).started(), status: 201)
    }

    func list(_ state: inout BankState, _ call: Call, _ moment: inout Moment) throws(BerlinFault) -> HTTPResponse {
        let id = try payment(call, state).berlin.authorisation
        return .json(["authorisationIds": .array(id.map { [.string($0)] } ?? [])])
    }

    func look(_ state: inout BankState, _ call: Call, _ moment: inout Moment) throws(BerlinFault) -> HTTPResponse {
        .json(answer(try authorised(call, state), state).authorisation())
    }

    func confirm(_ state: inout BankState, _ call: Call, _ moment: inout Moment) throws(BerlinFault) -> HTTPResponse {
        guard call.token.paymentID == (state.profile.flow == .codeThenConfirm ? call.id : nil) else {
            throw BerlinFault(401, "TOKEN_INVALID", "not the token that confirms this payment")
        }
        let payment = try authorised(call, state)
        let body = try? JSON(parsing: call.request.body)
        let code = body?["confirmationCode"]?.string
        if state.profile.flow == .factorThenConfirm, !Secret.equal(code, payment.factor) {
            throw BerlinFault(400, "SCA_INVALID", "confirmationCode is not the one given to the payer")
        }
        do throws(RequestRefusal) {
            let proof = BankState.Confirmation(factor: code, nonce: payment.nonce)
            let confirmed = try state.confirm(call.id, with: proof, client: call.token.client, at: moment.now)
            return .json(answer(confirmed, state).confirmed())
        } catch { throw BerlinFault(error) }
    }

    func cancel(_ state: inout BankState, _ call: Call, _ moment: inout Moment) throws(BerlinFault) -> HTTPResponse {
        try requireClient(call)
        let payment = try payment(call, state)
        guard state.profile.variants.cancellation != .none else {
            throw BerlinFault(405, "SERVICE_INVALID", "nothing is cancelled here")
        }
        if state.profile.berlinGroup?.asksBeforeCancelling == true, case .awaitingApproval = payment.stage {
            let path = answer(payment, state).path + "/cancellation-authorisations"
            return .json(
                [
                    "transactionStatus": .string(payment.status(at: state.profile)),
                    "_links": ["startAuthorisation": ["href": .string(path)]],
                ], status: 202)
        }
        do throws(RequestRefusal) {
            try state.cancel(call.id, order: payment.order, client: call.token.client)
        } catch { throw BerlinFault(405, "CANCELLATION_INVALID", "the payment can no longer be cancelled") }
        return HTTPResponse(status: 204)
    }

    func askToCancel(
        _ state: inout BankState, _ call: Call, _ moment: inout Moment
    ) throws(BerlinFault) -> HTTPResponse {
        try requireClient(call)
        let payment = try payment(call, state)
        guard case .awaitingApproval = payment.stage else {
            throw BerlinFault(409, "STATUS_INVALID", "the payment can no longer be cancelled")
        }
        state.change(payment.id) { $0.berlin.asksToCancel = true }
        let id = "c" + payment.nonce
        return .json(["scaStatus": "received", "authorisationId": .string(id), "_links": [:]], status: 201)
    }

    private func requireClient(_ call: Call) throws(BerlinFault) {
        guard call.token.paymentID == nil else {
            throw BerlinFault(401, "TOKEN_INVALID", "a client_credentials token is required")
        }
    }

    private func payment(_ call: Call, _ state: BankState) throws(BerlinFault) -> Payment {
        guard let payment = try? state.payment(call.id, of: call.token.client),
            payment.berlin.product == call.product
        else { throw BerlinFault(.unknown) }
        return payment
    }

    private func authorised(_ call: Call, _ state: BankState) throws(BerlinFault) -> Payment {
        let payment = try payment(call, state)
        guard let id = payment.berlin.authorisation, id == call.authorisation else {
            throw BerlinFault(404, "RESOURCE_UNKNOWN", "there is no such authorisation")
        }
        return payment
    }

    /// Its id is a secret of the payment that nothing else of this standard uses.
    private func authorise(_ payment: Payment, _ state: inout BankState) -> Payment {
        state.change(payment.id) { $0.berlin.authorisation = "a" + payment.nonce }
        return state.payments[payment.id] ?? payment
    }

    private func answer(_ payment: Payment, _ state: BankState) -> BerlinAnswer {
        BerlinAnswer(profile: state.profile, address: state.address, payment: payment)
    }
}
