import Foundation
import Pecule
import PeculeClient
import PeculeCurl
import PeculeGatewayAPI
import PeculeHTTP
import PeculeSQLite
import PeculeServer

/// The contestants of `bench gateway`: a process with a gateway on a file and a server of bare bytes, and a caller.
enum GatewayServing {
    /// Says `GATEWAY BARE KEY TRANSFER`, and serves until it is ended.
    static func run(store path: String) async {
        do { try await serve(path) } catch { Bench.fail("\(error)") }
    }

    private static func serve(_ path: String) async throws {
        let store = try SQLiteStore(path: path)
        let town = TransferTown(people: 1, client: "bench")
        let board = ChangeBoard(store)
        let gateway = PeculeGateway(
            store: store, permits: town.permits, banks: try BankDirectory([]), returnAddresses: [],
            onChange: board.note)
        let keys = KeyRing(store)
        guard let client = ClientName("bench"), let id = TransferID("BENCH-1") else { Bench.fail("not a name") }
        let key = try await keys.add(client, [.read]).revealed
        let (payer, permit) = town.payers[0]
        _ = try await gateway.draft(id, payer: payer, permit: permit, amount: town.amount)
        let api = GatewayAPI(gateway, keys: keys, register: ClientRegister(store), board: board)
        let served = try HTTPServer.start(.init(loops: 1), handler: api)
        let request = HTTPRequest(
            .get, "/v1/transfers/\(id)", fields: ["Authorization": "Bearer \(key)", "Pecule-Payer": "camille"])
        let bare = try HTTPServer.start(.init(loops: 1), handler: Same(answer: await api.respond(to: request)))
        print("http://127.0.0.1:\(served.port) http://127.0.0.1:\(bare.port)/ \(key) \(id)")
        fflush(nil)
        while true { pause() }
    }

    private struct Same: HTTPHandler {
        let answer: HTTPResponse
        func respond(to request: HTTPRequest) async -> HTTPResponse { answer }
    }

    /// Takes turns for so many rounds, in one process, so that both have the same machine: reads one transfer so often
    /// through the SDK, then asks for it so often without reading the answer.
    static func call(_ rounds: Int, _ count: Int, at address: String, key: String, id: String) async {
        let transport = CurlTransport()
        let client = PeculeClient(address, key: key, transport: transport)
        guard let id = TransferID(id), let payer = AccountID("camille") else { Bench.fail("not a transfer's id") }
        let request = HTTPRequest(
            .get, "\(address)/v1/transfers/\(id)",
            fields: ["Authorization": "Bearer \(key)", "Pecule-Payer": payer.revealed])
        for _ in 1...rounds {
            await Load.measured(count, on: transport) {
                (try? await client.transfer(id, by: payer))?.state == .drafted
            }
            await Load.measured(count, on: transport) {
                (try? await transport.send(request, within: HTTPLimits()))?.status == 200
            }
        }
    }
}
