/// `CurlTransport` against the same requests in bare C, both to one nginx: what Swift and the bridge to async cost.
struct ClientBench {
    let program: String
    let url: String
    let peer: String
    private let count = 50_000

    func run() {
        let race = Race(
            name: "client: \(count) GETs a turn, 64 in flight, client on core 1, nginx on core 0",
            contestants: [
                ("CurlTransport", { turn([program, "load", url, "\(count)"]) }),
                ("C, curl_multi_poll", { turn([peer, url, "\(count)"]) }),
            ], limit: 1.4)
        race.run(rounds: 15)
    }

    private func turn(_ command: [String]) -> Race.Turn {
        var cpu = 0.0
        let elapsed = ContinuousClock().measure { cpu = Child(command, core: 1).wait() }
        return Race.Turn(cpu: cpu, requests: Double(count), seconds: elapsed / .seconds(1))
    }
}
