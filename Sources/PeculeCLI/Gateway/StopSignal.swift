import Dispatch
import Foundation

/// SIGTERM and SIGINT, as the end of an asynchronous wait.
enum StopSignal {
    /// Returns when one of them comes; from this call on they end nothing by themselves.
    static func wait() async {
        let (signals, continuation) = AsyncStream.makeStream(of: Void.self)
        let sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { continuation.yield() }
            source.resume()
            return source
        }
        for await _ in signals { break }
        for source in sources { source.cancel() }
    }
}
