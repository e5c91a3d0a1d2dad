/// Why a text is not the JSON we accept, and where.
public struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Why a text is refused.
    public enum Problem: String, Sendable {
        case tooDeep = "nested too deep"
        case tooLong = "number with too many digits"
        case repeatedName = "a member name stands twice"
        case notUTF8 = "not UTF-8"
        case loneSurrogate = "an escape gives half a character"
        case syntax = "not JSON"
        case trailing = "something follows the value"
    }

    public let problem: Problem
    /// Byte offset.
    public let offset: Int

    public var description: String { "\(problem.rawValue) at byte \(offset)" }
}

extension JSON {
    /// Reads one value and nothing after it. Refuses what readers disagree on: repeated names, a byte order mark,
    /// half a surrogate pair, bytes that are not UTF-8, more than 64 levels, numbers of more than 64 characters.
    public init(parsing bytes: [UInt8]) throws(JSONError) {
        var reader = JSONReader(bytes)
        self = try reader.document()
    }
}

private struct JSONReader {
    private let bytes: [UInt8]
    private var position = 0
    /// Of the text that was read last.
    private var isASCII = true

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(JSONError) -> JSON {
        skipSpace()
        let value = try value(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw error(.trailing) }
        return value
    }

    private func error(_ problem: JSONError.Problem) -> JSONError { JSONError(problem: problem, offset: position) }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    @inline(__always)
    private mutating func skipSpace() {
        // Mostly there is none.
        if let byte = next, byte <= 0x20 { skipSpaces() }
    }

    private mutating func skipSpaces() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSON {
        guard depth < 64 else { throw error(.tooDeep) }
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func literal(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
        let length = word.utf8CodeUnitCount
        let expected = UnsafeBufferPointer(start: word.utf8Start, count: length)
        guard bytes.count - position >= length, bytes[position..<position + length].elementsEqual(expected)
        else { throw error(.syntax) }
        position += length
        return value
    }

    private static let fewMembers = 16

    private mutating func object(depth: Int) throws(JSONError) -> JSON {
        position += 1
        var members: [JSON.Member] = []
        // Only of an object with many members: a few are looked through faster.
        var names: Set<String> = []
        // Two texts of different lengths may be one to Unicode, but not when both are ASCII.
        var areASCII = true
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object(JSONObject()) }
        members.reserveCapacity(Self.fewMembers / 2)
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw error(.syntax) }
            let name = try string()
            areASCII = areASCII && isASCII
            if members.count == Self.fewMembers { names = Set(members.map(\.name)) }
            let isNew =
                members.count < Self.fewMembers
                ? Self.isNew(name, to: members, areASCII) : names.insert(name).inserted
            guard isNew else { throw error(.repeatedName) }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw error(.syntax) }
            skipSpace()
            members.append((name, try value(depth: depth + 1)))
            skipSpace()
            if take(UInt8(ascii: "}")) { return .object(JSONObject(unchecked: members)) }
            guard take(UInt8(ascii: ",")) else { throw error(.syntax) }
        }
    }

    private static func isNew(_ name: String, to members: [JSON.Member], _ areASCII: Bool) -> Bool {
        let length = name.utf8.count
        // By place: to look at a member must not copy it.
        return !members.indices.contains { place in
            (!areASCII || members[place].name.utf8.count == length) && members[place].name == name
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSON {
        position += 1
        var values: [JSON] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array([]) }
        while true {
            skipSpace()
            values.append(try value(depth: depth + 1))
            skipSpace()
            if take(UInt8(ascii: "]")) { return .array(values) }
            guard take(UInt8(ascii: ",")) else { throw error(.syntax) }
        }
    }

    private mutating func number() throws(JSONError) -> String {
        let start = position
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        if take(UInt8(ascii: ".")) { try digits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        guard position - start <= 64 else { throw error(.tooLong) }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws(JSONError) {
        let start = position
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        guard position > start else { throw error(.syntax) }
    }

    private mutating func string() throws(JSONError) -> String {
        position += 1
        // In locals, which stay in registers: here most of the time is spent.
        let (bytes, start) = (bytes, position)
        var (end, seen) = (Self.plainEnd(of: bytes.span.bytes, from: start), UInt8(0))
        while end < bytes.count {
            let byte = bytes[end]
            guard Self.isItself(byte) else { break }
            seen |= byte
            end &+= 1
        }
        (position, isASCII) = (end, seen < 0x80)
        // Most texts hold no escape.
        if take(UInt8(ascii: "\"")) { return try text(bytes[start..<(position - 1)]) }
        isASCII = false
        var out = Array(bytes[start..<position])
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return try text(out[...])
            case UInt8(ascii: "\\"): try escape(into: &out)
            case 0..<0x20: throw error(.syntax)
            default: out.append(byte)
            }
        }
        throw error(.syntax)
    }

    /// Eight bytes at a time, as far as all eight are ASCII and stand for themselves.
    @inline(__always)
    private static func plainEnd(of bytes: RawSpan, from start: Int) -> Int {
        var end = start
        while end &+ 8 <= bytes.byteCount {
            let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: end, as: UInt64.self)
            // The highest bit of each byte says: below a space, a quotation mark, a backslash, or not ASCII.
            let quote = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
            let backslash = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
            let stops = (word &- ones &* 0x20) | (quote &- ones) | (backslash &- ones) | word
            guard stops & (ones &* 0x80) == 0 else { break }
            end &+= 8
        }
        return end
    }

    private static let ones: UInt64 = 0x0101_0101_0101_0101

    private static func isItself(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private func text(_ bytes: ArraySlice<UInt8>) throws(JSONError) -> String {
        // Looked at byte by byte already.
        if isASCII { return String(copying: unsafe UTF8Span(unchecked: bytes.span, isKnownASCII: true)) }
        guard let text = try? UTF8Span(validating: bytes.span) else { throw error(.notUTF8) }
        return String(copying: text)
    }

    private mutating func escape(into out: inout [UInt8]) throws(JSONError) {
        guard let byte = next else { throw error(.syntax) }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
        case UInt8(ascii: "b"): out.append(0x08)
        case UInt8(ascii: "f"): out.append(0x0C)
        case UInt8(ascii: "n"): out.append(0x0A)
        case UInt8(ascii: "r"): out.append(0x0D)
        case UInt8(ascii: "t"): out.append(0x09)
        case UInt8(ascii: "u"): out.append(contentsOf: String(try escapedCharacter()).utf8)
        default: throw error(.syntax)
        }
    }

    private mutating func escapedCharacter() throws(JSONError) -> Character {
        let first = try fourHexDigits()
        if let scalar = Unicode.Scalar(first) { return Character(scalar) }
        guard (0xD800..<0xDC00).contains(first), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u"))
        else { throw error(.loneSurrogate) }
        let second = try fourHexDigits()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw error(.loneSurrogate) }
        return Character(scalar)
    }

    private mutating func fourHexDigits() throws(JSONError) -> UInt32 {
        guard bytes.count - position >= 4 else { throw error(.syntax) }
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue else { throw error(.syntax) }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }
}
