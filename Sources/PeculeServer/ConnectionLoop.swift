import CPeculeSystem
import Glibc
import PeculeHTTP

/// One thread's connections: waits for sockets, timers and jobs, and lets each connection go on.
///
/// The actor's executor is the thread itself, so its state needs no lock and every hop to it is checked.
actor ConnectionLoop {
    nonisolated let executor: LoopExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private enum Mark {
        static let wakeUp: UInt64 = 0
        static let listener: UInt64 = 1
        static let stop: UInt64 = 2
        static let firstConnection: UInt64 = 3
    }

    private let service: LoopService
    private let poller: Poller
    private var acceptor: Acceptor?
    /// By a number that is never given twice, unlike a descriptor: a late answer finds nobody, never another client.
    var connections: [UInt64: Connection] = [:]
    private var nextID = Mark.firstConnection
    private var deadlines = Deadlines()
    private var now = ContinuousClock.now
    var writer: HTTPResponseWriter
    private var scratch = [UInt8](repeating: 0, count: 64 << 10)
    var runningTasks = 0
    var isDraining = false
    private var drained: CheckedContinuation<Void, Never>?
    /// Set by `drain` itself: its way back from the continuation leads over another thread and needs this one alive.
    private var hasDrained = false

    init(_ service: LoopService, accepting acceptor: Acceptor?) throws(HTTPServerError) {
        self.service = service
        self.acceptor = acceptor
        executor = try LoopExecutor()
        poller = try Poller()
        writer = HTTPResponseWriter(now: service.now)
        try executor.watch(with: poller, as: Mark.wakeUp)
        if let acceptor { try poller.add(acceptor.listener.descriptor, as: Mark.listener, for: .read) }
    }

    // MARK: The thread

    /// The thread's life. Ends when the loop is drained and its handlers have returned.
    nonisolated func run() {
        var spare: [UnownedJob] = []
        repeat {
            executor.runJobs(&spare)
            assumeIsolated { $0.turn() }
        } while !assumeIsolated { $0.isOver }
    }

    /// For code that already runs on the thread: no hop, but a check.
    nonisolated func onThread(_ body: (isolated ConnectionLoop) -> Void) { assumeIsolated(body) }

    private var isOver: Bool {
        hasDrained && runningTasks == 0 && !executor.hasJobs
    }

    private func turn() {
        finishDraining()
        let timeout = executor.beginSleep() ? deadlines.earliest.map { $0 - .now } : .zero
        let count = poller.wait(timeout)
        executor.endSleep()
        now = .now
        for index in 0..<count { handle(poller[index].id, poller[index].readiness) }
        while let id = deadlines.takeDue(now) { expire(id) }
    }

    private func handle(_ id: UInt64, _ readiness: Poller.Readiness) {
        switch id {
        case Mark.wakeUp: break
        case Mark.listener: acceptAll()
        default:
            guard let connection = connections[id] else { return }
            if readiness.contains(.read) { connection.isReadable = true }
            if readiness.contains(.peerEnded) { abandon(connection) }
            guard connections[id] != nil else { return }
            if readiness.isDisjoint(with: .broken) { advance(connection) } else { close(connection) }
        }
    }

    private func expire(_ id: UInt64) {
        switch id {
        case Mark.listener: resumeAccepting()
        case Mark.stop: connections.values.forEach(close)
        default:
            if let connection = connections[id], connection.script?.due.map({ $0 <= now }) == true {
                perform(connection)
            }
            if let connection = connections[id] { look(at: connection) }
        }
    }

    // MARK: Accepting

    private func acceptAll() {
        while let outcome = acceptor?.accept(open: service.count.value) {
            switch outcome {
            case .none: return
            case .later: return pauseAccepting()
            case .accepted(let descriptor):
                service.count.add(1)
                guard let peer = acceptor?.nextLoop() else { adopt(descriptor); continue }
                peer.enqueue(descriptor)
            }
        }
    }

    private func pauseAccepting() {
        acceptor.map { poller.remove($0.listener.descriptor) }
        deadlines.add(now + .milliseconds(50), Mark.listener)
    }

    private func resumeAccepting() {
        guard let acceptor else { return }
        do throws(HTTPServerError) {
            try poller.add(acceptor.listener.descriptor, as: Mark.listener, for: .read)
        } catch {
            deadlines.add(now + .milliseconds(50), Mark.listener)
        }
    }

    private nonisolated func enqueue(_ descriptor: Int32) {
        Task(executorPreference: executor) { self.onThread { $0.adopt(descriptor) } }
    }

    private func adopt(_ descriptor: Int32) {
        let socket = Socket(adopting: descriptor)
        guard !isDraining, let wire = wire(on: socket) else { return service.count.add(-1) }
        let connection = Connection(
            id: nextID, wire: wire, limits: service.limits, refusal: service.handler.refusal)
        nextID += 1
        do throws(HTTPServerError) {
            try poller.add(descriptor, as: connection.id, for: [.read, .write, .peerEnded, .onChange])
        } catch { return service.count.add(-1) }
        connections[connection.id] = connection
        advance(connection)
    }

    private func wire(on socket: Socket) -> (any Wire)? {
        if let context = service.tls { TLSWire(socket, context: context) } else { PlainWire(socket) }
    }

    // MARK: Exchanges

    func advance(_ connection: Connection) {
        switch connection.advance(&scratch, &writer) {
        case .wait: break
        case .answer(let request): start(request, on: connection)
        case .close: return close(connection)
        }
        if connection.updateWait() { setDeadline(of: connection) }
        connection.resumeProducer()
    }

    private func start(_ request: HTTPRequest, on connection: Connection) {
        runningTasks += 1
        connection.task = answer(request, for: connection.id)
        if connection.peerEnded { connection.task?.cancel() }
    }

    private nonisolated func answer(_ request: HTTPRequest, for id: UInt64) -> Task<Void, Never> {
        Task(executorPreference: executor) {
            let delivery = await self.service.handler.deliver(request)
            guard let pieces = delivery.pieces else { return self.onThread { $0.finish(delivery, for: id) } }
            await self.stream(delivery.response, pieces, to: id)
        }
    }

    private func finish(_ delivery: HTTPDelivery, for id: UInt64) {
        runningTasks -= 1
        guard let connection = connections[id] else { return }
        if delivery.isPlain {
            connection.respond(delivery.response, isLast: isDraining, &writer)
            advance(connection)
        } else {
            connection.respond(delivery, isLast: isDraining, at: .now, &writer)
            perform(connection)
        }
    }

    private func perform(_ connection: Connection) {
        guard connection.perform(.now) else { return close(connection) }
        if let due = connection.script?.due { deadlines.add(due, connection.id) }
        advance(connection)
    }

    private func abandon(_ connection: Connection) {
        if connection.script?.isSilent == true { return close(connection) }
        connection.peerEnded = true
        connection.isReadable = true
        connection.task?.cancel()
    }

    private func close(_ connection: Connection) {
        connection.task?.cancel()
        connections[connection.id] = nil
        connection.dropProducer()
        service.count.add(-1)
    }

    // MARK: Time

    private func setDeadline(of connection: Connection) {
        connection.deadline = connection.wait.map { now + service.limits.timeout(of: $0) }
        guard let deadline = connection.deadline, deadline < connection.nextLook ?? deadline + .seconds(1)
        else { return }
        connection.nextLook = deadline
        deadlines.add(deadline, connection.id)
    }

    /// Closes a connection whose time is over; looks again later at one that has been given more.
    private func look(at connection: Connection) {
        guard let look = connection.nextLook, look <= now else { return }
        connection.nextLook = connection.deadline
        switch connection.deadline {
        case nil: break
        case let deadline? where deadline <= now: close(connection)
        case let deadline?: deadlines.add(deadline, connection.id)
        }
    }

    // MARK: Stopping

    func stopAccepting() {
        acceptor.map { poller.remove($0.listener.descriptor) }
        acceptor = nil
    }

    func drain(until deadline: ContinuousClock.Instant) async {
        isDraining = true
        for connection in connections.values {
            if connection.isIdle { close(connection) }
            if connection.stream != nil { connection.task?.cancel() }
        }
        deadlines.add(deadline, Mark.stop)
        await withCheckedContinuation { drained = $0 }
        hasDrained = true
    }

    private func finishDraining() {
        guard isDraining, connections.isEmpty else { return }
        drained?.resume()
        drained = nil
    }
}

extension HTTPServerLimits {
    fileprivate func timeout(of wait: Connection.Wait) -> Duration {
        switch wait {
        case .idle: idleTimeout
        case .head: headTimeout
        case .body: bodyTimeout
        case .write: writeTimeout
        case .linger: .seconds(1)
        }
    }
}
