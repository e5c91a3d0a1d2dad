/// Small files that are built as their formats want, with nothing worth seeing in them.
enum SampleFile {
    static func jpeg(_ width: Int = 600, _ height: Int = 800, padding: Int = 0) -> [UInt8] {
        let frame: [UInt8] = [8] + two(height) + two(width) + [1, 1, 0x11, 0]
        var out: [UInt8] = [0xFF, 0xD8] + segment(0xE0, Array("JFIF\0".utf8)) + segment(0xC0, frame)
        out += segment(0xDA, [1, 1, 0, 0, 63, 0])
        // A coded FF is followed by 00; a restart marker belongs to the scan.
        out += [0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56] + [UInt8](repeating: 0x55, count: padding)
        return out + [0xFF, 0xD9]
    }

    static func segment(_ marker: UInt8, _ body: [UInt8]) -> [UInt8] { [0xFF, marker] + two(body.count + 2) + body }

    static func png(_ width: Int = 600, _ height: Int = 800) -> [UInt8] {
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
            + chunk("IHDR", four(width) + four(height) + [8, 2, 0, 0, 0]) + chunk("IDAT", [1, 2, 3]) + chunk("IEND", [])
    }

    static func chunk(_ type: String, _ body: [UInt8]) -> [UInt8] {
        four(body.count) + Array(type.utf8) + body + [0, 0, 0, 0]
    }

    static func pdf(_ inside: String = "1 0 obj << /Type /Catalog /OpenAction [2 0 R /Fit] >> endobj") -> [UInt8] {
        Array("%PDF-1.7\n\(inside)\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n".utf8)
    }

    private static func two(_ number: Int) -> [UInt8] { [UInt8(number >> 8 & 255), UInt8(number & 255)] }
    private static func four(_ number: Int) -> [UInt8] { two(number >> 16) + two(number) }
}
