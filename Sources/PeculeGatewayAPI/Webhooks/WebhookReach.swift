import Foundation
public import PeculeHTTP

/// To which addresses webhooks may go: outside only, so that no subscription makes the gateway knock at doors inside.
///
/// Two keep it: a subscription, by what the name means then, and the transport of the deliveries, which asks `admits`
/// of the address that each connection is opened to.
public struct WebhookReach: Sendable {
    /// Networks inside that are admitted all the same: their addresses also over `http`.
    public let networks: [IPNetwork]
    private let resolve: @Sendable (String) async -> [IPAddress]

    /// - Parameter resolve: every address of a host's name, or of an address written as text; none when it has none.
    public init(admitting networks: [IPNetwork] = [], resolve: @escaping @Sendable (String) async -> [IPAddress]) {
        (self.networks, self.resolve) = (networks, resolve)
    }

    /// Whether a connection may be opened to that address.
    public func admits(_ address: IPAddress) -> Bool { address.isPublic || isInside(address) }

    private func isInside(_ address: IPAddress) -> Bool { networks.contains { $0.contains(address) } }

    /// Throws unless the URL may be subscribed to.
    func check(_ url: String) async throws(WebhookURLProblem) {
        let host = try host(of: url)
        let addresses = await resolve(host)
        guard !addresses.isEmpty else { throw .unknownHost }
        guard addresses.allSatisfy(admits) else { throw .forbiddenAddress }
    }

    /// What can be said without asking anybody: said again before each delivery.
    func host(of url: String) throws(WebhookURLProblem) -> String {
        let target: AbsoluteTarget
        do throws(AbsoluteTarget.Complaint) { target = try AbsoluteTarget(url) } catch { throw .malformed(error.text) }
        guard url.utf8.count <= 2048, let host = target.host else { throw .malformed("the host is none") }
        guard target.isSecure || IPAddress(Self.named(host)).map(isInside) == true else { throw .notSecure }
        return host
    }

    /// An address, for a name that can lead nowhere else.
    private static func named(_ host: String) -> String { host.lowercased() == "localhost" ? "127.0.0.1" : host }
}

/// Why a URL gets no webhooks.
public enum WebhookURLProblem: Error, Sendable, Hashable, CustomStringConvertible {
    case malformed(String)
    case notSecure
    case unknownHost
    case forbiddenAddress

    /// What is wrong and what to do, for the caller.
    public var description: String {
        switch self {
        case .malformed(let why): "\(why); write an absolute https URL without credentials and fragment"
        case .notSecure: "has to begin with https://"
        case .unknownHost: "its host has no address; check the name"
        case .forbiddenAddress:
            "its host has an address inside a network; give one that the internet reaches, or one of webhook_networks"
        }
    }

    /// Whether the text alone is wrong, whatever its host means.
    var isOfForm: Bool {
        switch self {
        case .malformed, .notSecure: true
        case .unknownHost, .forbiddenAddress: false
        }
    }
}
