import Glibc

/// `bench`: what the client, the server, the mock bank, the store, the gateway, the portal and transfers cost, beside
/// peers measured in the same run. `Scripts/bench` prepares the peers and calls it. It reports limits; it never fails
/// because of one.
enum Bench {
    static func run(_ arguments: [String]) async {
        let program = arguments[0]
        let words = arguments.dropFirst() + Array(repeating: "", count: 6)
        let (part, first, second, third) = (words[1], words[2], words[3], words[4])
        switch part {
        case "client": ClientBench(program: program, url: first, peer: second).run()
        case "server": ServerBench(program: program, url: first, nginx: pid_t(second) ?? 0).run()
        case "mock-bank": await MockBankBench(program: first).run()
        case "store": await StoreBench(rows: Int(first) ?? 1_000_000).run()
        case "transfer": await TransferBench(program: first).run()
        case "gateway": GatewayBench(program: program).run()
        case "portal": PortalBench(program: program).run()
        case "serve-portal": await PortalServing.run(store: first, sessions: Int(second) ?? 0)
        case "serve-gateway": await GatewayServing.run(store: first)
        case "call-gateway":
            await GatewayServing.call(
                Int(first) ?? 1, Int(second) ?? 0, at: third, key: words[5], id: words[6])
        case "hold-slow": SlowConnections.run(Int(first) ?? 0, port: UInt16(second) ?? 0)
        case "load": await Load.run(url: first, count: Int(second) ?? 0)
        case "serve": SmallServer.run()
        default: fail("usage: Scripts/bench [client|server|mock-bank|store|transfer|gateway|portal|all]", code: 2)
        }
    }

    static func fail(_ message: String, code: Int32 = 1) -> Never {
        let line = Array("bench: \(message)\n".utf8)
        write(STDERR_FILENO, line, line.count)
        Child.endAll()
        exit(code)
    }
}
