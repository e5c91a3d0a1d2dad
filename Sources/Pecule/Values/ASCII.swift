/// ASCII alone: other scripts' letters and digits look alike and are read differently elsewhere, and changing their
/// case can turn them into ASCII. So texts are checked as they were typed, before anything else.
extension UInt8 {
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    var isLetter: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        default: false
        }
    }

    var isLetterOrDigit: Bool { isLetter || isDigit }
}

extension StringProtocol {
    /// Whether every byte of its UTF-8 is such a one, read in one piece where the text lies in one.
    func isAll(_ isSuch: (UInt8) -> Bool) -> Bool {
        utf8.withContiguousStorageIfAvailable { $0.allSatisfy(isSuch) } ?? utf8.allSatisfy(isSuch)
    }
}

package enum Digits {
    /// Nil for an empty text, anything but digits, or more than 15 of them.
    static func value(_ bytes: some Collection<UInt8>) -> Int? {
        guard (1...15).contains(bytes.count), bytes.allSatisfy(\.isDigit) else { return nil }
        return bytes.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    static func areAll(_ text: some StringProtocol) -> Bool { text.isAll(\.isDigit) }

    /// `05`: two of them at least, as dates, hours and cents are written.
    package static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
