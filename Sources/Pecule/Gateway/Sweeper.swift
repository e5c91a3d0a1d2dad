/// Finishes what nobody is waiting for: closed tabs, crashed calls, slow banks, forgotten drafts.
///
/// No recovery code of its own: an overdue transfer gets the event that its deadline passed. Run one beside every
/// gateway; several on one store do no harm.
public struct Sweeper: Sendable {
    let gateway: PeculeGateway

    public init(_ gateway: PeculeGateway) { self.gateway = gateway }

    /// Looks at every overdue transfer once, up to 100 at a time and 16 at once, so that one slow bank holds up few
    /// others.
    /// - Returns: how many transfers were looked at.
    @discardableResult
    public func sweep() async throws(PeculeError) -> Int {
        let now = gateway.environment.now()
        let ids = try await gateway.stored { () throws(StoreFault) in
            try await gateway.store.overdue(at: now, limit: 100)
        }
        await withTaskGroup(of: Void.self) { group in
            for (index, id) in ids.enumerated() {
                if index >= 16 { await group.next() }
                group.addTask { await look(at: id) }
            }
        }
        return ids.count
    }

    /// Sweeps until the task is cancelled.
    public func run(every pause: Duration = .seconds(1)) async {
        while !Task.isCancelled {
            // A store that cannot be read now is read again after the pause; nothing is lost meanwhile.
            _ = try? await sweep()
            guard (try? await gateway.environment.sleep(pause)) != nil else { return }
        }
    }

    /// A transfer that cannot be looked at now stays overdue and comes up again.
    private func look(at id: TransferID) async {
        guard let transfer = try? await gateway.store.transfer(id) else { return }
        _ = try? await gateway.drive(transfer, .deadlinePassed)
    }
}
