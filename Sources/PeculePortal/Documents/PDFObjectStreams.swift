/// The objects that a PDF keeps compressed (ISO 32000-1, 7.5.7), found wherever an object begins: the file's tables of
/// places can lie, and readers repair them.
struct PDFObjectStreams {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// How much may still be walked through: a file in which every object hides in another one ends here.
    private var steps: Int
    /// How much may still come out of all compressed objects: a scanned document has some kilobytes.
    private var room = 32 << 20

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        steps = 4 * bytes.count + (1 << 20)
    }

    /// The watched names in them; nil when one cannot be looked into.
    mutating func names() -> Set<String>? {
        var (found, place) = (Set<String>(), 0)
        while let start = nextObject(from: place) {
            place = start
            guard let (names, end) = dictionary(at: start) else {
                if steps <= 0 { return nil }
                continue
            }
            guard names.contains("ObjStm") || names.contains("First"), let data = data(after: end),
                names.contains("Filter")
            else { continue }
            guard Self.isInflatable(names), let inside = inflate(from: data) else { return nil }
            found.formUnion(inside)
        }
        return found
    }

    /// Compressed once, by the usual method, with nothing done to it before.
    private static func isInflatable(_ names: [String]) -> Bool {
        let filters = names.filter { $0.hasSuffix("Decode") || ["Fl", "LZW", "AHx", "A85", "RL", "Crypt"].contains($0) }
        return (filters == ["FlateDecode"] || filters == ["Fl"]) && !names.contains("Predictor")
    }

    private mutating func inflate(from start: Int) -> Set<String>? {
        var names = PDFNames()
        let data = UnsafeBufferPointer(rebasing: bytes[start...])
        guard let count = Inflation.inflate(data, atMost: room, { names.read($0, isLast: $1) }) else { return nil }
        room -= count
        return names.found
    }

    // MARK: - Walking

    /// Behind the next `obj`.
    private func nextObject(from start: Int) -> Int? {
        var place = start
        while let found = bytes[place...].firstIndex(of: UInt8(ascii: "o")) {
            if bytes[found...].starts(with: "obj".utf8) { return found + 3 }
            place = found + 1
        }
        return nil
    }

    /// The names of a dictionary, those of dictionaries in it as well, and where it ends; nil where there is none.
    private mutating func dictionary(at start: Int) -> (names: [String], end: Int)? {
        var (place, depth, names) = (afterSpace(start), 0, [String]())
        guard bytes[place...].starts(with: "<<".utf8) else { return nil }
        let first = place
        defer { steps -= place - first }
        while place < bytes.count, place - first < steps {
            switch bytes[place] {
            case UInt8(ascii: "<") where isNext("<", after: place):
                (depth, place) = (depth + 1, place + 2)
            case UInt8(ascii: ">") where isNext(">", after: place):
                (depth, place) = (depth - 1, place + 2)
                if depth == 0 { return (names, place) }
            case UInt8(ascii: "("): place = afterText(place)
            case UInt8(ascii: "%"): place = afterSpace(place)
            case UInt8(ascii: "/"):
                names.append(PDFNames.name(in: bytes[(place + 1)...]))
                place += 1
            default: place += 1
            }
        }
        return nil
    }

    private func isNext(_ sign: Character, after place: Int) -> Bool {
        place + 1 < bytes.count && bytes[place + 1] == sign.asciiValue
    }

    /// Behind a text in parentheses, which may hold others.
    private func afterText(_ start: Int) -> Int {
        var (place, depth) = (start, 0)
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\\"): place += 1
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth -= 1
            default: break
            }
            place += 1
            if depth == 0 { break }
        }
        return min(place, bytes.count)
    }

    /// Behind white space and comments.
    private func afterSpace(_ start: Int) -> Int {
        var (place, isComment) = (start, false)
        while place < bytes.count {
            let byte = bytes[place]
            if byte == UInt8(ascii: "%") { isComment = true }
            if byte == 0x0A || byte == 0x0D { isComment = false }
            guard isComment || byte <= 0x20 else { break }
            place += 1
        }
        return place
    }

    /// Where the data of a stream begin, if there is one behind a dictionary.
    private func data(after end: Int) -> Int? {
        let place = afterSpace(end)
        guard bytes[place...].starts(with: "stream".utf8) else { return nil }
        return bytes[(place + 6)...].firstIndex { ![0x20, 0x0D, 0x0A].contains($0) }
    }
}
