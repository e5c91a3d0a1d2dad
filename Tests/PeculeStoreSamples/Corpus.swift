import Foundation
public import Pecule

extension Sample {
    /// Transfers in every state a row can have, with texts that have broken databases before.
    public static let corpus: [(name: String, transfer: Transfer)] = [
        ("drafted", draft("C-1")),
        ("initiating", initiating("C-2")),
        ("initiating in silence", initiating("C-3").after(.bankSilent(sent: true))),
        ("awaiting approval", awaiting("C-4")),
        ("awaiting approval without an end", awaiting("C-5", expires: nil)),
        ("a bank's strange words", awaiting("C-6", payment: oddText, memo: oddText + " 𝄞 \u{FFFD} \n\t")),
        ("confirming by code", awaiting("C-7").after(.payerReturned(.authorizationCode(oddText)))),
        ("confirming by factor", awaiting("C-8").after(.payerReturned(.authenticationFactor("")))),
        ("confirming without proof", approved("C-9")),
        ("executing", reported("C-10", .executing)),
        ("settled", reported("C-11", .settled)),
        ("denied", reported("C-12", .denied)),
        ("expired", reported("C-13", .expired)),
        ("cancelled", reported("C-14", .cancelled)),
        ("rejected", reported("C-15", .rejected(.insufficientFunds))),
        ("abandoned", draft("C-16").after(.deadlinePassed, at: morning + 3_600)),
        ("refused by the bank", initiating("C-17").after(.bankRefused(RejectionReason("Robert_DROP")))),
        ("another amount came back", alarmed("C-18", amount: 100, currency: "USD")),
        ("nothing came back", alarmed("C-19", amount: nil, currency: nil)),
        ("the least and the oddest", odd("C-20", cents: 1, account: "';DROP", at: Date(timeIntervalSince1970: 0))),
        ("the most", odd("C-21", cents: Amount.largest.cents, account: "\"\\%_--", at: paris("2026-10-25 02:30"))),
        ("confirming by confirmation code", awaiting("C-23", expects: .confirmationCode).after(
            .payerReturned(.confirmationCode(oddText)))),
        ("on the telephone", onTelephone("C-24", message: oddText)),
        ("on the telephone without a word", onTelephone("C-25", message: nil)),
        ("on the telephone, ended", onTelephone("C-26", message: oddText).after(.reported(BankReport(
            .denied, echo: draft("C-26").echo)))),
        ("half a millisecond", odd("C-22", cents: 2, account: "a", at: morning.addingTimeInterval(1 / 2048))),
    ]

    private static let oddText = "O'Brien \"q\" `b` \\ '; DROP TABLE transfers; -- %_? $1 :a é ﬁ e\u{301}"

    private static func initiating(_ id: String) -> Transfer { draft(id).begun() }

    /// With everything that the bank wanted to know.
    private static func onTelephone(_ id: String, message: String?) -> Transfer {
        let texts = ["debtor_iban": "FR7699991000010000001234570", "psu_id": "a=b; \(oddText.prefix(20)) é"]
        let choice = choice(of: self.id(id), answers: make(
            try? BankAnswers(texts, to: [.debtorIBAN, .payerID])))
        let approval = ApprovalStep.decoupled(message: message, expires: morning + 600)
        return draft(id).after(.bankChosen(choice)).after(.initiated(BankPayment(id: "P-1", approval: approval)))
    }

    private static func awaiting(
        _ id: String, payment: String = "P-1", memo: String = "nonce", expires: Date? = morning + 600,
        expects: ApprovalProof.Kind? = .authorizationCode
    ) -> Transfer {
        let approval = ApprovalStep.redirect(to: "https://bank.example/?a=1&b='\"", expires: expires)
        return initiating(id).after(
            .initiated(BankPayment(id: payment, approval: approval, expects: expects, memo: ProviderMemo(memo))))
    }

    private static func approved(_ id: String) -> Transfer {
        let transfer = awaiting(id, expects: nil)
        return transfer.after(.reported(BankReport(.approved, echo: transfer.echo)))
    }

    private static func reported(_ id: String, _ status: BankReport.Status) -> Transfer {
        let transfer = awaiting(id)
        return transfer.after(.reported(BankReport(status, echo: transfer.echo)))
    }

    private static func alarmed(_ id: String, amount: Int?, currency: String?) -> Transfer {
        let echo = PaymentEcho(
            amount: amount.flatMap { Amount(cents: $0) }, currency: currency, creditor: nil, endToEndID: nil)
        return awaiting(id).after(.reported(BankReport(.settled, echo: echo)))
    }

    private static func odd(_ id: String, cents: Int, account: String, at moment: Date) -> Transfer {
        let payer = payer(account)
        let order = TransferOrder(
            id: self.id(id), payer: payer, permit: permit(detainee("0"), payer: payer),
            establishment: establishment(oddText, payee: "Régie \(oddText)".prefix(70).description),
            amount: amount(cents), at: moment)
        return Transfer(order, patience: Patience()).begun(at: moment)
    }
}
