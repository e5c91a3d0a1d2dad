import Foundation
import Pecule

/// Lists operators' cases and takes them off the list, in the store of a gateway that may be running.
struct Transfers {
    private let desk: OperatorDesk
    private let terminal = Terminal()

    /// The gateway behind it has no bank: it reads and notes, and asks nobody.
    init(_ store: any TransferStore) throws {
        desk = OperatorDesk(
            PeculeGateway(
                store: store, permits: InMemoryStore(), banks: try BankDirectory([]), returnAddresses: []))
    }

    /// - Returns: whether nothing is left to look at.
    func cases() async throws -> Bool {
        var last: TransferID?
        var count = 0
        repeat {
            let entries = try await desk.entries(after: last)
            entries.forEach(tell)
            count += entries.count
            last = entries.last?.transfer.id
        } while last != nil
        let sum = count == 1 ? "1 transfer to look at." : "\(count) transfers to look at."
        terminal.line(count == 0 ? "No cases." : sum, count == 0 ? .good : .bad)
        return count == 0
    }

    func review(_ id: TransferID) async throws -> Bool {
        let transfer: Transfer
        do throws(PeculeError) { transfer = try await desk.review(id) } catch {
            guard error != .unknownTransfer else { throw UsageError(problem: "no transfer \(id) in this store") }
            throw error
        }
        terminal.line("\(transfer.id)  \(transfer.state.name)  reviewed", .good)
        return true
    }

    private func tell(_ entry: OperatorDesk.Entry) {
        let (transfer, bank) = (entry.transfer, entry.transfer.choice?.bank.text ?? "no bank")
        terminal.line(
            "\(transfer.id)  \(transfer.state.name)  \(transfer.order.amount)  \(bank)  "
                + "since \(transfer.updatedAt.formatted(.iso8601))", .bold)
        for one in entry.cases { terminal.line("  \(one.code): \(one)", .bad) }
    }
}
