import Foundation

/// What the gateway's interface costs: reading a transfer against the server's bare answer of the same bytes, and the
/// SDK against the client's bare request of the same transfer; and what slow callers cost the healthy ones.
struct GatewayBench {
    let program: String
    private let count = 5_000

    func run() {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pecule-bench-\(getpid())")
        guard (try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)) != nil else {
            Bench.fail("no place for a store")
        }
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "transfers.sqlite").path()
        let gateway = Child([program, "serve-gateway", file], core: 0)
        defer { gateway.stop() }
        let words = gateway.readLine()?.split(whereSeparator: \.isWhitespace).map(String.init) ?? []
        guard words.count == 4 else { Bench.fail("the gateway did not start") }
        let (read, bare, key, id) = (words[0] + "/v1/transfers/\(words[3])", words[1], words[2], words[3])
        let reading = Race(
            name: "gateway: a transfer read over 64 kept connections for 2 s a turn, gateway on core 0, wrk on core 1",
            contestants: [
                ("GET /v1/transfers/{id}", { wrk(read, key, gateway.id) }),
                ("the same bytes, bare", { wrk(bare, key, gateway.id) }),
            ], limit: 1.5)
        reading.run(rounds: 11)
        call([words[0], key, id], rounds: 25)
        SlowBench(program: program, gateway: words[0], transfer: read, key: key).run(rounds: 5)
    }

    private func wrk(_ url: String, _ key: String, _ server: pid_t) -> Race.Turn {
        ServerBench.turn(
            url, server, seconds: 2, headers: ["Authorization: Bearer \(key)", "Pecule-Payer: camille"])
    }

    private func call(_ words: [String], rounds: Int) {
        // One more: the race does not count its first.
        let caller = Child([program, "call-gateway", "\(rounds + 1)", "\(count)"] + words, core: 1)
        let race = Race(
            name: "SDK: \(count) reads a turn, 64 in flight, caller on core 1, gateway on core 0",
            contestants: [("PeculeClient", { turn(of: caller) }), ("CurlTransport", { turn(of: caller) })], limit: 1.25)
        race.run(rounds: rounds)
        caller.wait()
    }

    private func turn(of caller: Child) -> Race.Turn {
        let told = caller.readLine()?.split(whereSeparator: \.isWhitespace).compactMap { Double($0) } ?? []
        guard told.count == 2 else { Bench.fail("a caller told nothing") }
        return Race.Turn(cpu: told[0], requests: Double(count), seconds: told[1] / 1e6)
    }
}
