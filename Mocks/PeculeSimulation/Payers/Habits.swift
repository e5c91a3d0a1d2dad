/// What one payer does besides what he should, drawn once.
struct Habits {
    let doubleClicks: Bool
    let reloads: Bool
    let mistypes: Bool
    let abandons: Bool
    let refuses: Bool
    let comesLate: Bool
    let comesTwice: Bool
    let neverComes: Bool
    let forges: Bool
    let usesAnotherBrowser: Bool
    let cancels: Bool
    /// Whether he looks after the transfer on the portal, rather than leave it to the gateway.
    let watches: Bool
    /// Whether his bank tells the gateway that something changed: in time, late, or twice.
    let isNotified: Bool
    let isNotifiedLate: Bool
    let isNotifiedTwice: Bool
    /// Whether somebody else tells the gateway so.
    let isNotifiedFalsely: Bool

    init(_ executor: SeededExecutor) {
        func often(_ percent: Int) -> Bool { executor.below(100) < percent }
        doubleClicks = often(25)
        reloads = often(25)
        mistypes = often(10)
        abandons = often(8)
        refuses = often(8)
        comesLate = often(10)
        comesTwice = often(15)
        neverComes = often(10)
        forges = often(8)
        usesAnotherBrowser = often(6)
        cancels = often(8)
        watches = often(40)
        isNotified = often(30)
        isNotifiedLate = often(10)
        isNotifiedTwice = often(10)
        isNotifiedFalsely = often(8)
    }
}
