import Foundation
import Pecule
import Testing

@Suite struct TransferTests {
    private static let step = ApprovalStep.redirect(to: "https://bank.example/approve/1", expires: nil)

    /// What the payer is shown in each situation, and whether the amount counts against the month.
    @Test(arguments: [
        (Situation.drafted, TransferOutcome.chooseBank, false, false),
        (.opening, .underway, true, true),
        (.unreached, .chooseBank, false, false),
        (.awaiting, .approve(step), true, true),
        (.awaitingCode, .approve(step), true, true),
        (.confirming, .underway, true, true),
        (.confirmingCode, .underway, true, true),
        (.executing, .underway, true, true),
        (.settled, .settled, true, true),
        (.failed, .failed(.rejected(.insufficientFunds)), false, true),
    ])
    func meaning(_ situation: Situation, _ outcome: TransferOutcome, reserves: Bool, reachedBank: Bool) {
        #expect(situation.transfer.outcome == outcome)
        #expect(situation.transfer.reservesAllowance == reserves)
        #expect(situation.transfer.mayHaveReachedBank == reachedBank)
        #expect(situation.transfer.state.isFinal == (situation == .settled || situation == .failed))
    }

    /// One call lost and the next one not sent: the bank may still have the first.
    @Test func oneUncertainCallIsEnough() throws {
        var transfer = Situation.opening.transfer
        for happening in [Happening.silentSent, .deadlinePassed, .silentNotSent] {
            _ = try transfer.apply(happening.value, at: happening.moment(for: transfer), patience: Situation.patience)
        }
        #expect(transfer.mayHaveReachedBank)
        #expect(transfer.reservesAllowance)
    }

    /// After an answer to another order a true one is heard again, and the alarm stays for the operator.
    @Test func anAlarmStays() throws {
        var transfer = Situation.awaiting.transfer
        let happenings = [Happening.reportedOtherwise, .reportedPending, .reportedOtherwise, .reportedSettled]
        let outcomes = try happenings.map { happening in
            _ = try transfer.apply(happening.value, at: Situation.start + 1, patience: Situation.patience)
            return transfer.outcome
        }
        let unknown = TransferOutcome.unknown(since: Situation.start + 1)
        #expect(outcomes == [unknown, .approve(Self.step), unknown, .settled])
        #expect(transfer.alarm == [.amount(ordered: Sample.amount(4_250), echoed: Sample.amount(4_251))])
    }

    @Test func eventNamesArePlain() {
        let names = Set(Happening.allCases.map(\.value.name))
        #expect(names.count == 10)
        #expect(names.allSatisfy { $0.allSatisfy(\.isLetter) })
    }
}
