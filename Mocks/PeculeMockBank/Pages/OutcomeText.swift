/// What came of an order, in the payer's words.
struct OutcomeText: Sendable {
    let say: Saying

    func of(_ payment: Payment) -> (title: String, text: String) {
        switch payment.stage {
        case .awaitingApproval:
            (
                say("Ordre à confirmer", "Order to be confirmed"),
                say("Vous n’avez pas encore répondu.", "You have not answered yet.")
            )
        case .awaitingConfirmation, .accepted, .executing:
            (
                say("Ordre confirmé", "Order confirmed"),
                say(
                    "Vous avez confirmé cet ordre. La banque l’exécute.",
                    "You have confirmed this order. The bank executes it.")
            )
        case .held:
            (
                say("Ordre en attente", "Order pending"),
                say(
                    "Vous avez confirmé cet ordre. La banque l’examine avant de l’exécuter.",
                    "You have confirmed this order. The bank looks at it before it executes it.")
            )
        case .settled: (say("Ordre exécuté", "Order executed"), say("Le virement est fait.", "The transfer is done."))
        case .rejected(let reason):
            (title(reason), why(reason) + " " + say("Rien n’a été débité.", "Nothing was debited."))
        }
    }

    private func title(_ reason: RejectReason) -> String {
        switch reason {
        case .insufficientFunds, .refusedByPayer, .accountTypeForbidden: say("Ordre refusé", "Order refused")
        case .unanswered: say("Demande expirée", "Request expired")
        case .payerLocked: say("Confirmation bloquée", "Confirmation locked")
        case .regulatory, .other: say("Ordre rejeté", "Order rejected")
        case .cancelledByInitiator: say("Ordre annulé", "Order cancelled")
        }
    }

    private func why(_ reason: RejectReason) -> String {
        switch reason {
        case .insufficientFunds: say("La provision du compte ne suffit pas.", "The account's funds do not suffice.")
        case .refusedByPayer: say("Vous avez refusé cet ordre.", "You have refused this order.")
        case .unanswered:
            say("Le délai pour confirmer cet ordre est passé.", "The time to confirm this order is over.")
        case .payerLocked:
            say(
                "Trop d’essais : cet ordre ne peut plus être confirmé.",
                "Too many tries: this order can no longer be confirmed.")
        case .regulatory: say("La banque ne peut pas exécuter cet ordre.", "The bank cannot execute this order.")
        case .accountTypeForbidden:
            say("Ce type de compte ne permet pas ce virement.", "This kind of account does not allow this transfer.")
        case .cancelledByInitiator:
            say(
                "Le service qui vous a envoyé a annulé cet ordre.",
                "The service that sent you has cancelled this order.")
        case .other(let reason):
            say("Motif de la banque : \(reason.french).", "The bank's reason: \(reason.english).")
        }
    }
}
