/// Sums of cents that may have been tampered with: one that no integer holds is as large as one can be.
enum Cents {
    static func adding(_ one: Int, _ other: Int) -> Int {
        let (sum, overflows) = one.addingReportingOverflow(other)
        return overflows ? (other > 0 ? .max : .min) : sum
    }

    static func subtracting(_ one: Int, _ other: Int) -> Int {
        let (rest, overflows) = one.subtractingReportingOverflow(other)
        return overflows ? (other > 0 ? .min : .max) : rest
    }
}
