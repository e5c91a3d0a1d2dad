import Foundation
import Pecule
import PeculeMockBank
import Testing

/// Every fault at every call, as `FailureMatrix.md` publishes it.
@Suite struct FailureMatrixTests {
    private static let published = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../Sources/Pecule/Documentation.docc/FailureMatrix.md").standardized

    @Test("The published row is what happens", arguments: Fault.allCases)
    func row(_ fault: Fault) async throws {
        var cells = [fault.rawValue]
        for call in MatrixCall.allCases { cells.append(try await cell(fault, call)) }
        let line = "| " + cells.joined(separator: " | ") + " |"
        let lines = try String(contentsOf: Self.published, encoding: .utf8).split(separator: "\n")
        #expect(lines.filter { $0.hasPrefix("| \(fault.rawValue) |") } == [line[...]], "the row is now:\n\(line)")
    }

    @Test("Every published row is of a fault that is played")
    func rows() throws {
        let lines = try String(contentsOf: Self.published, encoding: .utf8).split(separator: "\n")
        let names = lines.filter { $0.hasPrefix("| ") }.map { String($0.dropFirst(2).prefix { $0 != "|" }.dropLast()) }
        #expect(names.filter { $0 != "fault" } == Fault.allCases.map(\.rawValue))
    }

    private func cell(_ fault: Fault, _ call: MatrixCall) async throws -> String {
        var play = try await Play(call, fault)
        let before = play.debits
        let answers = try await play.inTrouble()
        check(play, answers, debitsBefore: before)
        let reason = fault.cannotMeet(call)
        let isSeen = ![.none, .bankGone, .clockForward, .clockBack].contains(fault)
        if isSeen { #expect(play.trouble.hasStruck == (reason == nil), "\(fault) at \(call)") }
        try await play.goOn(after: answers[0])
        let end = self.end(of: play)
        if let reason { return "– \(reason)" }
        return answers.map(\.text).joined(separator: "; the second: ") + " → \(end)"
    }

    /// What has to hold as soon as the call is over.
    private func check(_ play: Play, _ answers: [Answer], debitsBefore: [Int]) {
        let name = Comment(rawValue: "\(play.trouble.fault) at \(play.call)")
        for case .error(let error) in answers where !error.moneyMayHaveMoved {
            #expect(play.debits == debitsBefore, name)
        }
        switch play.kept?.state {
        case .settled: #expect(play.debits == [2550], name)
        case .failed: #expect(play.debits.isEmpty, name)
        default: break
        }
    }

    /// What has to hold when all is over: one payment and one debit at most, and one exactly when settled.
    private func end(of play: Play) -> String {
        let name = Comment(rawValue: "\(play.trouble.fault) at \(play.call)")
        let state = play.kept?.state
        let debits = play.debits
        #expect(play.world.bank.payments().count <= 1, name)
        #expect(debits == (state == .settled ? [2550] : []), name)
        #expect(state?.isFinal ?? true, name)
        #expect(play.kept?.contradiction == nil, name)
        return switch state {
        case .settled: "settled, \(debits.count) debit"
        case .failed(let reason): "failed `\(reason.code)`, \(debits.count) debits"
        case nil: "nothing kept, \(debits.count) debits"
        case .some(let open): "open: \(open.name)"
        }
    }
}
