/// How a bank reads a date-time that looks at its own wall clock and not at the offset.
struct StetClock {
    let clock: MockBankProfile.Clock

    init(_ clock: MockBankProfile.Clock) { self.clock = clock }

    /// Seconds since 1970.
    func reading(of text: String) -> Int {
        let wall = StetDate.seconds(String(text.prefix(19)) + "Z") ?? 0
        return wall - offset(wall - 3600)
    }

    func isSameDay(_ one: Int, _ other: Int) -> Bool { day(one) == day(other) }

    private func day(_ seconds: Int) -> Int { (seconds + offset(seconds)) / 86_400 }

    /// Summer time from the last Sunday of March to the last of October, at 01:00 UTC (Directive 2000/84/EC).
    private func offset(_ seconds: Int) -> Int {
        guard clock == .paris else { return 0 }
        let year = 1970 + seconds / 31_556_952
        let isSummer = (Self.lastSunday(year, 3)..<Self.lastSunday(year, 10)).contains(seconds)
        return isSummer ? 7200 : 3600
    }

    private static func lastSunday(_ year: Int, _ month: Int) -> Int {
        let last = (StetDate.seconds("\(year)-\(month == 3 ? "03" : "10")-31T01:00:00Z") ?? 0)
        // 1970-01-01 was a Thursday.
        return last - (last / 86_400 + 4) % 7 * 86_400
    }
}
