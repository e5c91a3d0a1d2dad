import FoundationEssentials
import PeculeHTTP

/// A request as a bank sees it before it does anything: where it knocks, and which order it is about.
struct Visit {
    let request: HTTPRequest
    let endpoint: Endpoint
    private let segments: [Substring]
    /// Which segment of the path is the payment's id.
    private let place: Int?

    /// The request header that says a scenario.
    static let header = "X-Mock-Scenario"

    /// Nil for what no scenario strikes.
    init?(_ request: HTTPRequest) {
        let segments = request.path.words(at: UInt8(ascii: "/"))
        let place: Int? =
            switch segments.dropFirst().first {
            case "stet" where segments.count > 4: 4
            case "berlin-group" where segments.count > 5: 5
            default: nil
            }
        guard let endpoint = Endpoint(request, segments: segments, payment: place) else { return nil }
        (self.request, self.endpoint, self.segments, self.place) = (request, endpoint, segments, place)
    }

    var bank: String { String(segments[0]) }

    func payment(_ state: BankState, at now: Date) -> Payment? {
        if let place { return state.payments[String(segments[place])] }
        switch (endpoint, segments[1]) {
        case (.page, "approval") where segments.count > 2: return state.payment(context: String(segments[2]))
        case (.page, "phone") where segments.count > 3: return state.payments[String(segments[3])]
        case (.page, _):
            let form = URLForm(parsing: request.query ?? "") ?? URLForm()
            return form["context"].flatMap(state.payment(context:)) ?? state.profile.payment(of: form, in: state)
        case (.token, _):
            let code = URLForm(body: request.body)?["code"]
            return code.flatMap { state.codes.find($0, at: now) }.flatMap { state.payments[$0.paymentID] }
        default: return nil
        }
    }

    /// The order of a request that opens one and is well-formed.
    func order(_ state: BankState, at now: Date) -> PaymentOrder? {
        guard let body = try? JSON(parsing: request.body) else { return nil }
        if state.profile.berlinGroup == nil { return try? StetRules(profile: state.profile, now: now).order(body) }
        let id = request.fields["X-Request-ID"] ?? ""
        return try? BerlinRules(state: state, request: request).order(body, requestID: id)
    }

    /// The payment that was opened, even when the answer did not arrive.
    func opened(_ response: HTTPResponse, _ state: BankState) -> String? {
        let parts = response.fields["Location"]?.parts(at: UInt8(ascii: "/"))
        guard endpoint == .open, let id = parts?.last(where: { !$0.isEmpty }) else { return nil }
        return state.payments[String(id)]?.id
    }

    /// Whether `qa:` stands somewhere, in large letters or small: spares most requests the reading.
    var mayHaveLabel: Bool {
        let body = request.body
        return body.indices.dropFirst(2).contains { end in
            body[end] == UInt8(ascii: ":") && body[end - 1] | 0x20 == UInt8(ascii: "a")
                && body[end - 2] | 0x20 == UInt8(ascii: "q")
        }
    }

    /// What a scenario that is none is answered, in the words of the interface.
    func refusal(_ error: ScenarioError, at now: Date) -> HTTPResponse {
        let text = "scenario, \(error)"
        switch segments[1] {
        case "stet": return StetFault(400, text).response(path: request.path, at: now)
        case "berlin-group": return BerlinFault(400, "FORMAT_ERROR", text).response(asProblem: false)
        default: return .problem(400, code: "bad_scenario", title: "The scenario is not understood", detail: text)
        }
    }
}

extension BankState {
    /// Hears what the request says of the scenario, and gives the fault that strikes it.
    mutating func trouble(of visit: Visit, at now: Date) throws(ScenarioError) -> WireTrouble? {
        let header: Scenario? =
            if let text = visit.request.fields[Visit.header] { try catalogue.read(text) } else { nil }
        if let key = try key(of: visit, header, at: now) {
            if let header { hear(header, for: key) }
            if let trouble = plays[key]?.takeStrike(at: visit.endpoint) { return trouble }
        } else if var header, let trouble = header.takeStrike(at: visit.endpoint) {
            return trouble
        }
        return whole.takeStrike(at: visit.endpoint)
    }

    /// What names the order that a request is about.
    private mutating func key(
        of visit: Visit, _ header: Scenario?, at now: Date
    ) throws(ScenarioError) -> String? {
        guard visit.endpoint == .open else {
            return header == nil && plays.isEmpty ? nil : visit.payment(self, at: now)?.playKey
        }
        guard header != nil || readsCents || visit.mayHaveLabel,
            let token = StetHead.bearer(of: visit.request, self, at: now),
            let order = visit.order(self, at: now)
        else { return nil }
        let key = Payment.playKey(client: token.client, endToEndID: order.endToEndID)
        if readsCents, let scenario = catalogue.scenario(forCents: order.cents) { hear(scenario, for: key) }
        if let label = order.reference.lowercased().firstRange(of: "qa:") {
            hear(try catalogue.read(order.reference.lowercased()[label.upperBound...]), for: key)
        }
        return key
    }

    private mutating func hear(_ scenario: Scenario, for key: String) {
        if scenario != .ordinary { plays[key, default: Play()].hear(scenario) }
    }
}
