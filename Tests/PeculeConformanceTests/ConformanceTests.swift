import Pecule
import PeculeConformance
import PeculeMockBank
import Testing

/// The kit on the providers that we ship, and on some that are broken on purpose.
@Suite struct ConformanceTests {
    @Test(arguments: MockBankProfile.all.map(\.id))
    func theConnectorsKeepEveryPromise(bank: String) async throws {
        let outcome = try await Conformance.check(MockWorld(bank: bank))
        print("\(bank): \(outcome.passed.count) cases passed, skipped: \(outcome.skipped.joined(separator: ", "))")
        #expect(outcome.passed.count >= 55)
    }

    @Test func theBankInTheProcessKeepsThemToo() async throws {
        let outcome = try await Conformance.check(ScriptedWorld())
        print("scripted: \(outcome.passed.count) cases passed, skipped: \(outcome.skipped.joined(separator: ", "))")
        #expect(outcome.passed.count >= 50)
    }

    @Test func everyCaseIsPlayedSomewhere() async {
        var played: Set<String> = []
        for bank in ["atelier", "lagune", "ardennes"] {
            let outcome = await Conformance.run(MockWorld(bank: bank))
            played.formUnion(outcome.passed)
        }
        #expect(Set(Conformance.names).subtracting(played) == [])
        #expect(Set(Conformance.names).count == Conformance.names.count)
    }

    /// The verdict: a case that has to fail.
    @Test(arguments: [
        (BrokenBank.Flaw.saysSettled, "a new payment moves no money and says what was ordered"),
        (.echoesTheOrder, "report: otherAmount"), (.echoesTheOrder, "confirm: otherBeneficiary"),
        (.takesLossForNothing, "confirm: replyLost"), (.takesLossForNothing, "initiate: requestLost"),
        (.takesSilenceForNo, "initiate: unavailable"), (.takesSilenceForNo, "confirm: oversize"),
        (.forgetsRest, "initiate: throttled"), (.ordersMore, "an approval ends settled, with one debit"),
        (.hidesFaults, "confirm: unavailable"), (.hidesFaults, "report: unreachable"),
        (.cancelsAnything, "a settled payment cannot be cancelled"), (.namesTheLink, "nothing personal is printed"),
        (.mixesOrders, "several openings at once do not mix"),
        (.sendsAnywhere, "an opened payment can be told to a browser"),
        (.hasExpired, "an opening has an end that lies ahead, or none"),
        (.believesLies, "gateway: a lying bank is an alarm, never a success"),
    ])
    func aBrokenProviderFailsByName(flaw: BrokenBank.Flaw, name: String) async {
        let world = MockWorld(bank: "phare") { BrokenBank($0, flaw) }
        let failed = await Conformance.run(world).failed.map(\.name)
        #expect(failed.contains(name), "failed: \(failed)")
    }
}
