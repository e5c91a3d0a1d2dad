import Foundation
import Pecule
import PeculeCrypto
import PeculeGatewayAPI

/// `pecule keys`: makes, lists, changes and ends the keys of those who call the gateway.
struct Keys {
    private let ring: KeyRing
    private let register: ClientRegister
    private let terminal = Terminal()

    init(_ items: any ItemStore) { (ring, register) = (KeyRing(items), ClientRegister(items)) }

    /// - Returns: whether it was done.
    func run(_ action: KeysOptions.Action) async throws -> Bool {
        switch action {
        case .add(let client, let scopes):
            terminal.line(try await ring.add(client, scopes).revealed)
        case .register(let client, let path, let scopes):
            guard let key = PublicKey(pem: try Self.text(path)) else {
                throw UsageError(problem: "\(path) holds no public key (PEM; RSA of 2048 bits or more, or P-256)")
            }
            terminal.line(try await register.add(key, of: client, scopes).id)
        case .certificate(let client, let path):
            guard let certificate = Certificate.list(pem: try Self.text(path))?.first else {
                throw UsageError(problem: "\(path) holds no certificate (PEM)")
            }
            terminal.line(try await register.add(certificate, of: client).id)
        case .rotate(let client, let hours):
            guard let key = try await ring.rotate(client, grace: TimeInterval(hours) * 3_600) else {
                terminal.line("no key of \(client) is in force: pecule keys add \(client)", .bad)
                return false
            }
            terminal.line(key.revealed)
        case .revoke(let id):
            let (wasKey, wasRegistered) = (try await ring.revoke(id), try await register.remove(id))
            guard wasKey || wasRegistered else {
                terminal.line("no key \(id): pecule keys list", .bad)
                return false
            }
            terminal.line("\(id) is refused from now on")
        case .list:
            for key in try await ring.all() { terminal.line(Self.line(key)) }
            for key in try await register.keys() {
                terminal.line(Self.line(key.id, "\(Self.text(key.scopes))  public key", key.createdAt))
            }
            for certificate in try await register.certificates() {
                terminal.line(Self.line(certificate.id, "certificate", certificate.createdAt))
            }
        case .help: terminal.line(KeysOptions.help)
        }
        return true
    }

    private static func line(_ key: KeptKey) -> String {
        let end = key.endsAt.map { "  ends \($0.formatted(.iso8601))" } ?? ""
        return line(key.id, text(key.scopes), key.createdAt) + end
    }

    private static func line(_ id: String, _ what: String, _ made: Date) -> String {
        "\(id)  \(what)  made \(made.formatted(.iso8601))"
    }

    private static func text(_ scopes: Set<Scope>) -> String {
        scopes.map(\.rawValue).sorted().joined(separator: ",")
    }

    private static func text(_ path: String) throws -> String {
        do { return try String(contentsOf: URL(filePath: path), encoding: .utf8) } catch {
            throw UsageError(problem: "\(path) cannot be read")
        }
    }
}
