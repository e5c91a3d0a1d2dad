/// The order as the bank holds it: what the payer agrees to.
struct OrderBox: Sendable {
    let view: ApprovalView

    var markup: HTML {
        let order = view.payment.order
        return """
            <section class="box" aria-labelledby="ordre">
            <h2 id="ordre">Ordre de virement</h2>
            <dl>
            <dt>Montant</dt><dd class="amount">\(French.euros(order.cents))</dd>
            <dt>Bénéficiaire</dt><dd><strong>\(order.creditorName)</strong><br>
            <span class="iban">\(IBANNumber.grouped(order.creditorIBAN))</span></dd>
            <dt>Vérification du bénéficiaire</dt><dd>\(verdict)</dd>
            \(order.reference.isEmpty ? nil : "<dt>Motif</dt><dd>\(order.reference)</dd>" as HTML)
            \(view.session.account.map(debtor))
            </dl>
            </section>
            """
    }

    private func debtor(_ iban: String) -> HTML {
        #"<dt>Compte à débiter</dt><dd class="iban">\#(IBANNumber.grouped(iban))</dd>"#
    }

    private var verdict: HTML {
        switch view.verdict {
        case .match: #"<span class="match">✓ Le nom correspond au titulaire du compte.</span>"#
        case .closeMatch(let name):
            #"<span class="caution">⚠ Le nom est proche. Titulaire du compte : <strong>\#(name)</strong></span>"#
        case .noMatch:
            """
            <span class="caution">⚠ Le nom ne correspond pas au titulaire du compte. \
            Si vous confirmez, vous en acceptez le risque.</span>
            """
        case .notPossible: #"<span class="caution">⚠ La vérification du nom n’a pas été possible.</span>"#
        }
    }
}
