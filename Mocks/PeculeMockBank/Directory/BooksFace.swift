import FoundationEssentials
import PeculeHTTP

/// What every bank has written down, for an auditor who compares it with a gateway's store. Taken in one moment.
struct BooksFace: Sendable {
    let books: BankBooks

    func install(in router: inout HTTPRouter) {
        router.on(.get, "/mock/books") { _, _ in .json(.array(books.all { [Self.books($0)] })) }
    }

    private static func books(_ state: BankState) -> JSON {
        [
            "bank": .string(state.profile.id),
            "accounts": .array(state.customers.flatMap { owner in owner.accounts.map { account(state, owner, $0) } }),
            "payments": .array(state.paymentsByAge.map { payment(state, $0) }),
            "ledger": .array(state.ledger.entries.map(entry)),
        ]
    }

    private static func account(_ state: BankState, _ owner: Customer, _ account: Customer.Account) -> JSON {
        [
            "iban": .string(account.iban), "owner": .string(owner.login),
            "balanceCents": .integer(state.balance(of: account.iban)),
        ]
    }

    private static func payment(_ state: BankState, _ payment: Payment) -> JSON {
        [
            "id": .string(payment.id),
            "endToEndId": .string(payment.order.endToEndID),
            "status": .string(payment.status(at: state.profile)),
            "amountCents": .integer(payment.order.cents),
            "creditor": .string(payment.order.creditorIBAN),
            "approved": .bool(payment.approval != nil),
        ]
    }

    private static func entry(_ entry: Ledger.Entry) -> JSON {
        [
            "at": .integer(Int((entry.at.timeIntervalSince1970 * 1000).rounded())),
            "kind": .string(entry.kind.rawValue),
            "debited": .string(entry.debited.name),
            "credited": .string(entry.credited.name),
            "amountCents": .integer(entry.cents),
            "paymentId": entry.paymentID.map(JSON.string) ?? .null,
            "endToEndId": entry.endToEndID.map(JSON.string) ?? .null,
        ]
    }
}
