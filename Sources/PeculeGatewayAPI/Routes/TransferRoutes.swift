import Foundation
import Pecule
import PeculeHTTP

extension GatewayAPI {
    mutating func addTransferRoutes() {
        on(.post, "/v1/transfers", for: .pay) { api, call in try await api.create(call) }
        on(.get, "/v1/transfers", for: .read) { api, call in try await api.list(call) }
        on(Self.readRoute.method, Self.readRoute.pattern, for: .read) { api, call in try await api.read(call) }
        on(.post, "/v1/transfers/{id}/bank", for: .pay) { api, call in try await api.chooseBank(call) }
        on(.post, "/v1/transfers/{id}/refresh", for: .read) { api, call in
            let (id, payer) = (try call.transfer(), try call.payer())
            return .json(try await api.gateway.refresh(id, by: payer).json)
        }
        on(.post, "/v1/transfers/{id}/cancel", for: .pay) { api, call in
            let (id, payer) = (try call.transfer(), try call.payer())
            return .json(try await api.gateway.cancel(id, by: payer).json)
        }
        stream(.get, "/v1/transfers/{id}/events", for: .read) { api, call in try await api.follow(call) }
    }

    private func create(_ call: Call) async throws -> HTTPResponse {
        let (account, key) = (try call.payer(), try IdempotencyKey(call))
        var body = try Members(body: call.request)
        let named = try body.optionalValue("id", "1 to 35 of A-Z a-z 0-9 -, and not - at an end") { TransferID($0) }
        let payer = Payer(account: account, name: try Self.name(try body.object("payer")))
        let permit = try body.value("permit", "1 to 20 letters, digits or -") { PermitNumber($0) }
        let cents = try body.integer("amount_cents")
        guard let amount = Amount(cents: cents) else {
            throw Refusal.bad("amount_cents", "from 1 to \(Amount.largest.cents)")
        }
        try body.end()
        let id = try await key.transfer(named: named, by: account, in: gateway)
        let isRepeated = (try? await gateway.transfer(id, by: account)) != nil
        let transfer = try await gateway.draft(id, payer: payer, permit: permit, amount: amount)
        var response = HTTPResponse.json(transfer.asDrafted.json, status: 201)
        response.fields.set("/v1/transfers/\(id)", for: "Location")
        if isRepeated { response.fields.set("true", for: "Idempotency-Replayed") }
        return response
    }

    private static func name(_ members: Members) throws(Refusal) -> PersonName {
        var members = members
        let (birthName, usageName) = (try members.text("birth_name"), try members.optionalText("usage_name"))
        let givenNames = try members.texts("given_names")
        try members.end()
        do throws(PersonName.Problem) {
            return try PersonName(birthName: birthName, usageName: usageName, givenNames: givenNames)
        } catch {
            throw Refusal(
                status: 409, code: "name_refused", title: "No person has this name",
                detail: "payer: \(error)", members: [("field", "payer")])
        }
    }

    private func list(_ call: Call) async throws -> HTTPResponse {
        let payer = try call.payer()
        var parameters = try Parameters(call.request)
        let limit = try parameters.integer("limit", in: 1...100) ?? 20
        let cursor = try parameters.value("after", "the `next` of the page before") { TransferHistory.Cursor(text: $0) }
        let from = try parameters.value("from", Self.dayRule) { ParisDay($0) }
        let to = try parameters.value("to", Self.dayRule) { ParisDay($0) }
        try parameters.end()
        let start = cursor ?? to.flatMap { TransferHistory.Cursor(before: $0.end) }
        let page = try await gateway.history(of: payer, after: start, limit: limit)
        // The newest come first: whatever is older than the first day is the end.
        let shown = page.transfers.filter { $0.draftedAt >= from?.start ?? .distantPast }
        var members: [JSON.Member] = [("transfers", .array(shown.map(\.json)))]
        if let next = page.next, shown.count == page.transfers.count { members.append(("next", .string(next.text))) }
        return .json(.object(members))
    }

    private static let dayRule = "a day such as 2026-11-27"

    private func read(_ call: Call) async throws -> HTTPResponse {
        let (id, payer) = (try call.transfer(), try call.payer())
        guard call.request.query != nil else {
            return try await memory.response(id, for: call) { try await gateway.transfer(id, by: payer) }
        }
        var parameters = try Parameters(call.request)
        let wait = try parameters.integer("wait", in: 0...60) ?? 0
        let version = try parameters.integer("after_version", in: 0...Int(Int32.max))
        try parameters.end()
        let transfer = try await watch.transfer(id, by: payer, after: version ?? .max, within: .seconds(wait))
        return .json(transfer.json)
    }

    private func chooseBank(_ call: Call) async throws -> HTTPResponse {
        let (id, payer) = (try call.transfer(), try call.payer())
        var body = try Members(body: call.request)
        let bank = try body.value("bank", "1 to 35 letters, digits or -") { BankID($0) }
        let browser = try body.value("browser", Self.browserRule, call.caller.browser)
        let address = ReturnAddress(try body.text("return_address"))
        let answers = try body.dictionary("answers")
        let connection = try Self.connection(try body.optionalObject("connection"))
        try body.end()
        // What is no address is not on the list.
        guard let address else { throw PeculeError.returnAddressNotAllowed }
        let transfer = try await gateway.begin(
            id, by: payer, at: bank, from: browser, returningTo: address, answering: answers, over: connection)
        return .json(transfer.json)
    }

    static let browserRule = "16 to 90 printable characters without spaces, such as a hash of the session cookie"

    private static func connection(_ members: Members?) throws(Refusal) -> PayerConnection {
        guard var members else { return .unknown }
        let (address, agent) = (try members.optionalText("ip_address"), try members.optionalText("user_agent"))
        try members.end()
        return PayerConnection(ipAddress: address, userAgent: agent)
    }

    /// The transfer as it stands, then each change, until it is final.
    private func follow(_ call: Call) async throws -> HTTPDelivery {
        let (id, payer) = (try call.transfer(), try call.payer())
        let seen = call.request.fields["Last-Event-ID"].flatMap { Int($0) } ?? 0
        var parameters = try Parameters(call.request)
        let seconds = try parameters.integer("seconds", in: 1...30) ?? 30
        try parameters.end()
        _ = try await gateway.transfer(id, by: payer)
        let head = HTTPResponse(status: 200, fields: ["Content-Type": ServerSentEvent.contentType])
        return HTTPDelivery(
            streaming: head,
            TransferEvents(
                watch: watch, id: id, payer: payer, after: seen, end: environment.now() + TimeInterval(seconds)))
    }
}
