/// A plain look at a PDF file (ISO 32000-1) for what a scanned document never has.
///
/// It reads names as they stand in the file and in its compressed objects, escapes resolved, and decodes nothing else.
/// A file that a reader understands otherwise may pass: so documents are never opened by the portal, nor shown inside
/// its pages; whoever reads them downloads them to a reader that runs no scripts.
enum PDFScan {
    static let beginning = Array("%PDF-".utf8)

    /// Nil when nothing was found.
    static func problem(in bytes: [UInt8]) -> DocumentProblem.Reason? {
        guard isWhole(bytes) else { return .damaged }
        var names = PDFNames()
        return bytes.withUnsafeBufferPointer { bytes in
            names.read(bytes, isLast: true)
            if let reason = reason(names.found) { return reason }
            var objects = PDFObjectStreams(bytes)
            guard let hidden = objects.names() else { return .hiddenObjects }
            return reason(hidden)
        }
    }

    private static func reason(_ found: Set<String>) -> DocumentProblem.Reason? {
        if found.contains("Encrypt") { return .encrypted }
        return found.isEmpty ? nil : .activeContent
    }

    /// A version at the start, and the mark of the end with nothing but white space behind it.
    private static func isWhole(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 16, bytes[5] == UInt8(ascii: "1") || bytes[5] == UInt8(ascii: "2"),
            bytes[6] == UInt8(ascii: ".")
        else { return false }
        let tail = bytes.suffix(1024).reversed().drop { $0 <= 0x20 }
        return tail.starts(with: "%%EOF".utf8.reversed())
    }
}

/// The watched names in a text that comes in parts.
struct PDFNames {
    private static let watched: Set<String> = [
        "JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "SubmitForm", "ImportData", "Encrypt",
    ]
    /// Bytes of the longest name that is read, each byte escaped.
    private static let longest = 3 * 16

    private(set) var found: Set<String> = []
    /// The end of the part before, in which a name may have been cut.
    private var rest: [UInt8] = []

    mutating func read(_ part: UnsafeBufferPointer<UInt8>, isLast: Bool) {
        guard !rest.isEmpty else { return scan(part, isLast: isLast) }
        let joined = rest + part
        joined.withUnsafeBufferPointer { scan($0, isLast: isLast) }
    }

    private mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool) {
        let end = isLast ? bytes.count : max(0, bytes.count - Self.longest)
        var place = 0
        while let slash = bytes[place..<end].firstIndex(of: UInt8(ascii: "/")) {
            let name = Self.name(in: bytes[(slash + 1)...])
            if Self.watched.contains(name) { found.insert(name) }
            place = slash + 1
        }
        rest = Array(bytes[end...])
    }

    /// A name with its end (ISO 32000-1, 7.3.5); of a longer one only as much as is longer than every watched one.
    static func name(in rest: Slice<UnsafeBufferPointer<UInt8>>) -> String {
        var name: [UInt8] = []
        var rest = rest
        while name.count < 16, let byte = rest.first, isRegular(byte) {
            rest = rest.dropFirst()
            if byte == UInt8(ascii: "#"), let value = escaped(rest.prefix(2)) {
                name.append(value)
                rest = rest.dropFirst(2)
            } else {
                name.append(byte)
            }
        }
        return String(decoding: name, as: UTF8.self)
    }

    private static func escaped(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> UInt8? {
        digits.count == 2 ? UInt8(String(decoding: digits, as: UTF8.self), radix: 16) : nil
    }

    private static func isRegular(_ byte: UInt8) -> Bool { byte > 0x20 && !"()<>[]{}/%".utf8.contains(byte) }
}
