import Foundation
public import Pecule
import PeculeHTTP
import Synchronization

/// Counts for Prometheus (text format 0.0.4): what became of transfers, how banks answer, what callers ask. Labels are
/// names of banks, steps, states and routes; never a person, a transfer or a secret.
///
/// Give `note` to the gateway as its `onChange` and `onCall`.
public final class GatewayMetrics: Sendable {
    struct Series: Hashable {
        let name: String
        let labels: [Label]

        /// As written between the braces.
        var text: String { labels.map { "\($0.name)=\"\($0.value)\"" }.joined(separator: ",") }
    }

    struct Label: Hashable {
        let name: String
        let value: String

        init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
    }

    struct Histogram {
        var counts = [Int](repeating: 0, count: GatewayMetrics.bounds.count)
        var count = 0
        var sum: TimeInterval = 0

        mutating func note(_ value: TimeInterval) {
            count += 1
            sum += value
            if let index = GatewayMetrics.bounds.firstIndex(where: { value <= $0 }) { counts[index] += 1 }
        }
    }

    struct Contents {
        var counters: [Series: Int] = [:]
        var histograms: [Series: Histogram] = [:]
        var meters: [HTTPRoute: RouteMeter] = [:]
        var sources: [Source] = []
    }

    /// What is looked up when somebody looks at the page.
    typealias Source = @Sendable () async -> [Reading]

    struct Reading {
        let name: String
        var labels: [Label] = []
        let value: Double
    }

    /// Upper bounds in seconds.
    static let bounds: [TimeInterval] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

    let contents = Mutex(Contents())

    public init() {}

    /// Counts a change of a transfer.
    public func note(_ change: TransferChange) {
        count(
            "pecule_transfer_changes_total",
            [Label("state", change.record.state), Label("bank", change.bank?.text ?? "none")])
    }

    /// Counts a call to a bank.
    public func note(_ call: BankCall) {
        let labels = [Label("bank", call.bank.text), Label("step", call.step.rawValue)]
        count("pecule_bank_calls_total", labels + [Label("outcome", call.outcome)])
        observe("pecule_bank_call_seconds", labels, call.duration)
    }

    /// Counts the requests of a route.
    func meter(of route: HTTPRoute) -> RouteMeter {
        contents.withLock { contents in
            let meter = contents.meters[route] ?? RouteMeter(route)
            contents.meters[route] = meter
            return meter
        }
    }

    /// Counts an attempt to tell a webhook of a change. Give it to a `WebhookCourier` as its `onAttempt`.
    public func note(_ attempt: WebhookAttempt) {
        count("pecule_webhook_attempts_total", [Label("outcome", attempt.outcome.rawValue)])
    }

    /// Shows how much this store has to do as well.
    public func watch(_ store: any WatchedStore) { add { store.load.readings } }

    func add(_ source: @escaping Source) { contents.withLock { $0.sources.append(source) } }

    private func count(_ name: String, _ labels: [Label]) {
        let series = Series(name: name, labels: labels)
        contents.withLock { $0.counters[series, default: 0] += 1 }
    }

    private func observe(_ name: String, _ labels: [Label], _ value: TimeInterval) {
        let series = Series(name: name, labels: labels)
        contents.withLock { $0.histograms[series, default: Histogram()].note(value) }
    }
}
