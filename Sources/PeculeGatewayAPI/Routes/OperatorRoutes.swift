import Pecule
import PeculeHTTP

extension GatewayAPI {
    mutating func addOperatorRoutes() {
        on(.get, "/v1/cases", for: .operate) { api, call in
            var parameters = try Parameters(call.request)
            let limit = try parameters.integer("limit", in: 1...100) ?? 100
            let after = try parameters.value("after", "the id of a transfer") { TransferID($0) }
            try parameters.end()
            let own = try await api.entries(of: call.caller.client, after: after, atLeast: limit + 1)
            var members: [JSON.Member] = [("cases", .array(own.prefix(limit).map(\.json)))]
            if own.count > limit { members.append(("next", .string(own[limit - 1].transfer.id.text))) }
            return .json(.object(members))
        }
        on(.post, "/v1/cases/{id}/review", for: .operate) { api, call in
            let id = try call.transfer()
            let desk = OperatorDesk(api.gateway)
            let owner = try await desk.account(of: id)?.client
            guard owner == call.caller.client else { throw PeculeError.unknownTransfer }
            let reviewed = try await desk.review(id)
            return .json(["transfer": .string(reviewed.id.text), "state": .string(reviewed.state.name)])
        }
    }

    /// The client's cases by id, so many where there are: the store lists those of all clients, and a page that ended
    /// at another's would name a transfer of his.
    private func entries(
        of client: ClientName, after id: TransferID?, atLeast count: Int
    ) async throws(PeculeError) -> [OperatorDesk.Entry] {
        let (desk, page) = (OperatorDesk(gateway), 100)
        var (own, last) = ([OperatorDesk.Entry](), id)
        while own.count < count {
            let entries = try await desk.entries(after: last, limit: page)
            own += entries.filter { $0.transfer.order.payer.account.client == client }
            guard entries.count == page else { break }
            last = entries.last?.transfer.id
        }
        return own
    }
}

extension OperatorDesk.Entry {
    /// Without anything personal: an operator's list is pasted into tickets.
    fileprivate var json: JSON {
        var members: [JSON.Member] = [
            ("transfer", .string(transfer.id.text)), ("state", .string(transfer.state.name)),
            ("amount_cents", .integer(transfer.order.amount.cents)), ("updated_at", .time(transfer.updatedAt)),
        ]
        if let bank = transfer.choice?.bank { members.append(("bank", .string(bank.text))) }
        let found = cases.map { ["code": .string($0.code), "detail": .string($0.description)] as JSON }
        return .object(members + [("cases", .array(found))])
    }
}
