import PeculeHTTP

/// Amounts as the standard writes them: `^\-{0,1}[0-9]{1,13}(\.[0-9]{0,5}){0,1}$`, never through a binary fraction.
enum StetAmount {
    /// Nil unless positive and exact in cents.
    static func cents(_ text: String) -> Int? {
        let halves = text.parts(at: UInt8(ascii: "."))
        let (whole, fraction) = (halves[0], halves.count == 2 ? halves[1] : "")
        guard halves.count <= 2, (1...13).contains(whole.utf8.count), fraction.utf8.count <= 5,
            isDigits(whole), isDigits(fraction), fraction.utf8.dropFirst(2).allSatisfy({ $0 == UInt8(ascii: "0") }),
            let euros = Int(whole), let cents = Int((fraction + "00").prefix(2)), euros + cents > 0
        else { return nil }
        return euros * 100 + cents
    }

    /// `42.50`
    static func text(_ cents: Int) -> String {
        "\(cents / 100)." + String(100 + cents % 100).dropFirst()
    }

    private static func isDigits(_ text: Substring) -> Bool { text.utf8.allSatisfy { (0x30...0x39).contains($0) } }
}
