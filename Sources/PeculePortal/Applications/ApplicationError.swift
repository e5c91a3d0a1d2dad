public import Foundation
public import Pecule

/// Why a call of the desk is not granted.
public enum ApplicationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No such application, another account's, another establishment's, or erased: nobody learns which.
    case notFound
    case refused(ApplicationRefusal)
    /// One answer whatever is wrong: number, establishment, name or penal status.
    case detaineeUnknown
    /// So many people were asked about that no answer is given before then.
    case tooManyAttempts(until: Date)
    case tooManyDrafts
    case document(DocumentProblem)
    case store(StoreFault)

    public var description: String {
        switch self {
        case .notFound: "application: not_found"
        case .refused(let refusal): refusal.description
        case .detaineeUnknown: "application: detainee_unknown"
        case .tooManyAttempts: "application: too_many_attempts"
        case .tooManyDrafts: "application: too_many_drafts"
        case .document(let problem): "application: \(problem)"
        case .store(let fault): "application: \(fault)"
        }
    }

    /// For the person at the screen: what is wrong and what to do.
    public var french: String {
        switch self {
        case .notFound: "Cette demande n’existe pas."
        case .refused(let refusal): refusal.french
        case .detaineeUnknown:
            "Les informations saisies ne correspondent à aucune personne détenue condamnée dans cet établissement. "
                + "Pour une personne prévenue, adressez-vous au magistrat chargé de son dossier."
        case .tooManyAttempts: "Trop d’essais : attendez une heure avant de vérifier d’autres informations."
        case .tooManyDrafts: "Vous avez déjà plusieurs demandes non envoyées : terminez-en ou annulez-en une d’abord."
        case .document(let problem): problem.french
        case .store: "Le service est momentanément indisponible. Réessayez dans quelques minutes."
        }
    }
}
