import Foundation
import Pecule
import Synchronization

extension GatewayMetrics {
    private struct Family {
        let type: String
        let help: String

        static func counter(_ help: String) -> Family { Family(type: "counter", help: help) }
        static func gauge(_ help: String) -> Family { Family(type: "gauge", help: help) }
        static func histogram(_ help: String) -> Family { Family(type: "histogram", help: help) }
    }

    private static let families: [String: Family] = [
        "pecule_transfer_changes_total": .counter("Changes of transfers by the state they led to"),
        "pecule_bank_calls_total": .counter("Calls to banks by step and outcome"),
        "pecule_bank_call_seconds": .histogram("How long calls to banks took"),
        "pecule_requests_total": .counter("Requests to the gateway by route and status"),
        "pecule_request_seconds": .histogram("How long requests to the gateway took"),
        "pecule_store_commits_total": .counter("Transactions that the store committed; several writes may share one"),
        "pecule_store_connections": .gauge("Connections to the store at most"),
        "pecule_store_connections_busy": .gauge("Connections to the store that work now"),
        "pecule_store_waiting": .gauge("Reads or writes that wait for a connection now"),
        "pecule_store_work_total": .counter("Reads or writes that the store has taken"),
        "pecule_store_wait_seconds_total": .counter("How long these, and those that still wait, have waited, summed"),
        "pecule_store_work_seconds_total": .counter("How long connections to the store worked, summed"),
        "pecule_webhook_attempts_total": .counter("Attempts to tell webhooks by outcome"),
        "pecule_webhook_events_waiting": .gauge("Events not yet delivered, counted up to 1000 transfers a webhook"),
        "pecule_webhooks": .gauge("Webhooks by state"),
    ]

    /// Everything counted so far, and everything there is to be looked up.
    func page() async -> String {
        var contents = contents.withLock { $0 }
        for meter in contents.meters.values { meter.add(to: &contents) }
        var lines: [String: [String]] = [:]
        for (series, value) in contents.counters { lines[series.name, default: []].append(Self.line(series, value)) }
        for (series, histogram) in contents.histograms.sorted(by: { $0.key.text < $1.key.text }) {
            lines[series.name, default: []] += Self.lines(series, histogram)
        }
        for source in contents.sources {
            for reading in await source() {
                let series = Series(name: reading.name, labels: reading.labels)
                lines[series.name, default: []].append(Self.line(series, reading.value))
            }
        }
        return lines.sorted { $0.key < $1.key }.map { Self.text($0, $1) }.joined()
    }

    private static func text(_ name: String, _ lines: [String]) -> String {
        guard let family = families[name] else { return "" }
        // A histogram's order means something.
        let ordered = family.type == "histogram" ? lines : lines.sorted()
        let head = ["# HELP \(name) \(family.help)", "# TYPE \(name) \(family.type)"]
        return (head + ordered).map { $0 + "\n" }.joined()
    }

    private static func line(_ series: Series, _ value: some Numeric) -> String {
        series.labels.isEmpty ? "\(series.name) \(value)" : "\(series.name){\(series.text)} \(value)"
    }

    private static func lines(_ series: Series, _ histogram: Histogram) -> [String] {
        let labels = series.text
        var (lines, sum) = ([String](), 0)
        for (bound, count) in zip(bounds, histogram.counts) {
            sum += count
            lines.append("\(series.name)_bucket{\(labels),le=\"\(bound)\"} \(sum)")
        }
        return lines + [
            "\(series.name)_bucket{\(labels),le=\"+Inf\"} \(histogram.count)",
            "\(series.name)_sum{\(labels)} \(histogram.sum)",
            "\(series.name)_count{\(labels)} \(histogram.count)",
        ]
    }
}

extension StoreLoad {
    var readings: [GatewayMetrics.Reading] {
        let commits = GatewayMetrics.Reading(name: "pecule_store_commits_total", value: Double(commits))
        return [commits] + writers.readings(of: "write") + readers.readings(of: "read")
    }
}

extension StoreLoad.Pool {
    fileprivate func readings(of pool: String) -> [GatewayMetrics.Reading] {
        [
            ("connections", Double(connections)), ("connections_busy", Double(busy)), ("waiting", Double(waiting)),
            ("work_total", Double(done)), ("wait_seconds_total", waited / .seconds(1)),
            ("work_seconds_total", worked / .seconds(1)),
        ].map { name, value in
            GatewayMetrics.Reading(
                name: "pecule_store_\(name)", labels: [GatewayMetrics.Label("pool", pool)], value: value)
        }
    }
}
