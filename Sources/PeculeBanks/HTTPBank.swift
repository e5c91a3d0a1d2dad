import FoundationEssentials
public import Pecule
public import PeculeHTTP

/// A bank reached over HTTP: the one executor for every profile.
///
/// Each call reads top-down: the dialect's request, a token, the exchange, and a verdict on whether the bank may have
/// acted. It repeats nothing but a request that the bank did not take because a token had grown old.
public struct HTTPBank: BankProvider {
    public var bank: Bank { profile.bank }

    let profile: BankProfile
    let dialect: any BankDialect
    let transport: any HTTPTransport
    let limits: HTTPLimits
    let environment: Environment
    let seal: MessageSeal?
    let notifications: NotificationAddress?
    let tokens = BankTokens()
    let codeTokens = CodeTokens()

    /// - Parameters:
    ///   - initiatingParty: the name under which payers' banks show the gateway, at most 140 characters.
    ///   - limits: what one exchange may cost. A call makes up to seven, with tokens and questions, and all of them
    ///     together have to fit into `Patience.call`: a call that outlives it may be repeated beside itself.
    ///   - seal: for a bank that wants messages signed; without it every call there ends as misconfigured, not sent.
    ///   - notifications: where a bank that sends any tells that a payment has changed; nil asks for none.
    public init(
        _ profile: BankProfile, initiatingParty: String, transport: any HTTPTransport,
        limits: HTTPLimits = HTTPLimits(connect: .seconds(3), total: .seconds(8)), environment: Environment = .system,
        seal: MessageSeal? = nil, notifications: NotificationAddress? = nil
    ) {
        precondition((1...140).contains(initiatingParty.count), "the initiating party's name has 1 to 140 characters")
        self.profile = profile
        dialect =
            switch profile.standard {
            case .stet(let settings):
                STETDialect(profile: profile, settings: settings, initiatingParty: initiatingParty)
            case .berlinGroup(let settings): BerlinGroupDialect(profile: profile, settings: settings)
            }
        self.transport = transport
        self.limits = limits
        self.environment = environment
        self.seal = seal
        self.notifications = notifications
    }

    public func initiate(_ order: TransferOrder, _ choice: BankChoice) async throws(BankFault) -> BankPayment {
        var isInstant = profile.isInstant(order)
        var response = try await authorized(opening(of: order, choice, asInstant: isInstant))
        if isInstant, profile.instant?.fallsBack == true, dialect.refusesInstant(response) {
            isInstant = false
            response = try await authorized(opening(of: order, choice, asInstant: false))
        }
        guard response.status == 201 || response.status == 200 else { throw refusal(response) }
        var opening = dialect.opening(
            from: response, of: order, choice, asInstant: isInstant, random: environment.randomBytes)
        while case .asks(let request, let then) = opening { opening = then(try? await authorized(request)) }
        guard case .opened(let payment) = opening else { throw HTTPVerdict.unreadable(response) }
        return payment
    }

    public func confirm(
        _ payment: BankPayment, of order: TransferOrder, _ choice: BankChoice, proof: ApprovalProof?
    ) async throws(BankFault) -> BankReport {
        let confirmation = dialect.confirmation(of: payment, order, proof: proof)
        let response: HTTPResponse
        if let proof, proof.kind == .authorizationCode {
            let token = try await codeToken(proof, of: payment, choice)
            guard profile.redirectFlow == .codeThenConfirm else { return try await outcome(payment, of: order) }
            response = try await send(confirmation, bearing: token)
        } else {
            response = try await authorized(confirmation)
        }
        guard (200..<300).contains(response.status) else { throw refusal(response) }
        // Some banks answer with less than the payment: what does not show all of it is asked for.
        if let report = dialect.report(from: response, of: payment), report.echo.isComplete { return report }
        return try await outcome(payment, of: order)
    }

    public func report(_ payment: BankPayment, of order: TransferOrder) async throws(BankFault) -> BankReport {
        let response = try await authorized(dialect.inquiry(of: payment, order, random: environment.randomBytes))
        if response.status == 404, isNew(payment) { return BankReport(.pending, echo: PaymentEcho(of: order)) }
        guard response.status == 200 else { throw HTTPVerdict.onInquiry(response) }
        guard let report = dialect.report(from: response, of: payment) else { throw HTTPVerdict.unreadable(response) }
        guard let question = dialect.question(about: report, of: payment, random: environment.randomBytes),
            let answer = try? await authorized(question), answer.status == 200
        else { return report }
        return dialect.report(report, explainedBy: answer)
    }

    public func cancel(
        _ payment: BankPayment, of order: TransferOrder, _ choice: BankChoice
    ) async throws(BankFault) -> BankReport {
        guard let cancellation = dialect.cancellation(of: payment, order, choice) else {
            throw .refused(RejectionReason(nil), .init(.unsupported))
        }
        let response = try await authorized(cancellation)
        guard (200..<300).contains(response.status) else { throw refusal(response) }
        if let approval = dialect.cancellationApproval(after: response, of: payment, order, choice) {
            // Whether the bank asks the payer or not, the next report tells what came of it.
            _ = try? await authorized(approval)
        }
        return try await outcome(payment, of: order)
    }
}

extension HTTPBank {
    private func opening(of order: TransferOrder, _ choice: BankChoice, asInstant: Bool) -> HTTPRequest {
        var request = dialect.initiation(of: order, choice, asInstant: asInstant)
        guard profile.notifies, let notifications else { return request }
        request.fields.set(notifications.address(of: order.id), for: "TPP-Notification-URI")
        request.fields.set("status=PROCESS,LAST", for: "TPP-Notification-Content-Preferred")
        return request
    }

    /// Too new for this bank to find it.
    private func isNew(_ payment: BankPayment) -> Bool {
        guard let ends = payment.approval.expires else { return false }
        let opened = ends.addingTimeInterval(-(profile.consentLifetime / .seconds(1)))
        return environment.now().timeIntervalSince(opened) < profile.notFoundAtFirst / .seconds(1)
    }

    private func refusal(_ response: HTTPResponse) -> BankFault {
        let known = profile.refusal(in: response)
        return HTTPVerdict.onChange(response, reason: known ?? dialect.reason(from: response), isTold: known != nil)
    }

    /// Asks what became of a change that the bank took: taken it stays, whatever hinders the question.
    private func outcome(_ payment: BankPayment, of order: TransferOrder) async throws(BankFault) -> BankReport {
        do throws(BankFault) { return try await report(payment, of: order) } catch {
            throw .outcomeUnknown(error.detail)
        }
    }

    /// Sends with the client's token; a refused one is replaced once, since banks end tokens early.
    private func authorized(_ request: HTTPRequest) async throws(BankFault) -> HTTPResponse {
        let token = try await clientToken()
        let response = try await send(request, bearing: token)
        guard response.status == 401 || response.status == 403 else { return response }
        await tokens.forget(token)
        return try await send(request, bearing: try await clientToken())
    }

    private func send(_ request: HTTPRequest, bearing token: BearerToken) async throws(BankFault) -> HTTPResponse {
        var request = request
        for field in profile.headers.all { request.fields.set(field.value, for: field.name) }
        request.fields.set("Bearer \(token.revealed)", for: "Authorization")
        guard let signature = profile.signature else { return try await exchange(request) }
        guard let seal, let sealed = seal.sealed(request, signature, at: environment.now()) else {
            throw .notSent(BankFault.Detail(.misconfigured))
        }
        let response = try await exchange(sealed)
        // An answer that anybody could have written says nothing, whatever it says.
        guard seal.believes(response, to: request, signature, at: environment.now()) else {
            throw HTTPVerdict.unreadable(response)
        }
        return response
    }

    func exchange(_ request: HTTPRequest) async throws(BankFault) -> HTTPResponse {
        do throws(HTTPTransportError) {
            return try await transport.send(request, within: limits)
        } catch {
            throw HTTPVerdict.noAnswer(error, traceID: request.fields["X-Request-ID"])
        }
    }
}

extension PaymentEcho {
    fileprivate var isComplete: Bool { amount != nil && currency != nil && creditor != nil && endToEndID != nil }
}
