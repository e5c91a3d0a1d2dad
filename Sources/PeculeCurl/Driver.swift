import Glibc

/// The thread behind a transport, as others see it: a mailbox, and a place where tasks can run.
final class Driver: TaskExecutor {
    let mailbox = Mailbox()
    private let configuration: CurlTransport.Configuration

    init(_ configuration: CurlTransport.Configuration) { self.configuration = configuration }

    /// The thread keeps the driver alive until the mailbox is closed. Without a thread the transport is born stopped.
    func start() {
        let argument = Unmanaged.passRetained(self)
        var thread = pthread_t()
        let failure = pthread_create(&thread, nil, { argument in
            guard let argument else { return nil }
            Unmanaged<Driver>.fromOpaque(argument).takeRetainedValue().run()
            return nil
        }, argument.toOpaque())
        guard failure == 0 else {
            argument.release()
            return mailbox.close()
        }
        pthread_detach(thread)
    }

    private func run() {
        Self.blockBrokenPipes()
        let loop = Loop(mailbox: mailbox, executor: asUnownedTaskExecutor(), configuration: configuration)
        if let loop {
            loop.run()
        } else {
            mailbox.close()
        }
        var letters: [Letter] = []
        _ = mailbox.take(into: &letters)
        letters.forEach(refuse)
    }

    /// A peer that closes early must not end the process, and TLS libraries write without `MSG_NOSIGNAL`.
    static func blockBrokenPipes() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    /// Nothing that was asked of a stopped thread may hang.
    private func refuse(_ letter: Letter) {
        switch letter {
        case .start(_, let continuation): continuation.resume(returning: Ticket.stopped)
        case .job(let job): globalConcurrentExecutor.enqueue(job)
        case .cancel: break
        }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if !mailbox.post(.job(job)) { globalConcurrentExecutor.enqueue(job) }
    }
}
