import CPeculeQREncode
import PeculeHTTP

/// A QR code (ISO/IEC 18004), drawn inside the page: nothing is loaded for it, and no style stands in it.
struct QRCode {
    /// Modules on each side.
    private let width: Int
    private let isDark: [Bool]

    /// The lightest code that holds the text; nil for a text that no code holds.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        let made = bytes.withUnsafeBufferPointer { QRcode_encodeData(Int32($0.count), $0.baseAddress, 0, QR_ECLEVEL_L) }
        guard let made else { return nil }
        defer { QRcode_free(made) }
        width = Int(made.pointee.width)
        isDark = UnsafeBufferPointer(start: made.pointee.data, count: width * width).map { $0 & 1 == 1 }
    }

    /// Modules that stay light around a code, so that it is found.
    private static let margin = 4

    /// Dark on light in the dark scheme as well: many readers know no other.
    func drawing(named name: String) -> HTML {
        let side = width + 2 * Self.margin
        return """
            <svg class="qr" role="img" aria-label="\(name)" viewBox="0 0 \(side) \(side)" shape-rendering="crispEdges">\
            <path fill="#fff" d="M0 0h\(side)v\(side)H0z"/><path stroke="#000" d="\(strokes)"/></svg>
            """
    }

    /// Each run of dark modules of a row, as a line through their middles.
    private var strokes: String {
        var path = ""
        for row in 0..<width {
            var column = 0
            while column < width {
                let run = isDark[(row * width + column)..<((row + 1) * width)].prefix { $0 }.count
                if run > 0 { path += "M\(column + Self.margin) \(row + Self.margin).5h\(run)" }
                column += max(run, 1)
            }
        }
        return path
    }
}
