/// What happened, in order: short lines without anything personal. Kept only where somebody will read it: the same
/// seed tells it again.
public struct Trace: Sendable, Equatable {
    struct Line: Sendable, Equatable {
        let time: Int
        /// Nil for what concerns no single transfer.
        let transfer: Int?
        let text: String
    }

    private var lines: [Line] = []

    mutating func note(_ text: String, of transfer: Int?, at time: Int) {
        lines.append(Line(time: time, transfer: transfer, text: text))
    }

    /// Every line.
    public var text: String { Self.text(lines) }

    /// The last lines of one transfer, and of what concerned all of them meanwhile.
    public func text(of transfer: Int?, last count: Int) -> String {
        let own = transfer == nil ? lines : lines.filter { $0.transfer == transfer || $0.transfer == nil }
        return Self.text(own.suffix(count))
    }

    private static func text(_ lines: some Sequence<Line>) -> String {
        lines.map { line in
            let seconds = "\(line.time / 1000)." + String("00\(line.time % 1000)".suffix(3))
            return "\(seconds) \(line.transfer.map { "#\($0)" } ?? "-") \(line.text)\n"
        }.joined()
    }

    /// One number for the whole of it (FNV-1a, 64 bits), to compare runs in other processes.
    public var digest: UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
