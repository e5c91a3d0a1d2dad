import PeculeHTTP

/// One question to FranceConnect, server to server.
struct ProviderExchange: Sendable {
    let transport: any HTTPTransport
    let limits: HTTPLimits

    /// - Throws: `unavailable` without an answer, and for one that says so.
    func send(_ request: HTTPRequest) async throws(FranceConnectError) -> HTTPResponse {
        let response: HTTPResponse
        do throws(HTTPTransportError) { response = try await transport.send(request, within: limits) } catch {
            throw .unavailable(LogText.of(error.description))
        }
        guard response.status < 500, response.status != 429 else { throw .unavailable("HTTP \(response.status)") }
        return response
    }

    /// A published JSON document.
    func document(_ address: String) async throws(FranceConnectError) -> JSON {
        let response = try await send(HTTPRequest(.get, address, fields: ["Accept": "application/json"]))
        guard response.status == 200 else { throw .misconfigured("HTTP \(response.status) at \(address)") }
        guard let document = try? JSON(parsing: response.body), document.object != nil else {
            throw .unavailable("no JSON object at \(address)")
        }
        return document
    }
}
