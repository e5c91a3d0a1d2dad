import CPeculeCurl
import PeculeHTTP

/// What the driver thread does: letters, then sockets, then results, and sleep when there was none of them.
/// Born and ended on that thread, like every handle it owns.
final class Loop {
    private let mailbox: Mailbox
    private let executor: UnownedTaskExecutor
    private let configuration: CurlTransport.Configuration
    private let multi: MultiHandle
    private var active: [ObjectIdentifier: Transfer] = [:]
    /// Easy handles are dear to make: they are kept for the next exchange.
    private var idle: [Transfer] = []
    private var letters: [Letter] = []
    /// No exchange under way is overdue before. libcurl's own limit is not enough: it does not run for an exchange
    /// that waits for a connection.
    private var nextDeadline = ContinuousClock.now

    init?(mailbox: Mailbox, executor: UnownedTaskExecutor, configuration: CurlTransport.Configuration) {
        guard let multi = MultiHandle(maximumConnectionsPerHost: configuration.maximumConnectionsPerHost) else {
            return nil
        }
        self.mailbox = mailbox
        self.executor = executor
        self.configuration = configuration
        self.multi = multi
    }

    /// Returns when the mailbox is closed.
    func run() {
        while readLetters() {
            multi.perform()
            let hasNews = harvest()
            let now = ContinuousClock.now
            if now >= nextDeadline { endOverdue(at: now) }
            if !hasNews, mailbox.fallAsleep(multi) { multi.wait(atMost: nextDeadline - now) }
        }
        for transfer in Array(active.values) { end(transfer, with: .stopped) }
    }

    /// False when these were the last letters. A job often leaves a start behind: both go before the sockets, but
    /// sockets do not wait for jobs that always leave another.
    private func readLetters() -> Bool {
        for _ in 1...4 {
            guard readBatch() else { return false }
            if mailbox.isEmpty { break }
        }
        return true
    }

    private func readBatch() -> Bool {
        let isOpen = mailbox.take(into: &letters)
        for letter in letters {
            switch letter {
            case .start(let ticket, let continuation): start(ticket, continuation)
            case .cancel(let ticket): cancel(ticket)
            case .job(let job): job.runSynchronously(on: executor)
            }
        }
        letters.removeAll(keepingCapacity: true)
        return isOpen
    }

    private func start(_ ticket: Ticket, _ continuation: Ticket.Continuation) {
        guard !ticket.isCancelled else { return continuation.resume(returning: Ticket.cancelledInTime) }
        guard let transfer = idle.popLast() ?? Transfer(configuration) else {
            return continuation.resume(returning: Ticket.outOfMemory)
        }
        active[ObjectIdentifier(ticket)] = transfer
        let isReady = transfer.begin(ticket, continuation)
        nextDeadline = min(nextDeadline, transfer.deadline)
        guard isReady, multi.add(transfer.easy.pointer) else {
            return end(transfer, with: .connect)
        }
    }

    private func cancel(_ ticket: Ticket) {
        if let transfer = active[ObjectIdentifier(ticket)] { end(transfer, with: .cancelled) }
    }

    private func endOverdue(at now: ContinuousClock.Instant) {
        for transfer in Array(active.values) where transfer.deadline <= now { end(transfer, with: .timeout) }
        nextDeadline = active.values.map(\.deadline).min() ?? now + .seconds(60)
    }

    /// True when an exchange has ended: its task may already have the next one ready.
    private func harvest() -> Bool {
        var hasFound = false
        while let (easy, code) = multi.nextFinished() {
            end(Transfer.owner(of: easy), with: CurlResult.reason(for: code))
            hasFound = true
        }
        return hasFound
    }

    private func end(_ transfer: Transfer, with reason: HTTPTransportError.Reason?) {
        multi.remove(transfer.easy.pointer)
        if let ticket = transfer.end(with: reason) { active[ObjectIdentifier(ticket)] = nil }
        if idle.count < configuration.maximumConnectionsPerHost { idle.append(transfer) }
    }
}
