import PeculeCurl
import PeculeHTTP

/// The contestant of `bench client`: a process that sends this many GETs, 64 in flight, and ends.
enum Load {
    static func run(url: String, count: Int) async {
        let transport = CurlTransport()
        let request = HTTPRequest(.get, url)
        await withDiscardingTaskGroup { group in
            for worker in 0..<64 {
                group.addTask(executorPreference: transport.executor) {
                    for _ in stride(from: worker, to: count, by: 64) {
                        let response = try? await transport.send(request, within: HTTPLimits())
                        if response?.status != 200 { Bench.fail("a request failed") }
                    }
                }
            }
        }
    }
}
