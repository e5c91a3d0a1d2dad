/// What came of an order, in the payer's words.
enum OutcomeText {
    static func of(_ payment: Payment) -> (title: String, text: String) {
        switch payment.stage {
        case .awaitingApproval: ("Ordre à confirmer", "Vous n’avez pas encore répondu.")
        case .awaitingConfirmation, .accepted, .executing:
            ("Ordre confirmé", "Vous avez confirmé cet ordre. La banque l’exécute.")
        case .held: ("Ordre en attente", "Vous avez confirmé cet ordre. La banque l’examine avant de l’exécuter.")
        case .settled: ("Ordre exécuté", "Le virement est fait.")
        case .rejected(let reason): of(reason)
        }
    }

    private static func of(_ reason: RejectReason) -> (title: String, text: String) {
        switch reason {
        case .insufficientFunds: ("Ordre refusé", "La provision du compte ne suffit pas. Rien n’a été débité.")
        case .refusedByPayer: ("Ordre refusé", "Vous avez refusé cet ordre. Rien n’a été débité.")
        case .unanswered: ("Demande expirée", "Le délai pour confirmer cet ordre est passé. Rien n’a été débité.")
        case .payerLocked:
            ("Confirmation bloquée", "Trop d’essais : cet ordre ne peut plus être confirmé. Rien n’a été débité.")
        case .regulatory: ("Ordre rejeté", "La banque ne peut pas exécuter cet ordre. Rien n’a été débité.")
        case .accountTypeForbidden:
            ("Ordre refusé", "Ce type de compte ne permet pas ce virement. Rien n’a été débité.")
        case .cancelledByInitiator:
            ("Ordre annulé", "Le service qui vous a envoyé a annulé cet ordre. Rien n’a été débité.")
        case .other(let reason): ("Ordre rejeté", "Motif de la banque : \(reason.french). Rien n’a été débité.")
        }
    }
}
