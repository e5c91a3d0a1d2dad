import PeculeHTTP

/// The bytes of an answer that is to arrive late, in pieces, or not at all.
struct Script {
    enum Step: Equatable {
        case send([UInt8])
        /// The exchange goes on as if nothing had been.
        case goOn
        case close
        case reset
    }

    private var steps: ArraySlice<(due: ContinuousClock.Instant, step: Step)>
    /// Whether nothing will ever come.
    let isSilent: Bool

    /// A client that is reset at once might not have read what was sent before.
    private static let timeToRead = Duration.milliseconds(50)

    /// - Parameter bytes: head and body of the answer, as they would be sent.
    init(_ delivery: HTTPDelivery, bytes: [UInt8], from now: ContinuousClock.Instant) {
        let start = now + delivery.delay
        let half = bytes.count - (delivery.response.body.count + 1) / 2
        isSilent = delivery.damage == .silence
        switch delivery.damage {
        case .none: steps = [(start, .send(bytes)), (start, .goOn)]
        case .reset: steps = [(start, .reset)]
        case .silence: steps = []
        case .cut: steps = [(start, .send(Array(bytes[..<half]))), (start + Self.timeToRead, .reset)]
        case .short: steps = [(start, .send(Array(bytes[..<half]))), (start, .close)]
        case .drip(let pause):
            let pieces = Self.pieces(of: bytes)
            let sent = pieces.enumerated().map { (start + pause * $0, Step.send($1)) }
            steps = sent + [(start + pause * max(0, pieces.count - 1), .goOn)]
        }
    }

    /// When there is more to do.
    var due: ContinuousClock.Instant? { steps.first?.due }

    mutating func next(_ now: ContinuousClock.Instant) -> Step? {
        guard let due, due <= now else { return nil }
        return steps.popFirst()?.step
    }

    private static func pieces(of bytes: [UInt8]) -> [[UInt8]] {
        let size = max(1, (bytes.count + HTTPDelivery.drops - 1) / HTTPDelivery.drops)
        return stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
    }
}
