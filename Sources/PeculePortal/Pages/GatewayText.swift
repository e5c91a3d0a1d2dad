import Pecule

/// What the gateway answers, said to a relative.
enum GatewayText {
    /// One sentence for what the payer can change.
    static func sentence(for error: PeculeError) -> String {
        switch error {
        case .permit(let refusal): sentence(for: refusal)
        case .overCap(let cap):
            "L’établissement accepte au plus \(cap.french) par virement. Saisissez un montant plus petit."
        case .overMonthlyCap(let left?):
            "Avec ce montant, le plafond du mois serait dépassé. Il reste \(left.french) pour ce mois-ci."
        case .overMonthlyCap(nil):
            "Le plafond de ce mois-ci est atteint. Vous pourrez faire un virement le mois prochain."
        case .bankLimits(let limits):
            "Cette banque accepte de \(limits.lowerBound.french) à \(limits.upperBound.french) par virement."
        case .bankDown:
            "Cette banque ne répond pas en ce moment. Choisissez-en une autre, ou réessayez dans quelques minutes."
        case .unknownBank: "Cette banque n’est pas dans la liste."
        case .bank(.refused): "La banque n’a pas accepté ce virement. Rien n’a été débité. Choisissez une autre banque."
        case .bank(.notSent):
            "La banque n’a pas pu être jointe. Rien n’a été débité. Réessayez, ou choisissez une autre banque."
        default: "Ce virement n’est pas possible pour le moment. Rien n’a été débité."
        }
    }

    static func sentence(for refusal: PermitRefusal) -> String {
        switch refusal {
        case .unknown, .notRegistered: "Ce permis n’est pas enregistré sur votre espace personnel."
        case .notActive(let status): sentence(for: status)
        case .establishmentClosed:
            "L’établissement ne reçoit pas de virements par le portail pour le moment. Contactez-le pour connaître la "
                + "solution habituelle."
        case .changed:
            "La situation de la personne détenue a changé depuis que vous avez saisi ce virement. Recommencez."
        }
    }

    static func sentence(for status: VisitPermit.Status) -> String {
        switch status {
        case .active: "Ce permis est actif."
        case .suspended: "Ce permis est suspendu\u{A0}: aucun virement n’est possible. Contactez l’établissement."
        case .withdrawn: "Ce permis a été retiré\u{A0}: aucun virement n’est possible. Contactez l’établissement."
        case .expired: "Ce permis a expiré\u{A0}: aucun virement n’est possible. Vous pouvez en demander un nouveau."
        }
    }

    static func name(of status: VisitPermit.Status) -> (Pieces.Mood, String) {
        switch status {
        case .active: (.done, "Actif")
        case .suspended: (.pending, "Suspendu")
        case .withdrawn: (.wrong, "Retiré")
        case .expired: (.wrong, "Expiré")
        }
    }

    /// A word for the state of a transfer.
    static func name(of outcome: TransferOutcome) -> (Pieces.Mood, String) {
        switch outcome {
        case .chooseBank: (.note, "Banque à choisir")
        case .approve: (.pending, "À confirmer chez votre banque")
        case .underway: (.pending, "En cours")
        case .unknown: (.pending, "En attente de la banque")
        case .settled: (.done, "Effectué")
        case .failed(.cancelled), .failed(.abandoned): (.wrong, "Annulé")
        case .failed: (.wrong, "Non effectué")
        }
    }

    /// Why nothing was transferred.
    static func sentence(for reason: FailureReason) -> String {
        switch reason {
        case .abandoned: "Vous n’êtes pas allé jusqu’à votre banque."
        case .cancelled: "Vous avez annulé ce virement."
        case .deniedByPayer: "Vous avez refusé ce virement chez votre banque."
        case .expired: "Le délai pour confirmer chez votre banque est passé."
        case .rejected: "Votre banque a refusé ce virement. Elle seule peut vous en dire la raison."
        }
    }
}
