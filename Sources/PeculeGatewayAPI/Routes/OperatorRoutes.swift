import Pecule
import PeculeHTTP

extension GatewayAPI {
    mutating func addOperatorRoutes() {
        on(.get, "/v1/cases", for: .operate) { api, call in
            var parameters = try Parameters(call.request)
            let limit = try parameters.integer("limit", in: 1...100) ?? 100
            let after = try parameters.value("after", "the id of a transfer") { TransferID($0) }
            try parameters.end()
            let entries = try await OperatorDesk(api.gateway).entries(after: after, limit: limit)
            let own = entries.filter { $0.transfer.order.payer.account.client == call.caller.client }
            var members: [JSON.Member] = [("cases", .array(own.map(\.json)))]
            if entries.count == limit, let last = entries.last {
                members.append(("next", .string(last.transfer.id.text)))
            }
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
