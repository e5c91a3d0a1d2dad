import Foundation

/// Turns text into plain Latin letters, for names that are compared and texts that banks carry.
enum PlainLetters {
    /// Accents dropped, ligatures and letters without a decomposition spelled out; the rest as it was.
    static func folded(_ text: String) -> String {
        // Most texts, and everything that was folded before.
        if text.isAll({ $0 < 0x80 }) { return text }
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            guard Int(scalar.value) < european.count else { return decomposed(text) }
            if let byte = UInt8(exactly: scalar.value), byte < 0x80 {
                out.append(byte)
            } else {
                out += european[Int(scalar.value)]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Letters up to U+017F (Latin Extended-A), folded once: transfers are read far more often than names are new.
    private static let european = (0..<0x180).map { value in
        Array((Unicode.Scalar(value).map { decomposed(String($0)) } ?? "").utf8)
    }

    private static func decomposed(_ text: String) -> String {
        var out = ""
        for scalar in text.decomposedStringWithCompatibilityMapping.unicodeScalars {
            if let spelling = spelledOut[scalar] {
                out += spelling
            } else if !scalar.properties.isDiacritic || scalar.isASCII {
                out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    private static let spelledOut: [Unicode.Scalar: String] = [
        "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ẞ": "SS", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
        "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "TH", "ı": "i", "ħ": "h", "Ħ": "H",
        "’": "'", "‘": "'", "ʼ": "'", "“": "\"", "”": "\"", "«": "\"", "»": "\"",
        "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "\u{A0}": " ", "\u{202F}": " ", "€": "E",
    ]
}
