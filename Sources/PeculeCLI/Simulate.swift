import Foundation
import PeculeSimulation
import Synchronization

/// Runs simulations on every core and prints what they showed.
struct Simulate {
    private let options: SimulateOptions
    private let terminal = Terminal()

    init(_ options: SimulateOptions) { self.options = options }

    /// - Returns: whether every promise was kept.
    func run() async -> Bool {
        if options.wantsTrace { return trace() }
        let began = ContinuousClock.now
        let campaign = await campaign()
        let seconds = max(1, (ContinuousClock.now - began).inMilliseconds)
        tell(campaign)
        let rate = campaign.runs * options.transfers * 1000 / seconds
        terminal.line("\(campaign.runs) runs of \(options.transfers) transfers in \(seconds) ms: \(rate) transfers/s")
        if let failure = campaign.failure { tell(failure, of: campaign.failures) }
        for fault in campaign.missing { terminal.line("never happened: \(fault.rawValue)", .bad) }
        return campaign.isSound
    }

    private func trace() -> Bool {
        let report = Simulation.run(seed: options.first, transfers: options.transfers)
        terminal.line(report.trace.text)
        if report.violation != nil { tell(report, of: 1) }
        return report.violation == nil
    }

    /// A simulation blocks its thread, so it gets one of its own rather than one of the cooperative pool.
    private func campaign() async -> Campaign {
        let workers = max(1, min(options.seeds, ProcessInfo.processInfo.activeProcessorCount))
        let progress = Progress(of: options.seeds)
        return await withTaskGroup { group in
            for worker in 0..<workers {
                group.addTask { await part(worker, of: workers, progress) }
            }
            return await group.reduce(into: Campaign()) { $0.add($1) }
        }
    }

    private func part(_ worker: Int, of workers: Int, _ progress: Progress) async -> Campaign {
        let options = options
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var campaign = Campaign()
                for index in stride(from: worker, to: options.seeds, by: workers) {
                    campaign.add(Simulation.run(seed: options.first + UInt64(index), transfers: options.transfers))
                    progress.advance()
                }
                continuation.resume(returning: campaign)
            }
        }
    }

    // MARK: What is told

    private func tell(_ campaign: Campaign) {
        terminal.line("Endings", .bold)
        for (name, count) in campaign.endings.sorted(by: { $0.key < $1.key }) { tell(name, count) }
        terminal.line("Trouble", .bold)
        for fault in Fault.allCases { tell(fault.rawValue, campaign.faults[fault] ?? 0) }
        terminal.line("Changes by state and event", .bold)
        for (pair, count) in campaign.transitions.sorted(by: { $0.key < $1.key }) { tell(pair.description, count) }
    }

    private func tell(_ name: String, _ count: Int) {
        terminal.line("  \(name.padded(40)) \("\(count)".leftPadded(10))")
    }

    private func tell(_ report: Simulation.Report, of count: Int) {
        guard let violation = report.violation else { return }
        terminal.line("BROKEN in \(count) runs; the first is seed \(report.seed)", .bad)
        terminal.line("\(violation.invariant): \(violation.detail)", .bad)
        terminal.line(report.trace.text(of: violation.transfer, last: 60))
        let transfers = options.transfers
        terminal.line("again: pecule simulate --seed \(report.seed) --transfers \(transfers) --trace")
    }
}

/// A line that counts up, only where somebody looks.
private final class Progress: Sendable {
    private let total: Int
    private let done = Mutex(0)
    private let isShown = isatty(STDERR_FILENO) == 1

    init(of total: Int) { self.total = total }

    func advance() {
        let count = done.withLock { done in
            done += 1
            return done
        }
        guard isShown, count == total || count.isMultiple(of: 50) else { return }
        let bar = String(repeating: "#", count: count * 40 / total).padded(40)
        let end = count == total ? "\n" : ""
        FileHandle.standardError.write(Data("\r[\(bar)] \(count) of \(total)\(end)".utf8))
    }
}
