import Foundation
import Pecule
import PeculeGatewayAPI

/// `pecule keys`: makes, lists, changes and ends the keys of those who call the gateway.
struct Keys {
    private let ring: KeyRing
    private let terminal = Terminal()

    init(_ items: any ItemStore) { ring = KeyRing(items) }

    /// - Returns: whether it was done.
    func run(_ action: KeysOptions.Action) async throws -> Bool {
        switch action {
        case .add(let client, let scopes):
            terminal.line(try await ring.add(client, scopes).revealed)
        case .rotate(let client, let hours):
            guard let key = try await ring.rotate(client, grace: TimeInterval(hours) * 3_600) else {
                terminal.line("no key of \(client) is in force: pecule keys add \(client)", .bad)
                return false
            }
            terminal.line(key.revealed)
        case .revoke(let id):
            guard try await ring.revoke(id) else {
                terminal.line("no key \(id): pecule keys list", .bad)
                return false
            }
            terminal.line("\(id) is refused from now on")
        case .list:
            for key in try await ring.all() { terminal.line(Self.line(key)) }
        case .help: terminal.line(KeysOptions.help)
        }
        return true
    }

    private static func line(_ key: KeptKey) -> String {
        let scopes = key.scopes.map(\.rawValue).sorted().joined(separator: ",")
        let end = key.endsAt.map { "  ends \($0.formatted(.iso8601))" } ?? ""
        return "\(key.id)  \(scopes)  made \(key.createdAt.formatted(.iso8601))\(end)"
    }
}
