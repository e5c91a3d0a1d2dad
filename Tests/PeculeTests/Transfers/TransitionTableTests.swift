import Foundation
import Pecule
import Testing

/// What every event does in every situation.
@Suite struct TransitionTableTests {
    /// Situations | events | verdict: what becomes of the transfer, and what is done at the bank.
    /// Groups of events, spelled out below, stand in the plural.
    static let table = """
        drafted | choices | initiating + initiate
        drafted | cancel | failed: cancelled
        drafted | deadline passed | failed: abandoned
        drafted | returns | refused: not now
        drafted | openings, refused, reports, silences, deadline ahead, notified | ignored

        opening | openings | awaitingApproval
        opening | refused | failed: rejected.AM04
        opening | silences | initiating
        opening | deadline passed | initiating + initiate
        opening | choose another | refused: another bank
        opening | returns, cancel | refused: not now
        opening | choose, reports, deadline ahead, notified | ignored

        unreached | choices | initiating + initiate
        unreached | openings | awaitingApproval
        unreached | refused | failed: rejected.AM04
        unreached | silences | initiating
        unreached | deadline passed | failed: abandoned
        unreached | cancel | failed: cancelled
        unreached | returns | refused: not now
        unreached | reports, deadline ahead, notified | ignored

        awaiting | returns, deadline passed, notified | awaitingApproval + ask
        awaiting | approved, approved later | confirming + confirm
        awaiting code | return code | confirming + confirm with authorizationCode
        awaiting code | return bare, return factor, deadline passed, notified | awaitingApproval + ask
        awaiting, awaiting code | executing | executing
        awaiting, awaiting code | settled otherwise | awaitingApproval, alarm
        awaiting, awaiting code | silences | awaitingApproval
        awaiting, awaiting code | cancel | awaitingApproval + cancel

        alarmed | returns, deadline passed, notified | awaitingApproval + ask
        alarmed | approved, approved later | confirming + confirm
        alarmed | executing | executing
        alarmed | pending, silences | awaitingApproval
        alarmed | cancel | awaitingApproval + cancel
        alarmed | reviewed | awaitingApproval, no alarm
        alarmed | choose, openings, refused, settled otherwise, deadline ahead | ignored

        confirming | approved later | confirming + confirm
        confirming code | approved later | confirming + confirm with authorizationCode
        confirming, confirming code | executing | executing
        confirming, confirming code | deadline passed, notified | confirming + ask
        confirming, confirming code | settled otherwise | confirming, alarm
        confirming, confirming code | silences | confirming

        executing | deadline passed, notified | executing + ask
        executing | settled otherwise | executing, alarm
        executing | silences | executing
        executing | denied | failed: denied_by_payer, case
        executing | expired | failed: expired, case

        awaiting, awaiting code, alarmed, confirming, confirming code, executing | settled | settled
        awaiting, awaiting code, alarmed, confirming, confirming code, executing | rejected | failed: rejected.AM04
        awaiting, awaiting code, alarmed, confirming, confirming code | denied | failed: denied_by_payer
        awaiting, awaiting code, alarmed, confirming, confirming code | expired | failed: expired
        awaiting, awaiting code, alarmed, confirming, confirming code, executing | cancelled | failed: cancelled
        awaiting, awaiting code, confirming, confirming code, executing | choose another | refused: another bank
        alarmed | choose another | refused: another bank
        confirming, confirming code, executing | cancel | refused: not now
        awaiting, awaiting code, confirming, confirming code, executing | choose, openings, refused | ignored
        awaiting, awaiting code, confirming, confirming code, executing | pending, deadline ahead | ignored
        awaiting code, executing | approved, approved later | ignored
        confirming, confirming code | approved, returns | ignored
        executing | executing, returns | ignored

        settled | rejected, denied, expired, cancelled | settled, case
        failed | settled | failed: rejected.AM04, case
        settled | settled | ignored
        failed | rejected, denied, expired, cancelled | ignored
        settled, failed | pending, approved, approved later, executing, settled otherwise | ignored
        settled, failed | choices, openings, refused, returns, silences | ignored
        settled, failed | deadline passed, deadline ahead, notified, cancel | ignored

        drafted, opening, unreached, awaiting, awaiting code, confirming, confirming code | reviewed | ignored
        executing, settled, failed | reviewed | ignored
        """

    private static let groups: [String: [Happening]] = [
        "choices": [.choose, .chooseAnother],
        "openings": [.opened, .openedForCode],
        "returns": [.returnBare, .returnCode, .returnFactor],
        "reports": [
            .reportedPending, .reportedApproved, .reportedApprovedLater, .reportedExecuting, .reportedSettled,
            .reportedRejected, .reportedDenied, .reportedExpired, .reportedCancelled, .reportedOtherwise,
        ],
        "silences": [.silentSent, .silentNotSent],
    ]

    struct Pair: Hashable, Sendable {
        let situation: Situation
        let happening: Happening
    }

    /// The table with its groups spelled out; `doubles` are pairs that it decides twice.
    static let expanded: (verdicts: [Pair: String], doubles: [Pair]) = {
        var verdicts: [Pair: String] = [:]
        var doubles: [Pair] = []
        for line in table.split(separator: "\n") where line.contains("|") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            for situation in cells[0].components(separatedBy: ", ").map(Situation.init(rawValue:)) {
                guard let situation else { preconditionFailure("no situation: \(line)") }
                for happening in happenings(cells[1]) {
                    let pair = Pair(situation: situation, happening: happening)
                    if verdicts.updateValue(cells[2], forKey: pair) != nil { doubles.append(pair) }
                }
            }
        }
        return (verdicts, doubles)
    }()

    private static func happenings(_ cell: String) -> [Happening] {
        cell.components(separatedBy: ", ").flatMap { name -> [Happening] in
            if let group = groups[name] { return group }
            guard let one = Happening(rawValue: name) else { preconditionFailure("no event: \(name)") }
            return [one]
        }
    }

    @Test func theTableIsTotal() {
        let pairs = Situation.allCases.flatMap { situation in
            Happening.allCases.map { Pair(situation: situation, happening: $0) }
        }
        #expect(pairs.filter { Self.expanded.verdicts[$0] == nil } == [])
        #expect(Self.expanded.doubles == [])
        #expect(Self.expanded.verdicts.count == Situation.allCases.count * Happening.allCases.count)
        #expect(Set(Situation.allCases.map(\.transfer.state.name)).count == 7)
    }

    @Test(arguments: Situation.allCases, Happening.allCases)
    func verdict(_ situation: Situation, _ happening: Happening) {
        let before = situation.transfer
        var after = before
        let now = happening.moment(for: before)
        let shown = Self.shown(happening.value, on: &after, at: now)
        #expect(shown == Self.expanded.verdicts[Pair(situation: situation, happening: happening)])
        if shown == "ignored" || shown.hasPrefix("refused") {
            #expect(after == before)
        } else {
            #expect(after.version == before.version + 1)
            #expect(after.updatedAt == now)
            #expect(after.order == before.order)
        }
        #expect(rank(after.state) >= rank(before.state))
        #expect((after.deadline == nil) == after.state.isFinal)
    }

    /// The clock was set back by an hour: nothing happens in the past, and no deadline is already over.
    @Test(arguments: Situation.allCases, Happening.allCases)
    func withTheClockSetBack(_ situation: Situation, _ happening: Happening) {
        let before = situation.transfer
        var after = before
        _ = Self.shown(happening.value, on: &after, at: Situation.start - 3_600)
        #expect(after.updatedAt == before.updatedAt)
        #expect(after.version == before.version || after.version == before.version + 1)
        #expect(rank(after.state) >= rank(before.state))
    }

    /// A pure decision: the same again for the same transfer, event and time.
    @Test(arguments: Situation.allCases, Happening.allCases)
    func theSameAgain(_ situation: Situation, _ happening: Happening) {
        var (one, other) = (situation.transfer, situation.transfer)
        let now = happening.moment(for: one)
        #expect(Self.shown(happening.value, on: &one, at: now) == Self.shown(happening.value, on: &other, at: now))
        #expect(one == other)
    }

    private static func shown(_ event: TransferEvent, on transfer: inout Transfer, at now: Date) -> String {
        let (alarm, contradiction) = (transfer.alarm, transfer.contradiction)
        do throws(TransferRefusal) {
            guard case .changed(let effect) = try transfer.apply(event, at: now, patience: Situation.patience)
            else { return "ignored" }
            let reason = if case .failed(let reason) = transfer.state { ": \(reason.code)" } else { "" }
            let raised = transfer.alarm == alarm ? "" : transfer.alarm.isEmpty ? ", no alarm" : ", alarm"
            let opened = transfer.contradiction == contradiction ? "" : ", case"
            return transfer.state.name + reason + raised + opened + (shown(effect).map { " + \($0)" } ?? "")
        } catch {
            return switch error {
            case .notNow: "refused: not now"
            case .bankAlreadyChosen: "refused: another bank"
            }
        }
    }

    private static func shown(_ effect: TransferEffect) -> String? {
        switch effect {
        case .nothing: nil
        case .initiate: "initiate"
        case .confirm(nil): "confirm"
        case .confirm(let proof?): "confirm with \(proof.kind.rawValue)"
        case .ask: "ask"
        case .cancel: "cancel"
        }
    }
}

/// How far a state is along a transfer's life, by the test's own reckoning.
func rank(_ state: TransferState) -> Int {
    switch state {
    case .drafted: 0
    case .initiating: 1
    case .awaitingApproval: 2
    case .confirming: 3
    case .executing: 4
    case .settled, .failed: 5
    }
}
