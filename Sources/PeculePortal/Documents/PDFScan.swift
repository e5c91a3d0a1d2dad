/// A plain look at a PDF file (ISO 32000-1) for what a scanned document never has.
///
/// It reads names as they stand in the file, escapes resolved. It does not look into compressed object streams, nor
/// decode anything: a file that hides an action there passes. So documents are never opened by the portal, nor shown
/// inside its pages; whoever reads them downloads them to a reader that runs no scripts.
enum PDFScan {
    static let beginning = Array("%PDF-".utf8)

    /// Nil when nothing was found.
    static func problem(in bytes: [UInt8]) -> DocumentProblem.Reason? {
        guard isWhole(bytes) else { return .damaged }
        let found = names(in: bytes)
        if found.contains("Encrypt") { return .encrypted }
        return found.isDisjoint(with: active) ? nil : .activeContent
    }

    private static let active: Set<String> = [
        "JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "SubmitForm", "ImportData",
    ]
    private static let watched = active.union(["Encrypt"])

    /// A version at the start, and the mark of the end with nothing but white space behind it.
    private static func isWhole(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 16, bytes[5] == UInt8(ascii: "1") || bytes[5] == UInt8(ascii: "2"),
            bytes[6] == UInt8(ascii: ".")
        else { return false }
        let tail = bytes.suffix(1024).reversed().drop { $0 <= 0x20 }
        return tail.starts(with: "%%EOF".utf8.reversed())
    }

    /// The watched names in the file, each with its end (ISO 32000-1, 7.3.5).
    private static func names(in bytes: [UInt8]) -> Set<String> {
        var found: Set<String> = []
        bytes.withUnsafeBufferPointer { bytes in
            var place = 0
            while let slash = bytes[place...].firstIndex(of: UInt8(ascii: "/")) {
                let name = name(in: bytes[(slash + 1)...])
                if watched.contains(name) { found.insert(name) }
                place = slash + 1
            }
        }
        return found
    }

    /// Of a longer name only as much as is longer than every watched one.
    private static func name(in rest: Slice<UnsafeBufferPointer<UInt8>>) -> String {
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
