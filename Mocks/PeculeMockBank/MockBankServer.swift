public import PeculeHTTP
public import PeculeServer

/// A mock bank on a port of this machine.
public struct MockBankServer: Sendable {
    public let bank: MockBank
    /// `http://127.0.0.1:8080`, or `https://…` with a certificate.
    public let baseURL: String
    private let server: HTTPServer
    private let courier: Task<Void, Never>?

    /// Listens at once. Port 0 lets the system choose one.
    /// - Parameter guests: who else answers on this port, by the first segment of the path.
    /// - Throws: an error whose description tells what the system refused.
    public static func start(
        _ bank: MockBank = MockBank(), host: String = "127.0.0.1", port: UInt16 = 0, tls: TLSIdentity? = nil,
        guests: [String: any HTTPHandler] = [:]
    ) throws -> MockBankServer {
        let handler: any HTTPHandler = guests.isEmpty ? bank : HTTPMount(guests, else: bank)
        let server = try HTTPServer.start(.init(host: host, port: port, tls: tls), handler: handler)
        let baseURL = "\(tls == nil ? "http" : "https")://\(linkHost(host)):\(server.port)"
        bank.move(to: baseURL)
        return MockBankServer(bank: bank, baseURL: baseURL, server: server, courier: courier(of: bank))
    }

    /// Lets begun answers finish within that time, then closes.
    public func stop(within grace: Duration) async {
        courier?.cancel()
        await server.stop(within: grace)
    }

    /// Looks ten times a second whether a notification is due, for nothing else lets a bank's time pass unasked.
    private static func courier(of bank: MockBank) -> Task<Void, Never>? {
        guard bank.sendsNotifications else { return nil }
        return Task {
            while (try? await Task.sleep(for: .milliseconds(100))) != nil { await bank.sendNotifications() }
        }
    }

    /// What stands for the listening address in links: an address that means "all of them" leads nowhere.
    private static func linkHost(_ host: String) -> String {
        switch host {
        case "0.0.0.0", "::": "localhost"
        default: host.contains(":") ? "[\(host)]" : host
        }
    }
}
