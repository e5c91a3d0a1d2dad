extension Amount {
    /// Why a typed amount is refused; each says what to do.
    public enum Problem: Error, Sendable, Equatable, CustomStringConvertible {
        case notANumber
        case negative
        case zero
        case moreThanTwoDecimals
        case overLimit(Amount)

        public var description: String {
            switch self {
            case .notANumber: "amount: not a number; write euros and cents like 25 or 25,50"
            case .negative: "amount: negative; write what you want to give, without a sign"
            case .zero: "amount: zero; write at least 0,01"
            case .moreThanTwoDecimals: "amount: more than two decimals; write euros and cents like 25,50"
            case .overLimit(let limit): "amount: over the limit; write at most \(limit.decimal)"
            }
        }
    }

    /// An amount as a person types it: `25`, `25,5`, `25.50`, `1 000,00`, with or without `€` after it.
    ///
    /// One comma or dot stands before the decimals; spaces (also no-break ones) only group thousands.
    public init(typed text: String, limit: Amount = .largest) throws(Problem) {
        var rest = Self.trimmed(Substring(text))
        if rest.last == "€" { rest = Self.trimmed(rest.dropLast()) }
        let isNegative = rest.first == "-" || rest.first == "\u{2212}"
        if isNegative { rest = rest.dropFirst() }

        let halves = rest.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "." }
        guard (1...2).contains(halves.count), let whole = Self.ungrouped(halves[0]) else { throw .notANumber }
        let decimals = halves.count == 2 ? String(halves[1]) : "0"
        guard !decimals.isEmpty, Digits.areAll(decimals) else { throw .notANumber }

        let isZero = (whole + decimals).allSatisfy { $0 == "0" }
        if isNegative, !isZero { throw .negative }
        guard decimals.utf8.count <= 2 else { throw .moreThanTwoDecimals }
        guard !isZero else { throw .zero }
        let significant = String(whole.drop { $0 == "0" })
        guard let amount = Amount(decimal: "\(significant.isEmpty ? "0" : significant).\(decimals)"), amount <= limit
        else { throw .overLimit(min(limit, .largest)) }
        self = amount
    }

    private static func isSpace(_ character: Character) -> Bool {
        character == " " || character == "\u{A0}" || character == "\u{202F}"
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop(while: isSpace)
        while let last = text.last, isSpace(last) { text.removeLast() }
        return text
    }

    /// The digits without their thousands spaces; nil unless every group after the first has three.
    private static func ungrouped(_ text: Substring) -> String? {
        let groups = text.split(omittingEmptySubsequences: false, whereSeparator: isSpace)
        guard let first = groups.first, !first.isEmpty, groups.allSatisfy(Digits.areAll) else { return nil }
        let isGrouped = first.count <= 3 && groups.dropFirst().allSatisfy { $0.count == 3 }
        return groups.count == 1 || isGrouped ? groups.joined() : nil
    }
}
