import Pecule
import PeculeHTTP

/// How an application is told.
enum ApplicationText {
    static func state(of status: ApplicationStatus.Kind) -> (Pieces.Mood, String) {
        let mood: Pieces.Mood =
            switch status {
            case .draft: .note
            case .submitted, .underReview, .complementRequested: .pending
            case .accepted: .done
            case .refused, .cancelled: .wrong
            }
        return (mood, status.french)
    }

    /// All that has been said in it, for those who read it again.
    /// - Parameter establishment: its name.
    static func facts(of application: PermitApplication, at establishment: String?) -> [(String, HTML)] {
        var visitor: ThirdParty?
        if case .thirdParty(let person) = application.beneficiary { visitor = person }
        let birthDate = visitor?.birthDate ?? application.applicant.birthDate
        let texts: [(String, String?)] = [
            ("Établissement", establishment),
            ("Personne détenue", application.detaineeName?.revealed),
            ("Numéro d’écrou", application.detainee?.ecrouNumber.revealed),
            ("Demandeur", application.applicant.name.revealed),
            ("Visiteur", application.visitor?.revealed),
            ("Date de naissance du visiteur", application.beneficiary == nil ? nil : birthDate.map(TypedDate.french)),
            ("Le visiteur est, pour le demandeur", visitor?.link.french),
            ("Relation avec la personne détenue", application.relationship.map(relation)),
            ("Type de pièce d’identité", application.identityDocument?.french),
            ("Commentaire", application.comment.map { $0.revealed.isEmpty ? "Aucun" : $0.revealed }),
        ]
        return texts.compactMap { text in text.1.map { (text.0, "\($0)") } }
    }

    /// What was added to it.
    static func files(of application: PermitApplication) -> [(String, HTML)] {
        PieceKind.allCases.compactMap { kind in
            let labels = application.pieces(of: kind).map(\.label)
            return labels.isEmpty ? nil : (kind.french, "\(labels.joined(separator: ", "))")
        }
    }

    private static func relation(_ relationship: Relationship) -> String {
        [relationship.kind.french, relationship.details?.revealed].compactMap(\.self).joined(separator: ", ")
    }
}

/// The words by which steps stand in addresses.
enum StepAddress {
    static func word(_ step: ApplicationStep) -> String {
        switch step {
        case .detainee: "personne"
        case .documentList: "documents"
        case .beneficiary: "beneficiaire"
        case .relationship: "relation"
        case .identityPhoto: "photo"
        case .identityDocument: "identite"
        case .proofOfAddress: "domicile"
        case .otherPieces: "autres"
        case .comment: "commentaire"
        case .review: "envoi"
        }
    }

    /// What stands in an address where a step does.
    static let acts: Set<String> = ["annuler", "enregistrer", "complement"]

    static func step(_ word: String) -> ApplicationStep? { ApplicationStep.allCases.first { self.word($0) == word } }
}
