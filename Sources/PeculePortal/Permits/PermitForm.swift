import Pecule
import PeculeHTTP

/// What is typed to register a permit.
struct PermitForm {
    private var number: Field
    private var place: Field
    private var ecrou: Field
    private var refusal: String?
    private let sessionEnd: HTML?

    init(_ request: PortalRequest) {
        sessionEnd = Pieces.sessionEnd(of: request)
        number = Field(
            name: "permis", label: "Numéro de permis", hint: "Il figure sur votre permis, par exemple 900417.",
            value: request.typed("permis"), longest: 20)
        place = Field(
            name: "etablissement", label: "Établissement pénitentiaire", value: request.typed("etablissement"))
        ecrou = Field(
            name: "ecrou", label: "Numéro d’écrou de la personne détenue",
            hint: "De 1 à 10 lettres ou chiffres, par exemple 042137.", value: request.typed("ecrou"), longest: 20)
    }

    var errors: [(field: String, message: String)] {
        Pieces.errors(of: [number, place, ecrou]) + (refusal.map { [("permis", $0)] } ?? [])
    }

    mutating func refuse(_ sentence: String) { refusal = sentence }

    /// Nil, and the fields say why, when something cannot be right.
    mutating func read() -> (PermitNumber, EstablishmentID, EcrouNumber)? {
        let read = (PermitNumber(number.value), EstablishmentID(place.value), try? EcrouNumber(ecrou.value))
        if read.0 == nil {
            number.error = "saisissez les lettres et les chiffres qui figurent sur le permis, sans espace"
        }
        if read.1 == nil { place.error = "choisissez un établissement dans la liste" }
        if read.2 == nil { ecrou.error = "saisissez de 1 à 10 lettres ou chiffres, par exemple 042137" }
        guard let permit = read.0, let establishment = read.1, let ecrouNumber = read.2 else { return nil }
        return (permit, establishment, ecrouNumber)
    }

    func page(_ places: [Establishment], token: HTML) -> HTML {
        """
        <h1>Ajouter un permis de visite</h1>
        \(Pieces.summary(errors))
        <p>Le permis doit vous avoir été accordé à votre nom.</p>
        <form method="post" action="/permis/ajouter" novalidate>\(token)
        \(number.text)
        \(place.choice(among: places.map { ($0.id.text, $0.name) }))
        \(ecrou.text)
        <p>\(Pieces.button("Ajouter ce permis"))</p>
        </form>
        \(sessionEnd)
        <p>En cas de difficulté, consultez le dépliant «&nbsp;La prise de rendez-vous parloir se simplifie&nbsp;» ou \
        les <a href="/aide">tutoriels vidéo de la page d’aide</a>.</p>
        """
    }
}
