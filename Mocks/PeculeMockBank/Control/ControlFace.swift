import FoundationEssentials
import PeculeHTTP

/// What QA steers the simulation with. No real bank offers any of it.
struct ControlFace: Sendable {
    let desk: Desk

    func install(in router: inout HTTPRouter) {
        router.on(.get, "/mock/scenarios") { _, _ in .json(catalogue()) }
        router.on(.get, "/mock/scenario") { _, _ in .json(playing()) }
        router.on(.put, "/mock/scenario") { request, _ in Self.answer { try play(request) } }
        router.on(.post, "/mock/reset") { _, _ in
            desk.reset()
            return HTTPResponse(status: 204)
        }
        router.on(.put, "/mock/customers") { request, _ in Self.answer { try load(request) } }
        router.on(.get, "/mock/clock") { _, _ in .json(time()) }
        router.on(.post, "/mock/clock") { request, _ in Self.answer { try advance(request) } }
        router.on(.get, "/mock/snapshots") { _, _ in .json(.array(desk.snapshotNames.map(JSON.string))) }
        router.on(.put, "/mock/snapshots/{name}") { _, parameters in
            desk.save(parameters["name"] ?? "")
                ? HTTPResponse(status: 204)
                : ControlFault("no more than \(Desk.maximumSnapshots) snapshots are kept", status: 409).response
        }
        router.on(.post, "/mock/snapshots/{name}") { _, parameters in
            desk.restore(parameters["name"] ?? "")
                ? HTTPResponse(status: 204) : ControlFault.unknown("snapshot").response
        }
        router.on(.put, "/mock/payments/{bank}/{id}") { request, parameters in
            Self.answer { try force(request, parameters["bank"] ?? "", parameters["id"] ?? "") }
        }
        router.on(.get, "/mock/requests") { _, _ in .json(received()) }
        router.on(.post, "/mock/assertions") { request, _ in Self.answer { try assert(request) } }
    }

    static func answer(_ action: () throws -> HTTPResponse) -> HTTPResponse {
        do { return try action() } catch let fault as ControlFault { return fault.response } catch let error
            as ScenarioError
        { return ControlFault("scenario: \(error)").response } catch {
            return ControlFault("\(error)").response
        }
    }

    static func body(_ request: HTTPRequest) throws(ControlFault) -> JSON {
        guard let body = try? JSON(parsing: request.body), body.object != nil else {
            throw ControlFault("the body must be a JSON object")
        }
        return body
    }

    // MARK: Time and books

    private func time() -> JSON { ["now": .string(StetDate.text(desk.clock.now))] }

    private func advance(_ request: HTTPRequest) throws(ControlFault) -> HTTPResponse {
        guard let duration = try Self.body(request)["advance"]?.string.flatMap(CalendarDuration.init) else {
            throw ControlFault("advance must be an ISO 8601 duration of at most ten years, such as PT15M or P3M")
        }
        desk.clock.advance(by: duration)
        return .json(time())
    }

    private func load(_ request: HTTPRequest) throws(ControlFault) -> HTTPResponse {
        let document = try Self.body(request)
        try desk.reseed { (seed) throws(ControlFault) in try seed.load(document) }
        return HTTPResponse(status: 204)
    }

    private func force(_ request: HTTPRequest, _ bank: String, _ id: String) throws -> HTTPResponse {
        guard let text = try Self.body(request)["state"]?.string else {
            throw ControlFault("state must be a text, such as acsc, or pdng 15m > rjct AM04")
        }
        let answer = try desk.books.change(bank) { state, now -> JSON in
            let states = try state.catalogue.read(text).states
            guard !states.isEmpty else { throw ControlFault("state must name states: accp, pdng, acsp, acsc or rjct") }
            try state.force(states, on: id, at: now)
            return .object([("status", .string(state.payments[id]?.status(at: state.profile) ?? ""))])
        }
        guard let answer else { throw ControlFault.unknown("bank") }
        return .json(answer)
    }

    private func received() -> JSON {
        let entries = desk.journal.entries
        return [
            "count": .integer(desk.journal.count), "listed": .integer(entries.count),
            "requests": .array(entries.map(RequestList.row)),
        ]
    }

    private func assert(_ request: HTTPRequest) throws(ControlFault) -> HTTPResponse {
        let differences = try Expectation(try Self.body(request)).differences(from: desk)
        return .json(
            ["holds": .bool(differences.isEmpty), "differences": .array(differences.map(JSON.string))],
            status: differences.isEmpty ? 200 : 409)
    }
}

// Scenarios.
extension ControlFace {
    private func catalogue() -> JSON {
        let catalogue = desk.currentSeed.catalogue
        return [
            "words": .array(
                ScenarioWords.all.map { row in
                    [
                        "subject": .string(row.subject), "form": .string(row.form), "example": .string(row.example),
                        "fr": .string(row.french), "en": .string(row.english),
                    ]
                }),
            "reasons": .array(
                ReasonCode.all.map { reason in
                    ["code": .string(reason.code), "fr": .string(reason.french), "en": .string(reason.english)]
                }),
            "named": .array(catalogue.entries.map(Self.entry)),
            "places": .array(
                ScenarioPlaces.all.map { place in
                    ["name": .string(place.name), "fr": .string(place.french), "en": .string(place.english)]
                }),
        ]
    }

    private static func entry(_ entry: ScenarioCatalogue.Entry) -> JSON {
        [
            "name": .string(entry.name), "scenario": .string(entry.scenario.description),
            "cents": entry.cents.map(JSON.integer) ?? .null,
            "fr": .array(entry.scenario.told(in: .french).map(JSON.string)),
            "en": .array(entry.scenario.told(in: .english).map(JSON.string)),
        ]
    }

    private func playing() -> JSON {
        .array(
            desk.books.all { state in
                [
                    [
                        "bank": .string(state.profile.id), "scenario": .string(state.whole.description),
                        "cents": .bool(state.readsCents),
                    ]
                ]
            })
    }

    private func play(_ request: HTTPRequest) throws -> HTTPResponse {
        let body = try Self.body(request)
        let bank = body["bank"]?.string
        guard bank == nil || desk.books.look(at: bank ?? "", { _ in true }) == true else {
            throw ControlFault.unknown("bank")
        }
        let text = body["scenario"]?.string
        guard text != nil || body["cents"]?.bool != nil else {
            throw ControlFault("scenario must be a text (empty for none), or cents true or false")
        }
        try desk.play(text, cents: body["cents"]?.bool, at: bank)
        return .json(playing())
    }
}

extension Desk {
    /// Nil leaves things as they are; an empty text ends the scenario.
    func play(_ text: String?, cents: Bool? = nil, at bank: String?) throws(ScenarioError) {
        try books.changeAll { (state) throws(ScenarioError) in
            guard bank == nil || state.profile.id == bank else { return }
            if let text { state.whole = text.allSatisfy(\.isWhitespace) ? .ordinary : try state.catalogue.read(text) }
            if let cents { state.readsCents = cents }
        }
    }
}

/// Where a scenario may be said, first come first served.
enum ScenarioPlaces {
    static let all = [
        (
            name: "header", french: "En-tête de requête X-Mock-Scenario : rjct AM04",
            english: "Request header X-Mock-Scenario: rjct AM04"
        ),
        (
            name: "label", french: "Libellé du paiement, après qa: (qa:pdng 15m then acsc)",
            english: "Label of the payment, after qa: (qa:pdng 15m then acsc)"
        ),
        (
            name: "cents", french: "Centimes du montant, si on les lit (--cents) : 10,05 € appelle le numéro 5",
            english: "Cents of the amount, where they are read (--cents): 10,05 € calls number 5"
        ),
        (
            name: "login", french: "Identifiant : camille+rjct AM04", english: "Login: camille+rjct AM04"
        ),
        (
            name: "bank", french: "Toute la banque : --scenario, --scenarios FICHIER, PUT /mock/scenario",
            english: "The whole bank: --scenario, --scenarios FILE, PUT /mock/scenario"
        ),
    ]
}
