/// The grammar of scenarios as one table: what `GET /mock/scenarios` lists for machines and explains to people.
enum ScenarioWords {
    struct Row: Sendable {
        /// What the words are about: `states`, `payer`, `wire`, `callback`, `notify`, `joining`.
        let subject: String
        let form: String
        let example: String
        let french: String
        let english: String
    }

    static let all = joining + states + payer + callback + notify + wire

    private static func rows(_ subject: String, _ rows: [(String, String, String, String)]) -> [Row] {
        rows.map { Row(subject: subject, form: $0.0, example: $0.1, french: $0.2, english: $0.3) }
    }

    private static let joining = rows(
        "joining",
        [
            (
                "STATE TIME > STATE, or STATE TIME then STATE", "pdng 15m > acsc",
                "Les états se suivent ; chacun dure le temps écrit (500ms, 30s, 15m, 2h, 3d).",
                "States follow each other; each lasts the time written (500ms, 30s, 15m, 2h, 3d)."
            ),
            (
                "PART ; PART, or PART, PART", "rjct AM04; at status 503 x2", "Plusieurs consignes ensemble.",
                "Several parts together."
            ),
            (
                "NAME", "refus", "Un scénario de la liste, appelé par son nom.",
                "A scenario of the list, called by its name."
            ),
        ])

    private static let states = rows(
        "states",
        [
            (
                "accp TIME", "accp 30s > rjct AC04", "La banque accepte l’ordre ; rien n’est encore débité.",
                "The bank accepts the order; nothing is debited yet."
            ),
            (
                "pdng TIME", "pdng 15m > acsc", "L’ordre est en attente ; rien n’est encore débité.",
                "The order is pending; nothing is debited yet."
            ),
            (
                "acsp TIME", "acsp 2h > acsc", "Le payeur est débité, le bénéficiaire pas encore crédité.",
                "The payer is debited, the payee not yet credited."
            ),
            ("acsc", "acsc", "Le bénéficiaire est crédité. Fin.", "The payee is credited. Final."),
            (
                "rjct [REASON]", "rjct AM04", "La banque rejette l’ordre, avec un motif ISO (MS03 sinon). Fin.",
                "The bank rejects the order, with an ISO reason (MS03 otherwise). Final."
            ),
            (
                "STATE > hang", "pdng > hang", "L’ordre reste dans cet état pour toujours.",
                "The order stays in that state for ever."
            ),
        ])

    private static let payer = rows(
        "payer",
        [
            (
                "code wrong [xN]", "code wrong x2", "Le bon code est pris N fois pour un faux (1 fois sinon).",
                "The right code is taken for a wrong one N times (once otherwise)."
            ),
            (
                "code locked", "code locked", "Le premier code tapé bloque la confirmation.",
                "The first code typed locks the confirmation."
            ),
            ("code expired", "code expired", "Le premier code a expiré.", "The first code has expired."),
            ("login locked", "login locked", "L’accès du client est bloqué.", "The customer's access is locked."),
            ("cancel", "cancel", "Le payeur renonce en se connectant.", "The payer gives up at the login."),
            (
                "expire", "expire", "La demande expire au moment de la connexion.",
                "The consent runs out at the moment of the login."
            ),
        ])

    private static let callback = rows(
        "callback",
        [
            (
                "callback lost", "callback lost", "La banque ne renvoie pas le navigateur au service.",
                "The bank does not send the browser back."
            ),
            (
                "callback double", "callback double", "Le navigateur appelle deux fois l’adresse de retour.",
                "The browser calls the return address twice."
            ),
            (
                "callback late TIME", "callback late 30s", "Le navigateur revient après ce temps.",
                "The browser comes back after that time."
            ),
            (
                "callback forged", "callback forged",
                "Le retour porte des preuves qui ne sont pas celles de la banque.",
                "The return carries proofs that are not the bank's."
            ),
        ])

    /// Where the initiator gave an address for them, at a bank that sends some.
    private static let notify = rows(
        "notify",
        [
            (
                "notify never", "notify never", "La banque n’envoie aucun avis au service.",
                "The bank sends the initiator no notification."
            ),
            (
                "notify twice", "notify twice", "Chaque avis est envoyé deux fois.", "Each notification is sent twice."
            ),
            (
                "notify late TIME", "notify late 10m", "Chaque avis part après ce temps.",
                "Each notification is sent after that time."
            ),
            (
                "notify reordered", "notify reordered", "Les avis partent à la fin, le dernier d’abord.",
                "The notifications are sent at the end, the last one first."
            ),
            (
                "notify forged", "notify forged", "De faux avis, sans signature, disent un autre état.",
                "Forged notifications, without a signature, tell another status."
            ),
            (
                "notify badly-signed", "notify badly-signed", "La signature des avis est fausse.",
                "The notifications' signature is wrong."
            ),
        ])

    /// Each with `at ENDPOINT` before it, and `xN` or `always` behind it.
    private static let wire = rows(
        "wire",
        [
            (
                "at ENDPOINT FAULT [xN | always]", "at any latency 2s always",
                "Une panne à l’un de ces endroits : \(places). Une fois, N fois ou toujours.",
                "A fault at one of these places: \(places). Once, N times or always."
            ),
            (
                "at ENDPOINT 500-599 [TIME]", "at status 503 30s x2",
                "Erreur du serveur, sans exécuter ; TIME donne Retry-After.",
                "A server's error, nothing executed; TIME gives Retry-After."
            ),
            (
                "at ENDPOINT 429 [TIME]", "at token 429 20s",
                "Trop de demandes, sans exécuter ; TIME donne Retry-After.",
                "Too many requests, nothing executed; TIME gives Retry-After."
            ),
            (
                "at ENDPOINT reset", "at open reset", "La connexion est coupée sans rien exécuter ni répondre.",
                "The connection is reset, nothing executed, nothing answered."
            ),
            (
                "at ENDPOINT hang", "at open hang", "Rien n’est exécuté et rien ne répond.",
                "Nothing is executed and nothing answers."
            ),
            (
                "at ENDPOINT latency TIME", "at status latency 3s", "La réponse vient en retard.", "The answer is late."
            ),
            (
                "at ENDPOINT lost", "at confirm lost", "La banque exécute, puis coupe avant de répondre.",
                "The bank executes, then cuts before it answers."
            ),
            (
                "at ENDPOINT cut", "at confirm cut", "La banque exécute ; la connexion casse au milieu de la réponse.",
                "The bank executes; the connection breaks in the middle of the body."
            ),
            (
                "at ENDPOINT truncate", "at open truncate", "La banque exécute ; la moitié de la réponse manque.",
                "The bank executes; half of the body is missing."
            ),
            (
                "at ENDPOINT garble", "at status garble", "La banque exécute ; la réponse est illisible.",
                "The bank executes; the body is unreadable."
            ),
            (
                "at ENDPOINT length", "at status length", "La banque exécute ; la longueur annoncée est fausse.",
                "The bank executes; the length announced is wrong."
            ),
            (
                "at ENDPOINT drip TIME", "at status drip 200ms",
                "La banque exécute ; la réponse vient par petits morceaux, un toutes les TIME.",
                "The bank executes; the answer comes in small pieces, one each TIME."
            ),
        ])

    private static let places = Endpoint.allCases.map(\.rawValue).joined(separator: " ")
}
