package import Foundation
import Synchronization

/// Finishes what nobody is waiting for: closed tabs, crashed calls, slow banks, forgotten drafts.
///
/// No recovery code of its own: an overdue transfer gets the event that its deadline passed. Run one beside every
/// gateway. Several on one store share the work: what one has taken, no other is given until its lease ends; and should
/// two look at one transfer all the same, the store lets one of them through.
public struct Sweeper: Sendable {
    let gateway: PeculeGateway
    private let lease: TimeInterval
    private let load = SweepLoad()

    public init(_ gateway: PeculeGateway) { self.init(gateway, lease: 30) }

    /// - Parameter lease: how long what was taken is left to who took it, in seconds: a look begins at once, or its
    ///   process has died.
    package init(_ gateway: PeculeGateway, lease: TimeInterval) {
        self.gateway = gateway
        self.lease = lease
    }

    /// Transfers taken at a time.
    static let most = 100

    /// Looks once at the overdue transfers, at most 100, the longest overdue first. All at the same time, and not at
    /// those of a bank that keeps many looks waiting already: a bank that does not answer holds up no other.
    /// - Returns: how many transfers were looked at.
    @discardableResult
    public func sweep() async throws(PeculeError) -> Int {
        let now = gateway.environment.now()
        let ids = try await gateway.stored { () throws(StoreFault) in
            try await gateway.store.takeOverdue(
                at: now, until: now + lease, besides: load.busyBanks, limit: Self.most)
        }
        await withDiscardingTaskGroup { group in
            for id in ids { group.addTask { await look(at: id) } }
        }
        return ids.count
    }

    /// Sweeps until the task is cancelled. No sweep waits for the one before.
    public func run(every pause: Duration = .seconds(1)) async {
        await withDiscardingTaskGroup { group in
            repeat {
                // A store that cannot be read now is read again after the pause; nothing is lost meanwhile.
                group.addTask { _ = try? await sweep() }
            } while (try? await gateway.environment.sleep(pause)) != nil
        }
    }

    /// A transfer that cannot be looked at now stays overdue and comes up again when its lease ends.
    private func look(at id: TransferID) async {
        guard let transfer = try? await gateway.store.transfer(id) else { return }
        let bank = transfer.choice?.bank
        load.add(1, at: bank)
        _ = try? await gateway.drive(transfer, .deadlinePassed)
        load.add(-1, at: bank)
    }
}

/// How many looks each bank keeps waiting.
private final class SweepLoad: Sendable {
    private let looks = Mutex<[BankID: Int]>([:])
    /// A bank at which so many wait gets no more.
    private static let most = 2 * Sweeper.most

    func add(_ count: Int, at bank: BankID?) {
        guard let bank else { return }
        looks.withLock { looks in
            let left = looks[bank, default: 0] + count
            looks[bank] = left == 0 ? nil : left
        }
    }

    var busyBanks: Set<BankID> {
        looks.withLock { looks in Set(looks.filter { $0.value >= Self.most }.keys) }
    }
}
