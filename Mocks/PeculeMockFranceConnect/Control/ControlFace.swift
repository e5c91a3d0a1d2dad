import PeculeCrypto
import PeculeHTTP

/// What a test or a demonstration asks of the simulation; FranceConnect has none of it.
struct ControlFace: Sendable {
    let desk: ProviderDesk

    func install(in router: inout HTTPRouter) {
        router.on(.get, "\(ProviderPath.control)/identities") { _, _ in
            .json(.array(TestIdentity.all.map(Self.row)))
        }
        router.on(.put, "\(ProviderPath.control)/clients/{client}") { request, parameters in
            do throws(BadMember) {
                let service = try Self.service(parameters["client"] ?? "", request)
                desk.change { state, _ in state.services[service.clientID] = service }
                return HTTPResponse(status: 204)
            } catch {
                return .problem(
                    400, code: "bad_request", title: "The client was not registered",
                    detail: "\(error.name) must be \(error.expected)")
            }
        }
    }

    private static func row(_ identity: TestIdentity) -> JSON {
        [
            "login": .string(identity.login), "purpose": .string(identity.purpose),
            "name": .string(identity.displayName),
            "fault": identity.fault.map { .string($0.rawValue) } ?? .null,
        ]
    }

    private struct BadMember: Error {
        let name: String
        let expected: String
    }

    private static func service(_ client: String, _ request: HTTPRequest) throws(BadMember) -> MockService {
        guard let body = try? JSON(parsing: request.body), body.object != nil else {
            throw BadMember(name: "the body", expected: "a JSON object")
        }
        let algorithm = (body["algorithm"] ?? "ES256").string.flatMap(JWSAlgorithm.init)
        guard let algorithm, algorithm != .ps256 else {
            throw BadMember(name: "algorithm", expected: "ES256 or RS256")
        }
        guard let isPublic = (body["public"] ?? true).bool else {
            throw BadMember(name: "public", expected: "true or false")
        }
        return MockService(
            clientID: client, secret: try text("secret", body), name: try text("name", body),
            redirectURIs: try addresses("redirect_uris", body),
            postLogoutRedirectURIs: try addresses("post_logout_redirect_uris", body), scopes: try scopes(body),
            algorithm: algorithm, isPublic: isPublic)
    }

    private static func text(_ name: String, _ body: JSON) throws(BadMember) -> String {
        guard let text = body[name]?.string, (1...256).contains(text.utf8.count) else {
            throw BadMember(name: name, expected: "a text of 1 to 256 bytes")
        }
        return text
    }

    private static func addresses(_ name: String, _ body: JSON) throws(BadMember) -> Set<String> {
        let texts = (body[name] ?? []).array?.compactMap(\.string) ?? []
        guard !texts.isEmpty, texts.count == body[name]?.array?.count,
            texts.allSatisfy(MockService.mayReturn)
        else { throw BadMember(name: name, expected: "https addresses, or http on loopback; at least one") }
        return Set(texts)
    }

    private static func scopes(_ body: JSON) throws(BadMember) -> Set<String>? {
        guard let value = body["scopes"] else { return nil }
        guard let texts = value.array?.compactMap(\.string), texts.count == value.array?.count else {
            throw BadMember(name: "scopes", expected: "a list of texts")
        }
        return Set(texts)
    }
}
