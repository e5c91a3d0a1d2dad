import Foundation
import Pecule
import PeculeHTTP
import Synchronization

/// One fault while one call is made: network, store and clock of the process ask it what happens to them.
final class Trouble: Sendable {
    private struct Contents {
        var isOn = false
        var strikes = 0
        var bankHasAnswered = false
        var isDead = false
        var late: [HTTPRequest] = []
        var secondCall: (@Sendable () async -> Void)?
    }

    let fault: Fault
    let call: MatrixCall
    private let contents = Mutex(Contents())

    init(_ fault: Fault, at call: MatrixCall) {
        self.fault = fault
        self.call = call
    }

    func begin(secondCall: @escaping @Sendable () async -> Void) {
        contents.withLock { contents in
            contents.isOn = true
            contents.secondCall = secondCall
        }
    }

    /// - Returns: what is still on its way to the bank.
    func end() -> [HTTPRequest] {
        contents.withLock { contents in
            contents.isOn = false
            return contents.late
        }
    }

    var isOn: Bool { contents.withLock { $0.isOn } }
    /// Whether the fault happened.
    var hasStruck: Bool { contents.withLock { $0.strikes > 0 } }
    /// Of a dead process nothing has any effect, now or later.
    var isDead: Bool { contents.withLock { $0.isDead } }

    /// What the process's clock shows beside the true time, in seconds.
    var clockOffset: TimeInterval {
        guard isOn else { return 0 }
        return fault == .clockForward ? 3600 : fault == .clockBack ? -3600 : 0
    }

    /// - Returns: how often it has happened, this time included.
    @discardableResult
    func strike() -> Int {
        contents.withLock { contents in
            contents.strikes += 1
            return contents.strikes
        }
    }

    func die() { contents.withLock { $0.isDead = true } }

    func deliverLate(_ request: HTTPRequest) { contents.withLock { $0.late.append(request) } }

    func bankAnswered() { contents.withLock { $0.bankHasAnswered = true } }

    /// The other call comes once, and is not itself disturbed by a third.
    func runSecondCall() async {
        let second = contents.withLock { contents in
            defer { contents.secondCall = nil }
            return contents.secondCall
        }
        guard let second else { return }
        strike()
        await second()
    }

    /// Whether this write is the one that the fault is about.
    func isAboutWrite() -> Bool {
        contents.withLock { contents in
            guard contents.isOn, contents.strikes == 0 else { return false }
            let isStruck =
                switch fault {
                case .writeRefused, .writeUnknownAndDone, .writeUnknownNotDone: true
                case .answerNotKept, .answerUnknownAndKept: contents.bankHasAnswered
                default: false
                }
            if isStruck { contents.strikes += 1 }
            return isStruck
        }
    }
}
