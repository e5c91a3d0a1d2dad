import Foundation
import Pecule
import PeculeBanks
import PeculeCurl
import PeculeHTTP
import PeculeSQLite

/// A gateway on a file and a bank in another process, and the calls that take transfers through both.
struct TransferLoad {
    let store: SQLiteStore
    private let bank: pid_t
    private let url: String
    private let callers: Int
    private let gateway: PeculeGateway
    private let transport = CurlTransport()
    private let town = TransferTown(people: 100)
    private let sample = StoreSample()

    /// What it took to bring some transfers from the draft to the end.
    struct Turn {
        /// The portal's calls, with the bank's answers to them.
        var gateway = Part()
        /// The payers' browsers, with the bank's pages.
        var payers = Part()
        var transitions = 0
        var commits = 0
        let exchanges: Int
    }

    struct Part {
        var seconds = 0.0
        /// Microseconds of CPU in this process.
        var cpu = 0.0
        /// Microseconds of CPU in the bank's.
        var bank = 0.0
    }

    init(bank: pid_t, url: String, folder: URL, callers: Int) async throws {
        (self.bank, self.url, self.callers) = (bank, url, callers)
        let transport = transport
        let documents = try await transport.send(HTTPRequest(.get, url + "/mock/banks"), within: HTTPLimits())
        let banks = try BankProfile.list(parsing: documents.body).map { profile in
            HTTPBank(profile, initiatingParty: "Bench", transport: transport)
        }
        store = try SQLiteStore(path: folder.appending(path: "transfers.sqlite").path())
        gateway = PeculeGateway(
            store: store, permits: town.permits, banks: try BankDirectory(banks), returnAddresses: [town.address])
    }

    /// In phases, so that what the payers cost in this process can be told from what the gateway costs. The second
    /// that the bank takes to settle is waited for, and not counted.
    func run(transfers: Int) async throws -> Turn {
        let ids = (0..<transfers).map { _ in TransferID(random: Environment.system.randomBytes) }
        let before = store.commits
        // Each opened, confirmed after the return, and asked about.
        var turn = Turn(exchanges: transfers * 3)
        let links = try await phase(ids, \.gateway, &turn) { number, id in try await begin(id, number) }
        let payer = BenchPayer(transport: transport, bank: url)
        let queries = try await phase(links, \.payers, &turn) { _, link in try await payer.approve(at: link) }
        _ = try await phase(queries, \.gateway, &turn) { _, query in
            try await gateway.resume(query: query, from: town.browser)
        }
        if let last = ids.last { try await awaitSettlement(of: last, transfers - 1) }
        let ends = try await phase(ids, \.gateway, &turn) { number, id in try await finish(id, number) }
        turn.transitions = ends.reduce(0) { $0 + $1.version }
        turn.commits = store.commits - before
        return turn
    }

    private func awaitSettlement(of id: TransferID, _ number: Int) async throws {
        let payer = town.payers[number % town.payers.count].payer.account
        _ = try await gateway.waitUntilFinal(id, by: payer, within: .seconds(10))
    }

    private func begin(_ id: TransferID, _ number: Int) async throws -> String {
        let (payer, permit) = town.payers[number % town.payers.count]
        _ = try await gateway.draft(id, payer: payer, permit: permit, amount: town.amount)
        let begun = try await gateway.begin(
            id, by: payer.account, at: town.bank, from: town.browser, returningTo: town.address)
        guard case .approve(.redirect(let link, _)) = begun.outcome else { Bench.fail("nothing to approve") }
        return link
    }

    private func finish(_ id: TransferID, _ number: Int) async throws -> TransferSummary {
        let payer = town.payers[number % town.payers.count].payer.account
        let end = try await gateway.refresh(id, by: payer)
        guard end.state == .settled else { Bench.fail("a transfer is \(end.state.name), not settled") }
        let history = try await gateway.history(of: payer)
        guard history.transfers.contains(end) else { Bench.fail("a transfer is not in the history") }
        return end
    }

    /// Does it for all, by so many callers; notes what it took in one part of the turn.
    private func phase<Input: Sendable, Output: Sendable>(
        _ inputs: [Input], _ part: WritableKeyPath<Turn, Part>, _ turn: inout Turn,
        _ body: @escaping @Sendable (Int, Input) async throws -> Output
    ) async throws -> [Output] {
        let (own, bankBefore) = (Process.cpu(of: getpid()), Process.cpu(of: bank))
        let start = ContinuousClock.now
        let outputs = try await withThrowingTaskGroup(of: [(Int, Output)].self) { group in
            for caller in 0..<callers {
                group.addTask {
                    var outputs: [(Int, Output)] = []
                    for number in stride(from: caller, to: inputs.count, by: callers) {
                        outputs.append((number, try await body(number, inputs[number])))
                    }
                    return outputs
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        turn[keyPath: part].seconds += (ContinuousClock.now - start) / .seconds(1)
        turn[keyPath: part].cpu += Process.cpu(of: getpid()) - own
        turn[keyPath: part].bank += Process.cpu(of: bank) - bankBefore
        return outputs.sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// CPU of this process for as many exchanges by the client alone, and as many changes by the store alone.
    func bare(_ turn: Turn) async throws -> Double {
        var exchanges = Turn(exchanges: turn.exchanges)
        // The bank's shortest answer.
        let request = HTTPRequest(.get, url + "/montagne/stet/v1/payment-requests/none")
        _ = try await phase(Array(0..<turn.exchanges), \.gateway, &exchanges) { _, _ in
            try await transport.send(request, within: HTTPLimits())
        }
        let load = StoreLoad(store: store, sample: sample)
        let writes = try await load.run(callers: callers, transfers: turn.transitions / 5, from: 0)
        return exchanges.gateway.cpu + writes.costEach * Double(turn.transitions)
    }
}
