import Foundation
import Pecule
import PeculeCrypto
import PeculeCurl
import PeculeGatewayAPI
import PeculeHTTP

// The two ends of a webhook, for a check in another language to hold against its own.
//
// `send URL` sends a test event there, signed with two secrets, and prints both and the log's line.
// `verify SECRET` reads one webhook, `{"id", "timestamp", "signature", "body"}`, and prints its id or what is wrong.

func write(_ json: JSON) { print(String(decoding: json.bytes, as: UTF8.self)) }

func send(to url: String) async throws {
    let store = InMemoryStore()
    let reach = WebhookReach(admitting: IPNetwork.loopback) { await HostResolver.addresses(of: $0) }
    let desk = WebhookDesk(store: store, reach: reach)
    guard let client = ClientName("outside") else { return }
    let (webhook, old) = try await desk.create(url, for: client)
    let new = try await desk.rotateSecret(webhook.id, of: client)
    let event = try await desk.sendTest(webhook.id, of: client)
    try await WebhookCourier(store: store, transport: CurlTransport(.init { reach.admits($0) }), reach: reach).turn()
    let attempt = try await desk.attempts(webhook.id, of: client).attempts.first
    write([
        "old": .string(old.revealed), "new": .string(new.revealed), "event": .string(event),
        "outcome": .string(attempt?.outcome.rawValue ?? "none"),
    ])
}

func verify(with secret: WebhookSecret) throws {
    let webhook = try JSON(parsing: Array(FileHandle.standardInput.readDataToEndOfFile()))
    let body = Array((webhook["body"]?.string ?? "").utf8)
    do {
        let id = try WebhookVerifier([secret]).verify(body, at: Int(Date().timeIntervalSince1970)) { name in
            webhook[String(name.dropFirst("webhook-".count))]?.string
        }
        write(["id": .string(id)])
    } catch {
        write(["refused": .string("\(error)")])
    }
}

switch CommandLine.arguments.dropFirst().first {
case "send" where CommandLine.arguments.count == 3: try await send(to: CommandLine.arguments[2])
case "verify" where CommandLine.arguments.count == 3:
    guard let secret = WebhookSecret(CommandLine.arguments[2]) else { fallthrough }
    try verify(with: secret)
default:
    print("usage: PeculeWebhookTool send URL | verify SECRET")
    exit(2)
}
