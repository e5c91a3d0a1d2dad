import FoundationEssentials

/// What a decision may know of the outside world: the time, and random bytes drawn for it.
struct Moment {
    let now: Date
    private var random: ArraySlice<UInt8>

    /// Enough for the decision that needs most.
    static let randomBytes = 64

    init(now: Date, random: [UInt8]) {
        self.now = now
        self.random = random[...]
    }

    /// 128 bits as 32 hexadecimal digits: fits every identifier of the standard and every URL.
    mutating func secret() -> String {
        var text: [UInt8] = []
        text.reserveCapacity(32)
        for byte in take(16) {
            text.append(Self.hexDigits[Int(byte >> 4)])
            text.append(Self.hexDigits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static let hexDigits = Array("0123456789abcdef".utf8)

    /// Six decimal digits, as a bank's message to a telephone carries them.
    mutating func oneTimeCode() -> String {
        let number = take(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) } % 1_000_000
        return String(String(1_000_000 + number).dropFirst())
    }

    private mutating func take(_ count: Int) -> ArraySlice<UInt8> {
        precondition(random.count >= count, "a decision drew more random bytes than it was given")
        defer { random = random.dropFirst(count) }
        return random.prefix(count)
    }
}
