/// Finishes what nobody is waiting for: closed tabs, crashed calls, slow banks, forgotten drafts.
///
/// No recovery code of its own: an overdue transfer gets the event that its deadline passed. Run one beside every
/// gateway; several on one store do no harm.
public struct Sweeper: Sendable {
    let gateway: PeculeGateway

    public init(_ gateway: PeculeGateway) { self.gateway = gateway }

    /// Looks once at the overdue transfers, at most 100, the longest overdue first. All at the same time: a bank that
    /// does not answer would otherwise fill every place and hold up the others.
    /// - Returns: how many transfers were looked at.
    @discardableResult
    public func sweep() async throws(PeculeError) -> Int {
        let now = gateway.environment.now()
        let ids = try await gateway.stored { () throws(StoreFault) in
            try await gateway.store.overdue(at: now, limit: 100)
        }
        await withDiscardingTaskGroup { group in
            for id in ids { group.addTask { await look(at: id) } }
        }
        return ids.count
    }

    /// Sweeps until the task is cancelled. No sweep waits for the one before: a transfer that is being looked at has
    /// a new deadline already.
    public func run(every pause: Duration = .seconds(1)) async {
        await withDiscardingTaskGroup { group in
            repeat {
                // A store that cannot be read now is read again after the pause; nothing is lost meanwhile.
                group.addTask { _ = try? await sweep() }
            } while (try? await gateway.environment.sleep(pause)) != nil
        }
    }

    /// A transfer that cannot be looked at now stays overdue and comes up again.
    private func look(at id: TransferID) async {
        guard let transfer = try? await gateway.store.transfer(id) else { return }
        _ = try? await gateway.drive(transfer, .deadlinePassed)
    }
}
