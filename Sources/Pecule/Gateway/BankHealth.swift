public import Foundation
import Synchronization

/// How a bank has answered lately, as this gateway saw it.
public enum BankHealth: Sendable, Hashable {
    /// Nobody has asked it for a while.
    case unknown
    case up
    /// Some of its last answers did not come.
    case shaky
    /// None of the last calls was answered. Until then no payer is sent there; after that one may try.
    case down(until: Date)
}

/// A bank in the list from which a payer chooses.
public struct BankListing: Sendable, Hashable {
    public let bank: Bank
    public let health: BankHealth

    public init(_ bank: Bank, health: BankHealth) {
        self.bank = bank
        self.health = health
    }
}

/// What one gateway knows of its banks' health, from the calls that it makes anyway. Nothing of it outlives the
/// process: a new one finds out by itself.
final class HealthBoard: Sendable {
    private struct Record {
        var last: Date
        /// The last answers, the newest last: whether each came.
        var answers: [Bool] = []
        var downUntil: Date?
    }

    private let records = Mutex<[BankID: Record]>([:])

    private static let remembered = 6
    /// So many in a row without an answer: down.
    private static let unansweredInARow = 3
    /// How long no payer is sent to a bank that is down, in seconds; what recovers transfers goes on asking.
    private static let rest: TimeInterval = 30
    /// How long a record says anything, in seconds.
    private static let memory: TimeInterval = 5 * 60

    /// Notes how a call ended.
    func note(_ fault: BankFault?, of bank: BankID, at now: Date) {
        guard let isAnswer = Self.isAnswer(fault) else { return }
        records.withLock { records in
            var record = Self.current(records[bank], now) ?? Record(last: now)
            record.last = now
            record.answers = (record.answers + [isAnswer]).suffix(Self.remembered)
            let latest = record.answers.suffix(Self.unansweredInARow)
            let isDown = latest.count == Self.unansweredInARow && !latest.contains(true)
            record.downUntil = isDown ? now + Self.rest : nil
            records[bank] = record
        }
    }

    /// Whether a payer may be sent there. After the rest it lets one through, and the next after another rest, until
    /// the bank answers.
    func admits(_ bank: BankID, at now: Date) -> Bool {
        records.withLock { records in
            guard let until = Self.current(records[bank], now)?.downUntil else { return true }
            guard until <= now else { return false }
            records[bank]?.downUntil = now + Self.rest
            return true
        }
    }

    func health(of bank: BankID, at now: Date) -> BankHealth {
        records.withLock { records in
            guard let record = Self.current(records[bank], now) else { return .unknown }
            if let until = record.downUntil { return .down(until: until) }
            return record.answers.contains(false) ? .shaky : .up
        }
    }

    /// Nil when it is too old, or from a time that a clock set back has not reached.
    private static func current(_ record: Record?, _ now: Date) -> Record? {
        record.flatMap { (0..<memory).contains(now.timeIntervalSince($0.last)) ? $0 : nil }
    }

    /// Nil for what says nothing of the bank.
    private static func isAnswer(_ fault: BankFault?) -> Bool? {
        guard let fault else { return true }
        switch fault.detail.cause {
        case .unreachable, .timeout, .connectionLost, .malformedAnswer, .serverError, .tooManyRequests: return false
        case .unknownPayment, .unsupported: return true
        case .unauthorised, .misconfigured, .cancelled: return fault.isRefusal ? true : nil
        }
    }
}

extension BankFault {
    fileprivate var isRefusal: Bool { if case .refused = self { true } else { false } }
}
