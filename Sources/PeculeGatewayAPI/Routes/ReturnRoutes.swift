import Pecule
import PeculeHTTP

extension GatewayAPI {
    mutating func addReturnRoutes() {
        on(.post, "/v1/returns", for: .pay) { api, call in
            var body = try Members(body: call.request)
            let query = try body.text("query")
            let browser = try body.value("browser", Self.browserRule, call.caller.browser)
            try body.end()
            return .json(try await api.gateway.resume(query: query, from: browser).json)
        }
        // Whatever it says is only a reason to ask the bank, and who sends it learns nothing.
        open(.post, "/v1/bank-notifications/{id}") { api, _, names in
            guard let id = names["id"].flatMap(TransferID.init) else { throw PeculeError.unknownTransfer }
            await api.gateway.notified(id)
            return HTTPResponse(status: 204)
        }
    }
}
