import Foundation
import Pecule
import PeculeGatewayAPI

/// Lists operators' cases and takes them off the list, in the store of a gateway that may be running.
struct Transfers {
    private let desk: OperatorDesk
    private let store: any TransferStore
    private let webhooks: WebhookDesk
    private let terminal = Terminal()

    /// The gateway behind it has no bank: it reads and notes, and asks nobody.
    init(_ store: any TransferStore & ItemStore) throws {
        self.store = store
        webhooks = WebhookDesk(store: store, reach: WebhookReach { _ in [] })
        desk = OperatorDesk(
            PeculeGateway(
                store: store, permits: InMemoryStore(), banks: try BankDirectory([]), returnAddresses: []))
    }

    /// - Returns: false when something is left to look at.
    func run(_ action: TransfersOptions.Action) async throws -> Bool {
        switch action {
        case .cases: return try await cases()
        case .review(let id): return try await review(id)
        case .list(let payer): return try await list(of: payer)
        case .show(let id): return try await show(id)
        case .explain(let id, let asSVG): return try await explain(id, asSVG: asSVG)
        case .watch(let id): return try await watch(id)
        // These look into no store.
        case .create, .force, .help: return true
        }
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

    /// The payer's transfers of six months, without whom they are for.
    func list(of payer: AccountID) async throws -> Bool {
        let found = try await store.history(
            of: payer, since: TransferHistory.start(at: Environment.system.now()), after: nil, limit: 100)
        for transfer in found { terminal.line(Self.line(transfer)) }
        if found.isEmpty { terminal.line("No transfers of this payer reached a bank in the last six months.") }
        return true
    }

    func show(_ id: TransferID) async throws -> Bool {
        terminal.line(Self.line(TransferSummary(try await kept(id))))
        return true
    }

    /// Everything that happened to it, as text or as a drawing.
    func explain(_ id: TransferID, asSVG: Bool) async throws -> Bool {
        let transfer = try await kept(id)
        let told = try await told(of: transfer)
        let explanation = Explanation(transfer: transfer, records: try await store.events(of: id), told: told)
        for line in asSVG ? [explanation.svg] : explanation.lines { terminal.line(line) }
        return true
    }

    /// What the webhooks of the client whose transfer it is were told; an embedded gateway's transfers have none.
    private func told(of transfer: Transfer) async throws -> [(webhook: String, attempt: WebhookAttempt)] {
        guard let client = transfer.order.payer.account.client else { return [] }
        return try await webhooks.attempts(about: transfer.id, of: client)
    }

    /// Each change as it comes, until the transfer is final.
    func watch(_ id: TransferID) async throws -> Bool {
        var seen = 0
        while true {
            let transfer = try await kept(id)
            for record in try await store.events(of: id) where record.version > seen {
                terminal.line("\(Explanation.time(record.at))  \(record.event) \(record.detail) -> \(record.state)")
            }
            seen = transfer.version
            if transfer.state.isFinal { return true }
            try await Environment.system.sleep(.seconds(1))
        }
    }

    private func kept(_ id: TransferID) async throws -> Transfer {
        guard let transfer = try await store.transfer(id) else {
            throw UsageError(problem: "no transfer \(id) in this store")
        }
        return transfer
    }

    private static func line(_ transfer: TransferSummary) -> String {
        let reason = if case .failed(let reason) = transfer.state { " (\(reason.code))" } else { "" }
        return "\(transfer.id)  \(transfer.state.name)\(reason)  v\(transfer.version)  \(transfer.amount)  "
            + "\(transfer.bank?.text ?? "no bank")  \(Explanation.time(transfer.updatedAt))"
    }

    private func tell(_ entry: OperatorDesk.Entry) {
        let (transfer, bank) = (entry.transfer, entry.transfer.choice?.bank.text ?? "no bank")
        terminal.line(
            "\(transfer.id)  \(transfer.state.name)  \(transfer.order.amount)  \(bank)  "
                + "since \(transfer.updatedAt.formatted(.iso8601))", .bold)
        for one in entry.cases { terminal.line("  \(one.code): \(one)", .bad) }
    }
}
