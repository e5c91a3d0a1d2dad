/// How often what goes wrong, in thousandths, drawn anew for each run: some runs are calm, some storms, and in some
/// a single kind rages.
struct FaultRates {
    private var permille = [Int](repeating: 0, count: Fault.allCases.count)

    init(from executor: SeededExecutor) {
        let storm = [0, 20, 60, 150][executor.below(4)]
        draw(Fault.requests + Fault.replies + Fault.answers, upTo: storm, executor)
        draw(Fault.outages + Fault.store, upTo: storm / 4, executor)
        draw([.writeError, .diskFull], upTo: storm / 10, executor)
        // Few runs have a disk, so that in those it has to fail.
        permille[Fault.powerLoss.rawValue] = 1 + executor.below(26)
        permille[Fault.syncError.rawValue] = 1 + executor.below(60)
        draw(Fault.clock, upTo: storm / 10, executor)
    }

    private mutating func draw(_ kinds: [Fault], upTo most: Int, _ executor: SeededExecutor) {
        for kind in kinds where most > 0 && executor.below(2) == 0 {
            permille[kind.rawValue] = 1 + executor.below(most)
        }
    }

    subscript(_ fault: Fault) -> Int { permille[fault.rawValue] }
}
