import Pecule

/// Invented people, places and numbers.
struct DemoData {
    let payer: Payer
    let permit: VisitPermit
    let establishment: Establishment

    /// Nil only if one of the constants below were not well-formed.
    init?() {
        guard let account = AccountID("demo-relative"),
            let relative = try? PersonName(birthName: "Exemple", givenNames: ["Camille"]),
            let visited = try? PersonName(birthName: "Modèle", givenNames: ["Noé", "André"]),
            let ecrouNumber = try? EcrouNumber("042137"),
            let permitNumber = PermitNumber("900417"),
            let place = EstablishmentID("demo-valmont"),
            let iban = try? IBAN("FR7699920000420000041700138"),
            let payee = Payee(name: "Régie des comptes nominatifs Valmont", iban: iban),
            let perTransfer = Amount(cents: 200_00), let perMonth = Amount(cents: 300_00)
        else { return nil }
        payer = Payer(account: account, name: relative)
        establishment = Establishment(
            id: place, name: "Centre pénitentiaire de Valmont (inventé)", payee: payee,
            cap: TransferCap(perTransfer: perTransfer, perMonth: perMonth))
        permit = VisitPermit(
            number: permitNumber, holder: relative,
            detainee: Detainee(establishment: place, ecrouNumber: ecrouNumber, name: visited),
            status: .active, registeredBy: account)
    }
}
