import Pecule
import PeculeSQLite

/// The machine on which the gateways of a run share one SQLite file: its disk, and what fails with it.
// One thread runs everything of one simulation.
final class Machine: @unchecked Sendable {
    let disk: SimulatedDisk
    private let vfs: DiskVFS
    private var owners = 0
    /// Told by the world once it is there.
    var strikes: (Fault) -> Bool = { _ in false }

    private static let file = "/transfers.db"

    init(_ plan: Simulation.Plan, _ executor: SeededExecutor) {
        let relay = Relay()
        disk = SimulatedDisk(random: { executor.below($0) }, strikes: { relay.strikes($0) })
        vfs = DiskVFS(disk, name: "pecule-simulation-\(ObjectIdentifier(disk).hashValue)")
        disk.lies = plan.mutant == .neverSyncs
        relay.machine = self
        // The file is there before any gateway: the store's own `create` makes it where disks are real.
        disk.open(Self.file, create: true)?.close()
    }

    /// Opens the store for a new process.
    func open() throws(SQLiteStoreError) -> (store: SQLiteStore, owner: Int) {
        owners += 1
        disk.owner = owners
        return (try SQLiteStore(path: Self.file, disk: vfs.name), owners)
    }
}

// One thread runs everything of one simulation.
private final class Relay: @unchecked Sendable {
    weak var machine: Machine?

    func strikes(_ fault: Fault) -> Bool { machine?.strikes(fault) ?? false }
}
