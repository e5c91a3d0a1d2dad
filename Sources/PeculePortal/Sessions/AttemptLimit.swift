import Foundation
import Pecule
import Synchronization

/// How often an account may be wrong about a number: otherwise a form that checks numbers is a search engine for them.
final class AttemptLimit: Sendable {
    private let wrong = Mutex<[AccountID: [Date]]>([:])

    private static let most = 10
    private static let period: TimeInterval = 60 * 60

    func admits(_ account: AccountID, at now: Date) -> Bool {
        wrong.withLock { wrong in
            wrong[account] = wrong[account]?.filter { now < $0 + Self.period }
            return (wrong[account]?.count ?? 0) < Self.most
        }
    }

    func noteWrong(_ account: AccountID, at now: Date) {
        wrong.withLock { $0[account, default: []].append(now) }
    }
}
