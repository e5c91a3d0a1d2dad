import Foundation
import Pecule

/// Waits for a transfer to change, without asking its bank: that is the sweeper's work.
struct TransferWatch: Sendable {
    let service: any PeculeService
    let board: ChangeBoard
    let environment: Environment

    /// How long a change that another process made may stay unseen.
    private static let look = Duration.seconds(1)

    /// The transfer once it is later than `version` or final; as it stands when the time is over.
    func transfer(
        _ id: TransferID, by payer: AccountID, after version: Int, within time: Duration
    ) async throws(PeculeError) -> TransferSummary {
        var (left, known) = (time, (transfer: TransferSummary, mark: ChangeBoard.Mark)?.none)
        while true {
            // Before the look: no change falls in between.
            let changes = board.changes(of: id)
            let mark = await board.mark(of: id)
            let unchanged = known?.mark == mark ? known?.transfer : nil
            let transfer = if let unchanged { unchanged } else { try await service.transfer(id, by: payer) }
            known = mark.map { (transfer, $0) }
            guard transfer.version <= version, !transfer.state.isFinal, left > .zero else { return transfer }
            let (pause, start) = (min(left, Self.look), environment.now())
            guard await wait(for: changes, atMost: pause) else { return transfer }
            // A change ends a pause early; a clock that is set meanwhile counts for no more than the pause.
            left -= min(max(.zero, .seconds(environment.now().timeIntervalSince(start))), pause)
        }
    }

    /// False when the task is cancelled.
    private func wait(for changes: AsyncStream<Void>, atMost pause: Duration) async -> Bool {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in changes { break } }
            group.addTask { try? await environment.sleep(pause) }
            await group.next()
            group.cancelAll()
        }
        return !Task.isCancelled
    }
}
