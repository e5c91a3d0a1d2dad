import PeculeHTTP

/// The order as the bank holds it: what the payer agrees to.
struct OrderBox: Sendable {
    let view: ApprovalView

    private var say: Saying { view.say }

    var markup: HTML {
        let order = view.payment.order
        return """
            <section class="box" aria-labelledby="ordre">
            <h2 id="ordre">\(say("Ordre de virement", "Transfer order"))</h2>
            <dl>
            <dt>\(say("Montant", "Amount"))</dt><dd class="amount">\(French.euros(order.cents))</dd>
            <dt>\(say("Bénéficiaire", "Payee"))</dt><dd><strong>\(order.creditorName)</strong><br>
            <span class="iban">\(IBANNumber.grouped(order.creditorIBAN))</span></dd>
            <dt>\(say("Vérification du bénéficiaire", "Verification of the payee"))</dt><dd>\(verdict)</dd>
            \(order.reference.isEmpty ? nil : reference)
            \(view.session.account.map(debtor))
            </dl>
            </section>
            """
    }

    private var reference: HTML {
        "<dt>\(say("Motif", "Reference"))</dt><dd>\(view.payment.order.reference)</dd>"
    }

    private func debtor(_ iban: String) -> HTML {
        #"<dt>\#(say("Compte à débiter", "Account to debit"))</dt><dd class="iban">\#(IBANNumber.grouped(iban))</dd>"#
    }

    private var verdict: HTML {
        switch view.verdict {
        case .match:
            """
            <span class="match">✓ \(say(
                "Le nom correspond au titulaire du compte.", "The name is that of the account's holder."))</span>
            """
        case .closeMatch(let name):
            """
            <span class="caution">⚠ \(say(
                "Le nom est proche. Titulaire du compte :", "The name is nearly right. The account's holder:")) \
            <strong>\(name)</strong></span>
            """
        case .noMatch:
            """
            <span class="caution">⚠ \(say(
                "Le nom ne correspond pas au titulaire du compte. Si vous confirmez, vous en acceptez le risque.",
                "The name is not that of the account's holder. If you confirm, you take the risk."))</span>
            """
        case .notPossible:
            """
            <span class="caution">⚠ \(say(
                "La vérification du nom n’a pas été possible.", "The name could not be verified."))</span>
            """
        }
    }
}
