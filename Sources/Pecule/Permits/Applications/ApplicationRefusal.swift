/// What an applicant or an establishment fills in, where something can be wrong with it.
public enum ApplicationField: String, Sendable, Hashable, CaseIterable {
    case detainee, name, beneficiary, relationship, identityDocument, piece, comment, message, grounds, explanation

    /// As relatives read it.
    public var french: String {
        switch self {
        case .detainee: "Personne détenue"
        case .name: "Nom et prénom"
        case .beneficiary: "Bénéficiaire"
        case .relationship: "Relation"
        case .identityDocument: "Type de pièce d’identité"
        case .piece: "Document"
        case .comment: "Commentaire"
        case .message: "Message"
        case .grounds: "Motifs"
        case .explanation: "Explication"
        }
    }
}

/// Why an application does not take an act.
public enum ApplicationRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    case missing(ApplicationField)
    case tooLong(ApplicationField, longest: Int)
    case unreadable(ApplicationField)
    /// A step before it has to be done first.
    case stepSkipped(ApplicationStep)
    /// The status does not allow it, or not any more.
    case notNow(ApplicationStatus.Kind)
    case tooManyFiles(PieceKind)
    /// No file of that kind is asked for.
    case notAsked(PieceKind)
    /// A photo is a picture.
    case photoIsNoPicture
    case unknownPiece
    /// The file that was asked for has not come.
    case awaited(PieceKind)
    /// That ground does not hold against family.
    case notAgainstFamily
    /// Another application for the same visitor and the same detained person is open.
    case duplicate(ApplicationID)

    /// Stable, for machines and logs.
    public var code: String {
        switch self {
        case .missing(let field): "missing_\(field.rawValue)"
        case .tooLong(let field, _): "too_long_\(field.rawValue)"
        case .unreadable(let field): "unreadable_\(field.rawValue)"
        case .stepSkipped: "step_skipped"
        case .notNow(let status): "not_now_\(status.rawValue)"
        case .tooManyFiles: "too_many_files"
        case .notAsked: "not_asked"
        case .photoIsNoPicture: "photo_is_no_picture"
        case .unknownPiece: "unknown_piece"
        case .awaited: "awaited"
        case .notAgainstFamily: "not_against_family"
        case .duplicate: "duplicate"
        }
    }

    public var description: String { "application: \(code)" }

    /// For the person at the screen: what is wrong and what to do.
    public var french: String {
        switch self {
        case .missing(let field): "\(field.french) : ce champ est obligatoire."
        case .tooLong(let field, let longest): "\(field.french) : écrivez \(longest) caractères au plus."
        case .unreadable(let field): "\(field.french) : ce texte contient un caractère illisible, réécrivez-le."
        case .stepSkipped(let step): "Terminez d’abord l’étape « \(step.french) »."
        case .notNow(let status): "Cette action n’est pas possible : la demande est « \(status.french) »."
        case .tooManyFiles(let kind): "\(kind.french) : \(kind.mostFiles) fichiers au plus ; retirez-en un d’abord."
        case .notAsked(let kind): "\(kind.french) : ce document n’est pas demandé."
        case .photoIsNoPicture: "Photo d’identité : choisissez une image JPEG ou PNG, pas un PDF."
        case .unknownPiece: "Ce document n’existe pas, ou a déjà été retiré."
        case .awaited(let kind): "\(kind.french) : ajoutez le document demandé avant de continuer."
        case .notAgainstFamily: "Motifs : la réinsertion ne peut pas être opposée à un membre de la famille."
        case .duplicate(let id):
            "Une demande est déjà en cours pour ce visiteur et cette personne détenue (référence \(id.text))."
        }
    }
}
