import Glibc
import PeculeCurl
import PeculeHTTP

/// The contestant of `bench client`: a process that sends this many GETs, 64 in flight, and ends.
enum Load {
    static func run(url: String, count: Int) async {
        let transport = CurlTransport()
        let request = HTTPRequest(.get, url)
        await repeatedly(count, on: transport) {
            (try? await transport.send(request, within: HTTPLimits()))?.status == 200
        }
    }

    /// Does it so often, and says what it took: CPU and time, in microseconds.
    static func measured(
        _ count: Int, on transport: CurlTransport, _ call: @escaping @Sendable () async -> Bool
    ) async {
        let before = Process.ownCPU
        let elapsed = await ContinuousClock().measure { await repeatedly(count, on: transport, call) }
        print("\(Process.ownCPU - before) \(elapsed / .microseconds(1))")
        fflush(nil)
    }

    /// Does it so often, 64 at a time; it says whether it went well.
    static func repeatedly(
        _ count: Int, on transport: CurlTransport, _ call: @escaping @Sendable () async -> Bool
    ) async {
        await withDiscardingTaskGroup { group in
            for worker in 0..<64 {
                group.addTask(executorPreference: transport.executor) {
                    for _ in stride(from: worker, to: count, by: 64) where await !call() {
                        Bench.fail("a request failed")
                    }
                }
            }
        }
    }
}
