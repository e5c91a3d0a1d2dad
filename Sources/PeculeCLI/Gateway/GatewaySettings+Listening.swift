import PeculeHTTP
import PeculeServer

extension GatewaySettings {
    /// Serves where these settings say; what keeps it from that is told with the names of the settings.
    func listen(_ handler: any HTTPHandler) throws(Problems) -> HTTPServer {
        do throws(HTTPServerError) {
            return try HTTPServer.start(.init(host: host, port: port, tls: tls), handler: handler)
        } catch { throw Problems(all: [problem(error)]) }
    }

    private func problem(_ error: HTTPServerError) -> String {
        switch error {
        case .unknownHost: "host: `\(host)` has no address"
        case .system(call: "bind", _): "host, port: nobody can listen on \(host):\(port) (\(error))"
        case .system: "the system does not let it listen (\(error))"
        case .tls(let file, _):
            [
                ("tls_certificate", tls?.certificateChainFile), ("tls_key", tls?.privateKeyFile),
                ("client_authorities", tls?.clientAuthorityFile),
            ].filter { $0.1 == file }.map(\.0).joined(separator: ", ") + ": \(error)"
        }
    }
}
