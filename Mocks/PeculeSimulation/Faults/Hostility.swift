import Pecule
import PeculeHTTP
import PeculeMockBank

/// One bank of a run that does not play fair. Whatever it does, it may harm its own transfers alone, and whoever
/// compares the gateway's transfers with the bank's books must find each of them.
struct Hostility {
    enum Kind: CaseIterable {
        /// Says settled of what it has not executed.
        case settlesInWordsOnly
        /// Says rejected of what it has executed.
        case rejectsInWordsOnly
        /// Gives back another amount than was ordered.
        case changesEcho
        /// Debits the payer twice.
        case booksTwice
        /// Debits the payer of more than was ordered.
        case booksMore
    }

    let bank: String
    let kind: Kind

    /// In every second run, one bank of these.
    init?(from executor: SeededExecutor, _ banks: [MockBankProfile]) {
        guard executor.below(2) == 0 else { return nil }
        bank = banks[executor.below(banks.count)].id
        kind = Kind.allCases[executor.below(Kind.allCases.count)]
    }

    /// - Returns: what the bank says instead; nil when it says the truth this time.
    func spoils(_ honest: HTTPResponse, _ exchange: Exchange, in world: World) -> HTTPResponse? {
        guard exchange.bank == bank, let transfer = exchange.transfer, var report = honest.paymentReport else {
            return nil
        }
        switch kind {
        case .settlesInWordsOnly where ["RCVD", "ACTC", "ACCO", "ACCP"].contains(report.status): report.status = "ACSC"
        case .rejectsInWordsOnly where ["ACSP", "ACSC"].contains(report.status): report.status = "RJCT"
        case .changesEcho: report.amount = "9999.99"
        case .booksTwice where report.status == "ACSC", .booksMore where report.status == "ACSC":
            guard world.misbook(transfer, at: bank, cents: kind == .booksMore ? 1_00 : nil) else { return nil }
        default: return nil
        }
        world.count(kind.fault, transfer)
        world.oracle.note("the bank plays false", of: transfer)
        return report.response
    }
}

extension Hostility.Kind {
    var fault: Fault {
        switch self {
        case .settlesInWordsOnly: .falseSettlement
        case .rejectsInWordsOnly: .falseRejection
        case .changesEcho: .falseEcho
        case .booksTwice: .secondDebit
        case .booksMore: .otherDebit
        }
    }
}
