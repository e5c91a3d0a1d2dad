import Glibc
import PeculeCurl
import PeculeHTTP

/// How soon the mock bank answers after its start, and how much memory it holds then, and with many open payments.
struct MockBankBench {
    let program: String
    private let runs = 9
    private static let payments = 10_000

    func run() async {
        var time = Samples("first answer, ms")
        var memory = Samples("resident memory, MB")
        let transport = CurlTransport()
        for _ in 1...runs {
            let (milliseconds, megabytes) = await once(transport)
            time.add(milliseconds)
            memory.add(megabytes)
        }
        print("mock-bank: from exec to the first answer over HTTP, \(runs) runs, median (least-greatest)")
        printTable([[time.name, time.text], [memory.name, memory.text]])
        printVerdict("first answer", time.median, limit: 50, unit: " ms")
        printVerdict("resident memory", memory.median, limit: 30, unit: " MB")
        await full(transport)
    }

    private func full(_ transport: CurlTransport) async {
        let bank = Child([program, "--port", "0"])
        guard let url = Self.address(in: bank) else { Bench.fail("mock-bank said no address") }
        let taken = await OpenPayments(url: url, transport: transport).open(Self.payments)
        guard taken == Self.payments else { Bench.fail("mock-bank took \(taken) of \(Self.payments) orders") }
        let start = ContinuousClock.now
        let answer = try? await transport.send(HTTPRequest(.get, url + "/mock/banks"), within: HTTPLimits())
        let elapsed = (ContinuousClock.now - start) / .milliseconds(1)
        guard answer?.status == 200 else { Bench.fail("mock-bank does not answer at \(url)") }
        print("mock-bank: with \(Self.payments) open payments")
        printVerdict("answer", elapsed, limit: 50, unit: " ms")
        printVerdict("resident memory", Process.memory(of: bank.id), limit: 100, unit: " MB")
        bank.stop()
    }

    private func once(_ transport: CurlTransport) async -> (milliseconds: Double, megabytes: Double) {
        let start = ContinuousClock.now
        let bank = Child([program, "--port", "0"])
        guard let url = Self.address(in: bank) else { Bench.fail("mock-bank said no address") }
        let response = try? await transport.send(HTTPRequest(.get, url), within: HTTPLimits())
        let elapsed = ContinuousClock.now - start
        guard let response, response.status < 500 else { Bench.fail("mock-bank does not answer at \(url)") }
        let memory = Process.memory(of: bank.id)
        bank.stop()
        return (elapsed / .milliseconds(1), memory)
    }

    /// The first `http://…` it prints: it is ready then.
    static func address(in bank: Child) -> String? {
        while let line = bank.readLine() {
            if let url = line.split(whereSeparator: \.isWhitespace).first(where: { $0.hasPrefix("http://") }) {
                return String(url.prefix { $0 != "," })
            }
        }
        return nil
    }
}
