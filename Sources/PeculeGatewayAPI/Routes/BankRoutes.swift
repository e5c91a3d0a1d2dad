import Pecule
import PeculeHTTP

extension GatewayAPI {
    mutating func addBankRoutes() {
        on(.get, "/v1/banks", for: .read) { api, call in
            var parameters = try Parameters(call.request)
            let search = parameters.text("search") ?? ""
            try parameters.end()
            let banks = try await api.gateway.banks(matching: search)
            return .json(["banks": .array(banks.map(\.json))])
        }
    }
}
