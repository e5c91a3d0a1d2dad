import Pecule
import PeculeHTTP

extension GatewayAPI {
    mutating func addHealthRoutes() {
        // The process answers.
        open(.get, "/healthz") { _, _, _ in .json(["status": "up"]) }
        // It can do its work: its store can be read.
        open(.get, "/readyz") { api, _, _ in
            try await api.keys.check()
            return .json(["status": "ready"])
        }
    }
}
