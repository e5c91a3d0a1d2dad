/// Bytes received and not yet understood, handed out as whole lines or as runs.
struct HTTPInput: Sendable {
    private var bytes: [UInt8] = []
    private var start = 0
    /// Where the search for a line's end goes on, so that a line that drips in is scanned once.
    private var scanned = 0

    var isEmpty: Bool { start == bytes.count }

    mutating func append(_ more: ArraySlice<UInt8>) {
        bytes.removeSubrange(..<start)
        scanned -= start
        start = 0
        bytes.append(contentsOf: more)
    }

    /// The next line without its CR LF; nil until it has wholly come. A CR or LF on its own is an error
    /// (stricter than RFC 9112, section 2.2), whatever `tooLong` says is the error beyond `limit` bytes.
    mutating func line(
        atMost limit: Int, else tooLong: HTTPParseError
    ) throws(HTTPParseError) -> ArraySlice<UInt8>? {
        while scanned < bytes.count, bytes[scanned] != Self.cr, bytes[scanned] != Self.lf { scanned += 1 }
        guard scanned - start <= limit else { throw tooLong }
        guard scanned < bytes.count else { return nil }
        guard bytes[scanned] == Self.cr else { throw .lineBreak }
        guard scanned + 1 < bytes.count else { return nil }
        guard bytes[scanned + 1] == Self.lf else { throw .lineBreak }
        let line = bytes[start..<scanned]
        scanned += 2
        start = scanned
        return line
    }

    /// At most `count` bytes, fewer when fewer have come.
    mutating func run(atMost count: Int) -> ArraySlice<UInt8> {
        let end = start + min(count, bytes.count - start)
        defer { (start, scanned) = (end, end) }
        return bytes[start..<end]
    }

    /// Gives memory back that a long request took and an idle connection does not need.
    mutating func trim() {
        if isEmpty, bytes.capacity > 4096 { self = HTTPInput() }
    }

    private static let cr = UInt8(ascii: "\r")
    private static let lf = UInt8(ascii: "\n")
}
