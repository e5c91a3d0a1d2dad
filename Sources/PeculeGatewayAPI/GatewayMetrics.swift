import Foundation
public import Pecule
import PeculeHTTP
import Synchronization

/// Counts for Prometheus (text format 0.0.4): what became of transfers, how banks answer, what callers ask. Labels are
/// names of banks, steps, states and routes; never a person, a transfer or a secret.
///
/// Give `note` to the gateway as its `onChange` and `onCall`.
public final class GatewayMetrics: Sendable {
    private struct Series: Hashable {
        let name: String
        /// As written between the braces.
        let labels: String
    }

    private struct Histogram {
        var counts = [Int](repeating: 0, count: GatewayMetrics.bounds.count)
        var count = 0
        var sum: TimeInterval = 0
    }

    private struct Contents {
        var counters: [Series: Int] = [:]
        var histograms: [Series: Histogram] = [:]
    }

    /// Upper bounds in seconds.
    private static let bounds: [TimeInterval] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

    private static let help = [
        "pecule_transfer_changes_total": "Changes of transfers by the state they led to",
        "pecule_bank_calls_total": "Calls to banks by step and outcome",
        "pecule_bank_call_seconds": "How long calls to banks took",
        "pecule_requests_total": "Requests to the gateway by route and status",
        "pecule_request_seconds": "How long requests to the gateway took",
    ]

    private let contents = Mutex(Contents())

    public init() {}

    /// Counts a change of a transfer.
    public func note(_ change: TransferChange) {
        count("pecule_transfer_changes_total", [("state", change.record.state), ("bank", change.bank?.text ?? "none")])
    }

    /// Counts a call to a bank.
    public func note(_ call: BankCall) {
        let labels = [("bank", call.bank.text), ("step", call.step.rawValue)]
        count("pecule_bank_calls_total", labels + [("outcome", call.outcome)])
        observe("pecule_bank_call_seconds", labels, call.duration)
    }

    /// Counts a request, by the pattern of its route.
    func note(_ route: HTTPRoute, status: Int, took duration: TimeInterval) {
        let labels = [("method", route.method.rawValue), ("route", route.pattern)]
        count("pecule_requests_total", labels + [("status", String(status))])
        observe("pecule_request_seconds", labels, duration)
    }

    private func count(_ name: String, _ labels: [(String, String)]) {
        let series = Series(name: name, labels: Self.text(labels))
        contents.withLock { $0.counters[series, default: 0] += 1 }
    }

    private func observe(_ name: String, _ labels: [(String, String)], _ value: TimeInterval) {
        let series = Series(name: name, labels: Self.text(labels))
        contents.withLock { contents in
            var histogram = contents.histograms[series] ?? Histogram()
            histogram.count += 1
            histogram.sum += value
            if let index = Self.bounds.firstIndex(where: { value <= $0 }) { histogram.counts[index] += 1 }
            contents.histograms[series] = histogram
        }
    }

    private static func text(_ labels: [(String, String)]) -> String {
        labels.map { "\($0)=\"\($1)\"" }.joined(separator: ",")
    }

    // MARK: The page

    /// Everything counted so far.
    var page: String {
        let contents = contents.withLock { $0 }
        var lines: [String] = []
        for name in Self.help.keys.sorted() {
            let counters = contents.counters.filter { $0.key.name == name }
            let histograms = contents.histograms.filter { $0.key.name == name }
            guard !counters.isEmpty || !histograms.isEmpty else { continue }
            lines.append("# HELP \(name) \(Self.help[name] ?? "")")
            lines.append("# TYPE \(name) \(counters.isEmpty ? "histogram" : "counter")")
            lines += counters.sorted { $0.key.labels < $1.key.labels }.map { "\(name){\($0.key.labels)} \($0.value)" }
            lines += histograms.sorted { $0.key.labels < $1.key.labels }.flatMap { Self.lines($0.key, $0.value) }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func lines(_ series: Series, _ histogram: Histogram) -> [String] {
        var (lines, sum) = ([String](), 0)
        for (bound, count) in zip(bounds, histogram.counts) {
            sum += count
            lines.append("\(series.name)_bucket{\(series.labels),le=\"\(bound)\"} \(sum)")
        }
        return lines + [
            "\(series.name)_bucket{\(series.labels),le=\"+Inf\"} \(histogram.count)",
            "\(series.name)_sum{\(series.labels)} \(histogram.sum)",
            "\(series.name)_count{\(series.labels)} \(histogram.count)",
        ]
    }
}
