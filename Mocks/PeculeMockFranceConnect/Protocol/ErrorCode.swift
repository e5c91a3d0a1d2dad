import PeculeHTTP

/// Errors that FranceConnect shows on a page of its own, by its codes.
enum ErrorCode: String, Sendable {
    case badParameter = "Y030007"
    case unknownClient = "Y04EA6EF"
    case unregisteredRedirect = "Y04C013C"
    case noEmail = "Y600006"

    var text: String {
        switch self {
        case .badParameter: "Un paramètre de la demande est absent, faux ou de trop."
        case .unknownClient: "Le service qui vous envoie n’est pas connu."
        case .unregisteredRedirect: "L’adresse de retour n’est pas celle que le service a déclarée."
        case .noEmail: "Ce compte ne contient pas d’adresse électronique\u{A0}: il ne permet pas de se connecter."
        }
    }
}
