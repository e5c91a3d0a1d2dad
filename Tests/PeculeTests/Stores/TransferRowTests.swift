import Foundation
import Pecule
import Testing

/// A transfer written as a row of plain columns is the same transfer when it is read again.
@Suite struct TransferRowTests {
    /// Every situation, and what can be different in it: alarms, reasons, proofs, names.
    private static let transfers: [Transfer] = Situation.allCases.map(\.transfer) + [
        after(.awaiting, .reportedOtherwise, .silentSent),
        after(.awaitingCode, .returnCode, .silentSent, .notified),
        after(.executing, .silentSent), after(.drafted, .cancel), after(.drafted, .deadlinePassed),
        after(.awaiting, .reportedDenied), after(.awaiting, .reportedExpired), after(.opening, .refused),
    ] + echoes.map { alarmed(by: $0) } + [named]

    private static let echoes = [
        PaymentEcho(amount: nil, currency: nil, creditor: nil, endToEndID: nil),
        Sample.echo(of: Sample.order(), currency: "usd"),
    ]

    private static let named: Transfer = {
        let permit = VisitPermit(
            number: Sample.permitNumber,
            holder: Sample.name("Petit", usage: "Le Grand", "Jeanne", "Anne-Marie", "D’Arc"),
            detainee: Detainee(
                establishment: Sample.prison, ecrouNumber: Sample.ecrou("00A"),
                name: Sample.name("Œ", usage: "d'É", "Jean Paul")),
            status: .active, registeredBy: Sample.payer.account)
        let order = TransferOrder(
            id: Sample.id("T-9"), payer: Payer(account: Sample.payer.account, name: permit.holder), permit: permit,
            establishment: Sample.establishment(), amount: .largest, at: Situation.start)
        return Transfer(order, patience: Situation.patience)
    }()

    @Test(arguments: transfers.indices)
    func roundTrip(_ index: Int) throws {
        let transfer = Self.transfers[index]
        #expect(transfer.row.count == Transfer.columns.count)
        #expect(try Transfer(row: transfer.row) == transfer)
    }

    /// The payer is shown the same, whether the whole transfer was read or only what he may see.
    @Test(arguments: transfers.indices)
    func summary(_ index: Int) throws {
        let transfer = Self.transfers[index]
        let cells = Dictionary(uniqueKeysWithValues: zip(Transfer.columns, transfer.row))
        #expect(try TransferSummary(row: TransferSummary.columns.compactMap { cells[$0] }) == TransferSummary(transfer))
    }

    /// A list shows neither proof nor secret, and no account number.
    @Test(arguments: ["proof", "return_state", "browser", "memo", "answers", "payee_iban", "payer", "remittance"])
    func keptFromLists(_ column: String) {
        #expect(Transfer.columns.contains(column) && !TransferSummary.columns.contains(column))
    }

    /// What is read again decides as before: no confirmation beside one that may still be on its way.
    @Test(arguments: Situation.allCases, Happening.allCases)
    func decidesAsBefore(_ situation: Situation, _ happening: Happening) throws {
        var kept = situation.transfer
        var read = try Transfer(row: kept.row)
        let now = happening.moment(for: kept)
        let one = try? kept.apply(happening.value, at: now, patience: Situation.patience)
        let other = try? read.apply(happening.value, at: now, patience: Situation.patience)
        #expect(one == other)
        #expect(kept == read)
    }

    /// A damaged cell is named, or was not needed; it is never a crash.
    @Test(arguments: Transfer.columns.indices)
    func damage(_ column: Int) throws {
        let damages: [ColumnValue] = [
            .null, .integer(-1), .integer(.max), .integer(.min), .text(""), .text("é\0\n,:"), .text("rejected."),
        ]
        for transfer in Self.transfers {
            for damage in damages {
                var row = transfer.row
                row[column] = damage
                do throws(StoreFault) {
                    _ = try Transfer(row: row)
                } catch {
                    if case .corrupt = error { continue }
                    Issue.record("\(error)")
                }
            }
        }
    }

    /// Without these a transfer means something else.
    @Test(arguments: [
        "id", "version", "state", "payer", "permit", "ecrou", "amount_cents", "payee_iban", "remittance", "drafted_at",
        "updated_at", "attempts", "uncertain_initiations", "alarm",
    ])
    func cannotDoWithout(_ column: String) throws {
        let index = try #require(Transfer.columns.firstIndex(of: column))
        var row = Situation.executing.transfer.row
        row[index] = .null
        #expect(throws: StoreFault.corrupt("column \(column)")) { try Transfer(row: row) }
    }

    @Test func rowsOfAnotherWidth() {
        let row = Situation.drafted.transfer.row
        for other in [[], row.dropLast(), row + [.null]] as [[ColumnValue]] {
            #expect(throws: StoreFault.self) { try Transfer(row: other) }
        }
    }

    /// The system's clock is finer than a row: what is written down is what everybody reckons with.
    @Test func theSystemsTimesFitARow() throws {
        for _ in 0..<1_000 {
            let transfer = Transfer(Sample.order(at: Environment.system.now()), patience: Patience())
            let read = try Transfer(row: transfer.row)
            #expect(read.order.draftedAt == transfer.order.draftedAt)
        }
    }

    @Test func columnNamesAreUnique() { #expect(Set(Transfer.columns).count == Transfer.columns.count) }

    private static func after(_ situation: Situation, _ happenings: Happening...) -> Transfer {
        var transfer = situation.transfer
        for happening in happenings {
            _ = try? transfer.apply(
                happening.value, at: happening.moment(for: transfer), patience: Situation.patience)
        }
        return transfer
    }

    private static func alarmed(by echo: PaymentEcho) -> Transfer {
        var transfer = Situation.awaiting.transfer
        let report = BankReport(.settled, echo: echo)
        _ = try? transfer.apply(.reported(report), at: Situation.start + 1, patience: Situation.patience)
        return transfer
    }
}
