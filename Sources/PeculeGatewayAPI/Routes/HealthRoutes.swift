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
        open(.get, "/metrics") { api, _, _ in
            HTTPResponse(
                status: 200, fields: ["Content-Type": "text/plain; version=0.0.4; charset=utf-8"],
                body: Array(await api.metrics.page().utf8))
        }
    }
}
