import Foundation
import Pecule
import Synchronization
import Testing

@Suite struct TransferChangeTests {
    private final class Log: Sendable {
        let lines = Mutex<[TransferChange]>([])
        var told: [TransferChange] { lines.withLock { $0 } }
    }

    private static func world(_ log: Log) -> World {
        World(onChange: { change in log.lines.withLock { $0.append(change) } })
    }

    @Test func eachChangeIsToldOnceAndStandsInTheStore() async throws {
        let log = Log()
        let world = Self.world(log)
        try await world.underway()
        world.bank.says(.settled)
        try await world.refresh()
        #expect(log.told.map(\.record.event) == ["bankChosen", "initiated", "bankNotified", "reported"])
        #expect(log.told.map(\.record) == world.store.events(of: Sample.id("T-1")))
        #expect(Set(log.told.map(\.transfer.text)) == ["T-1"])
        #expect(Set(log.told.map(\.bank)) == [Sample.bank("deux-rives")])
    }

    /// One call, one cause; the caller's own where he has one.
    @Test func whatOneCallDidHasOneCause() async throws {
        let log = Log()
        let world = Self.world(log)
        try await world.underway()
        try await CorrelationID.$current.withValue(Sample.correlation) { _ = try await world.refresh() }
        world.bank.says(.settled)
        try await world.sweep()
        let causes = log.told.map(\.record.correlation)
        #expect(causes[0] == causes[1])
        #expect(causes[2] == Sample.correlation)
        #expect(causes[3] == causes[4])
        #expect(Set(causes).count == 3)
    }

    @Test func aLineNamesWhatItTells() async throws {
        let log = Log()
        let world = Self.world(log)
        try await CorrelationID.$current.withValue(Sample.correlation) { _ = try await world.underway() }
        #expect(
            "\(log.told[0])" == "at=2026-11-20T09:00:00Z transfer=T-1 version=2 state=initiating bank=deux-rives "
                + "correlation=request-1 event=bankChosen detail=deux-rives")
    }

    @Test(arguments: ["", "a b", "é", "a\nb", String(repeating: "a", count: 65)])
    func correlationsAreSafeInALog(_ text: String) { #expect(CorrelationID(text) == nil) }
}
