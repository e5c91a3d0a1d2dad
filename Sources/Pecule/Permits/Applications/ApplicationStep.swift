/// The screens of flyer A, in the only order in which they can be gone through (2b to 2i).
public enum ApplicationStep: Int, Sendable, Hashable, Comparable, CaseIterable {
    /// Écrou number and establishment, then the name.
    case detainee
    /// The list of documents, read and understood.
    case documentList
    case beneficiary, relationship, identityPhoto, identityDocument, proofOfAddress
    /// What is asked for a minor or a third party; nothing to do for others.
    case otherPieces
    case comment
    /// Everything is there: read it again and send it.
    case review

    public static func < (one: ApplicationStep, other: ApplicationStep) -> Bool { one.rawValue < other.rawValue }

    /// As relatives read it.
    public var french: String {
        switch self {
        case .detainee: "Personne détenue"
        case .documentList: "Documents à préparer"
        case .beneficiary: "Bénéficiaire de la demande"
        case .relationship: "Relation avec la personne détenue"
        case .identityPhoto: "Photo d’identité"
        case .identityDocument: "Pièce d’identité"
        case .proofOfAddress: "Justificatif de domicile"
        case .otherPieces: "Autres documents"
        case .comment: "Commentaire"
        case .review: "Vérification et envoi"
        }
    }
}
