import FoundationEssentials
import PeculeHTTP

/// Records a session from a seed, and plays one again beside the banks that run.
struct RecordingFace: Sendable {
    let desk: Desk

    private static let paths: Set<Substring> = ["/mock/recording", "/mock/replay", "/mock/notifications"]

    /// What belongs to no session: itself, and looks at what became of notifications, which a replay does not send.
    static func isOutside(_ request: HTTPRequest) -> Bool {
        paths.contains(request.path) || request.method == .get && request.path.hasPrefix(ConsoleFace.root)
    }

    func install(in router: inout HTTPRouter) {
        router.on(.post, "/mock/recording") { request, _ in ControlFace.answer { try start(request) } }
        router.on(.get, "/mock/recording") { _, _ in
            guard let session = desk.recorder.stop() else { return ControlFault.unknown("recording").response }
            return .json(session)
        }
        router.on(.post, "/mock/replay") { request, _ in
            do throws(ControlFault) {
                return .json(try await replay(try ControlFace.body(request)))
            } catch { return error.response }
        }
    }

    private func start(_ request: HTTPRequest) throws(ControlFault) -> HTTPResponse {
        guard let seed = try ControlFace.body(request)["seed"]?.string, (1...64).contains(seed.utf8.count) else {
            throw ControlFault("seed must be a text of 1 to 64 bytes")
        }
        desk.startRecording(seed: seed)
        return HTTPResponse(status: 204)
    }

    /// The first exchange that came out otherwise, if any.
    private func replay(_ document: JSON) async throws(ControlFault) -> JSON {
        guard let seed = document["seed"]?.string, let baseURL = document["baseURL"]?.string,
            let openedAt = document["openedAt"]?.integer, let values = document["exchanges"]?.array
        else { throw ControlFault("the body must be what GET /mock/recording gave") }
        var exchanges: [Recorder.Exchange] = []
        for (index, value) in values.enumerated() {
            exchanges.append(try Recorder.Exchange(value, "exchanges[\(index)]"))
        }
        let clock = VirtualClock { .distantPast }
        clock.pin(to: Date(milliseconds: openedAt))
        let randomness = Randomness({ _ in [] }, seed: seed)
        let place = MockBank(desk: Desk(desk.currentSeed, clock: clock, randomness: randomness, baseURL: baseURL))
        for (index, exchange) in exchanges.enumerated() {
            clock.pin(to: exchange.at)
            let response = await place.respond(to: exchange.request)
            if response != exchange.response {
                return [
                    "identical": false, "exchange": .integer(index), "response": Recorder.Exchange.json(response),
                ]
            }
        }
        return ["identical": true, "exchanges": .integer(exchanges.count)]
    }
}

extension Desk {
    func startRecording(seed: String) {
        let now = Self.wholeMilliseconds(clock.world())
        clock.pin(to: now)
        randomness.restart(seed: seed)
        reset()
        clock.pin(to: nil)
        recorder.start(seed: seed, baseURL: books.baseURL, openedAt: now)
    }

    /// Every clock of the exchange shows the time that is written down.
    func beginExchange() -> Date? {
        guard recorder.isOn else { return nil }
        let now = Self.wholeMilliseconds(clock.now)
        clock.pin(to: now)
        return now
    }

    func endExchange(_ exchange: Recorder.Exchange) {
        recorder.add(exchange)
        clock.pin(to: nil)
    }

    private static func wholeMilliseconds(_ date: Date) -> Date {
        Date(milliseconds: Int((date.timeIntervalSince1970 * 1000).rounded(.down)))
    }
}
