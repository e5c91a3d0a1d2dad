import Pecule
import PeculeSQLite
import PeculeStoreSamples
import Testing

@testable import PeculeSimulation

@Suite("A file of SQLite on a disk that forgets what was not synced")
struct DiskTests {
    private static let file = "/transfers.db"

    /// A killed process leaves a change in the log that it had written and not yet synced: whoever opens the file next
    /// finds it there.
    @Test("what a new process reads is on the disk, whoever wrote it")
    func recovered() async throws {
        var syncFails = false
        let disk = SimulatedDisk(random: { $0 == 256 ? 7 : 0 }, strikes: { syncFails && $0 == .syncError })
        let vfs = DiskVFS(disk, name: "pecule-disk-tests")
        disk.open(Self.file, create: true)?.close()

        let draft = Sample.draft()
        let killed = try open(vfs, disk, as: 1)
        #expect(try await killed.insert(draft) == .inserted)
        syncFails = true
        let choice = Sample.choice(of: draft.id, at: Sample.morning)
        await #expect(throws: StoreFault.self) { try await killed.change(draft, .bankChosen(choice)) }
        syncFails = false
        disk.kill(1)

        let next = try open(vfs, disk, as: 2)
        let seen = try await next.transfer(draft.id)
        #expect(seen?.version == 2)
        disk.powerFails()
        #expect(disk.powerReturns().lost == 0)
        #expect(try await open(vfs, disk, as: 3).transfer(draft.id) == seen)
    }

    private func open(_ vfs: DiskVFS, _ disk: SimulatedDisk, as owner: Int) throws -> SQLiteStore {
        disk.owner = owner
        return try SQLiteStore(path: Self.file, disk: vfs.name)
    }
}
