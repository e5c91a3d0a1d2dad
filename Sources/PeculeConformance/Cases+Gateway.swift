import Foundation
import Pecule

// The provider at work in a gateway.
extension Conformance {
    static let gateways = [
        ConformanceCase("gateway: from the draft to the end") { stage in
            let run = try await Run(stage)
            _ = try await run.comeBack(try await run.approved())
            try await run.requireEnd(.settled, debits: 1)
        },
        ConformanceCase("gateway: a return that comes again, and again") { stage in
            let run = try await Run(stage)
            let query = try await run.approved()
            for _ in 1...3 { _ = try await run.comeBack(query) }
            try await run.requireEnd(.settled, debits: 1)
            _ = try await run.comeBack(query)
            try await run.requireEnd(.settled, debits: 1)
        },
        ConformanceCase("gateway: a return with a forged proof") { stage in
            let run = try await Run(stage)
            guard let query = try await run.approved() else { throw NotPlayed() }
            let state = query.split(separator: "&").first { $0.hasPrefix("state=") } ?? ""
            let name = stage.provider.bank.proofParameter ?? "code"
            _ = try? await run.comeBack("\(state)&\(name)=forged")
            try require(try await run.debits() <= 1, "two debits")
        },
        ConformanceCase("gateway: a return from another browser") { stage in
            let run = try await Run(stage)
            guard let query = try await run.approved() else { throw NotPlayed() }
            let other = try Specimen.browser("another-browser-altogether")
            let transfer = try? await run.gateway.resume(query: query, from: other)
            try require(transfer == nil, "it was let in")
        },
        ConformanceCase("gateway: nobody comes back") { stage in
            let run = try await Run(stage)
            _ = try await run.approved()
            let transfer = try await run.end()
            try require(transfer.state.isFinal, "it is \(transfer.state)")
            try require(try await run.debits() == (transfer.state == .settled ? 1 : 0), "books and state differ")
        },
        ConformanceCase("gateway: a clock that is an hour fast at the return") { stage in
            let run = try await Run(stage)
            let query = try await run.approved()
            await stage.advance(by: 3600)
            _ = try? await run.comeBack(query)
            let transfer = try await run.end()
            try require(try await run.debits() == (transfer.state == .settled ? 1 : 0), "books and state differ")
        },
        ConformanceCase("gateway: a lying bank is an alarm, never a success") { stage in
            let run = try await Run(stage)
            guard await stage.plays(.otherAmount, at: .report), await stage.plays(.otherAmount, at: .confirm)
            else { throw NotPlayed() }
            _ = try? await run.comeBack(try await run.approved())
            let transfer = try await run.end()
            try require(transfer.state != .settled && !transfer.alarm.isEmpty, "it is \(transfer.state)")
        },
    ]

    /// One transfer in a gateway of its own.
    private struct Run {
        let stage: any ConformanceStage
        let gateway: PeculeGateway
        private let store = InMemoryStore()
        private let payer: AccountID
        let begun: Transfer

        init(_ stage: any ConformanceStage) async throws {
            self.stage = stage
            let establishment = try Specimen.establishment()
            let permit = try Specimen.permit(at: establishment.id)
            store.put(establishment)
            store.put(permit)
            gateway = PeculeGateway(
                store: store, permits: store, banks: try BankDirectory([stage.provider]),
                returnAddresses: [stage.returnAddress], environment: stage.environment)
            let order = try Journey(stage).order
            payer = order.payer.account
            _ = try await gateway.draft(order.id, payer: order.payer, permit: permit.number, amount: order.amount)
            let begun = try await gateway.begin(
                order.id, by: payer, at: stage.provider.bank.id, from: Specimen.browser(),
                returningTo: stage.returnAddress, answering: stage.answers,
                over: PayerConnection(ipAddress: "198.51.100.7", userAgent: "Conformance"))
            self.begun = try Self.kept(begun.id, in: store)
        }

        /// The query of the browser's return.
        func approved() async throws -> String? {
            guard let payment = begun.payment else { throw Violation(problem: "it is \(begun.state)") }
            return try await stage.act(.approve, on: payment)
        }

        func comeBack(_ query: String?) async throws -> Transfer? {
            guard let query else { return nil }
            return try Self.kept(try await gateway.resume(query: query, from: Specimen.browser()).id, in: store)
        }

        func end() async throws -> Transfer {
            for _ in 0..<120 {
                let transfer = try await refreshed()
                if transfer.state.isFinal { return transfer }
                await stage.advance(by: 30)
                try await Sweeper(gateway).sweep()
            }
            return try await refreshed()
        }

        private func refreshed() async throws -> Transfer {
            try Self.kept(try await gateway.refresh(begun.id, by: payer).id, in: store)
        }

        private static func kept(_ id: TransferID, in store: InMemoryStore) throws -> Transfer {
            guard let transfer = store.transfer(id) else { throw Violation(problem: "the transfer is gone") }
            return transfer
        }

        func debits() async throws -> Int { try await stage.debits(of: begun.order).count }

        func requireEnd(_ state: TransferState, debits count: Int) async throws {
            let transfer = try await end()
            try require(transfer.state == state && transfer.alarm.isEmpty, "it ends \(transfer.state)")
            try require(try await debits() == count, "\(count) debits expected")
        }
    }
}
