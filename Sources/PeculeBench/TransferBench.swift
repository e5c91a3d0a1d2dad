import Foundation
import PeculeSQLite

/// Whole durable transfers: every call of a portal from the draft to the history, the bank over HTTP in a process of
/// its own, every change on the disk before the answer. What payers do at the bank is told apart: no part of a gateway.
struct TransferBench {
    /// The mock bank's.
    let program: String
    /// One payer's account at the mock bank holds 1500 euros, a bank takes one at least.
    private let transfers = 1_400
    /// Enough that both cores have work while the disk does its own.
    private let callers = 256
    private let rounds = 5

    func run() async {
        do { try await measure() } catch { Bench.fail("\(error)") }
    }

    private func measure() async throws {
        var rates = [
            "transfers/s", "transfers/s with the payers' browsers", "durable transitions/s",
            "durable transitions for each commit",
        ].map(Samples.init)
        var costs = [
            "gateway", "bare exchanges and commits", "mock bank, asked by the gateway", "payers' browsers",
            "mock bank, asked by browsers",
        ].map(Samples.init)
        var ratio = Samples("gateway's CPU to that of bare exchanges and commits")
        for _ in 1...rounds {
            let (turn, bare) = try await round()
            let (transitions, seconds) = (Double(turn.transitions), turn.gateway.seconds)
            for (index, rate) in [
                Double(transfers) / seconds, Double(transfers) / (seconds + turn.payers.seconds),
                transitions / seconds, transitions / Double(turn.commits),
            ].enumerated() { rates[index].add(rate) }
            for (index, cpu) in [
                turn.gateway.cpu, bare, turn.gateway.bank, turn.payers.cpu, turn.payers.bank,
            ].enumerated() { costs[index].add(cpu / Double(transfers)) }
            ratio.add(turn.gateway.cpu / bare)
        }
        print("transfer: \(transfers) by \(callers) callers, \(rounds) rounds, median (least-greatest)")
        printTable(rates.map { [$0.name, $0.text] })
        printTable([["CPU us/transfer", ""]] + costs.map { [$0.name, $0.text] })
        // The peer neither reads what it wrote nor understands what it was sent: no limit, but a figure to watch.
        printTable([[ratio.name, ratio.text]])
        printVerdict(rates[0].name, rates[0].median, atLeast: 1_000)
    }

    /// With a bank and a file of its own.
    private func round() async throws -> (turn: TransferLoad.Turn, bare: Double) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pecule-bench-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let bank = Child([program, "--port", "0"])
        guard let url = MockBankBench.address(in: bank) else { Bench.fail("mock-bank said no address") }
        let load = try await TransferLoad(bank: bank.id, url: url, folder: folder, callers: callers)
        _ = try await load.run(transfers: 70)
        let turn = try await load.run(transfers: transfers)
        let bare = try await load.bare(turn)
        await load.store.close()
        bank.stop()
        return (turn, bare)
    }
}
