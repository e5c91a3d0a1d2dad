import Foundation
import PeculeHTTP
import Synchronization

/// Counts the requests of one route, by the pattern of the route. Kept at hand by who answers them: every request is
/// counted, so its labels are not looked up each time.
final class RouteMeter: Sendable {
    private struct Counts {
        var statuses: [Int: Int] = [:]
        var seconds = GatewayMetrics.Histogram()
    }

    private let labels: [GatewayMetrics.Label]
    private let counts = Mutex(Counts())

    init(_ route: HTTPRoute) {
        labels = [GatewayMetrics.Label("method", route.method.rawValue), GatewayMetrics.Label("route", route.pattern)]
    }

    func note(status: Int, took duration: TimeInterval) {
        counts.withLock { counts in
            counts.statuses[status, default: 0] += 1
            counts.seconds.note(duration)
        }
    }

    /// Adds what was counted so far; nothing of a route that nobody has asked.
    func add(to contents: inout GatewayMetrics.Contents) {
        let counts = counts.withLock { $0 }
        for (status, count) in counts.statuses {
            let labels = labels + [GatewayMetrics.Label("status", String(status))]
            contents.counters[GatewayMetrics.Series(name: "pecule_requests_total", labels: labels)] = count
        }
        guard counts.seconds.count > 0 else { return }
        let series = GatewayMetrics.Series(name: "pecule_request_seconds", labels: labels)
        contents.histograms[series] = counts.seconds
    }
}
