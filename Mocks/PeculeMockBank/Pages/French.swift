/// How people in France read amounts.
enum French {
    /// `1 234,56 €`, with no-break spaces.
    static func euros(_ cents: Int) -> String {
        let (whole, rest) = (abs(cents) / 100, abs(cents) % 100)
        var digits = String(whole)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        groups.insert(digits, at: 0)
        let sign = cents < 0 ? "−" : ""
        return sign + groups.joined(separator: "\u{202F}") + "," + String(String(100 + rest).dropFirst()) + "\u{A0}€"
    }
}
