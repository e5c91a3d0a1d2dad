import Glibc
import PeculeHTTP
import PeculeServer

/// `HTTPServer`'s answer of 65 bytes of JSON against nginx's `return 200`, under wrk.
struct ServerBench {
    let program: String
    let url: String
    let nginx: pid_t

    func run() {
        let server = Child([program, "serve"], core: 0)
        guard let own = server.readLine()?.split(separator: "\n").first.map(String.init) else {
            Bench.fail("the server did not start")
        }
        defer { server.stop() }
        let race = Race(
            name: "server: 64 kept connections for 4 s a turn, server on core 0, wrk on core 1",
            contestants: [
                ("HTTPServer", { Self.turn(own, server.id) }), ("nginx, return 200", { Self.turn(url, nginx) }),
            ], limit: 1.5)
        race.run(rounds: 5)
    }

    static func turn(_ url: String, _ server: pid_t, seconds: Int = 4, headers: [String] = []) -> Race.Turn {
        let before = Process.cpu(of: server)
        let wrk = Child(
            ["wrk", "-t1", "-c64", "-d\(seconds)s"] + headers.flatMap { ["-H", $0] } + [url], core: 1)
        var requests = 0.0
        while let line = wrk.readLine() {
            let words = line.split(whereSeparator: \.isWhitespace)
            if words.dropFirst().first == "requests" { requests = Double(words[0]) ?? 0 }
            if line.contains("Non-2xx") || line.contains("Socket errors") { Bench.fail("wrk: \(line)") }
        }
        wrk.wait()
        return Race.Turn(cpu: Process.cpu(of: server) - before, requests: requests, seconds: Double(seconds))
    }
}

/// The contestant of `bench server`: a process that serves until it is ended.
struct SmallServer: HTTPHandler {
    private let answer = HTTPResponse.json(
        .object([("status", "ok"), ("amount", "42.50"), ("currency", "EUR"), ("n", .integer(1_234_567_890))]))

    func respond(to request: HTTPRequest) async -> HTTPResponse { answer }

    static func run() {
        guard let server = try? HTTPServer.start(.init(port: 0, loops: 1), handler: SmallServer()) else {
            Bench.fail("no port to listen on")
        }
        print("http://127.0.0.1:\(server.port)/")
        fflush(nil)
        while true { pause() }
    }
}
