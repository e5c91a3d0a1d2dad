import Pecule
import PeculePortal

/// Invented establishments, and permits that they have granted to the test identities of the simulated FranceConnect.
enum DemoTown {
    /// Keeps what is not there yet: what staff has changed since stays changed.
    static func move(into book: PermitBook) async throws {
        let town = try PeopleDirectory(Array(people.utf8))
        for establishment in town.establishments { try await book.add(establishment) }
        for permit in town.permits { try await book.add(GrantedPermit(permit)) }
    }

    /// Who is detained where: those of the permits, and some for whom none was granted yet.
    static func register() throws -> DetaineeList {
        let town = try PeopleDirectory(Array(people.utf8))
        let others: [(place: String, ecrou: String, name: (String, String), status: PenalStatus)] = [
            ("demo-valmont", "050111", ("Songe", "Lou"), .convicted),
            ("demo-valmont", "050222", ("Fable", "Sasha"), .remand),
            ("demo-roche", "007050", ("Mirage", "Andrea"), .convicted),
        ]
        let detained = try others.map { row -> (Detainee, PenalStatus) in
            guard let place = EstablishmentID(row.place) else { throw UsageError(problem: "no place: \(row.place)") }
            let name = try PersonName(birthName: row.name.0, givenNames: [row.name.1])
            return (Detainee(establishment: place, ecrouNumber: try EcrouNumber(row.ecrou), name: name), row.status)
        }
        return DetaineeList(town.permits.map { ($0.detainee, .convicted) } + detained)
    }

    /// Who decides on applications to Valmont, and the code for it.
    static let agent = (name: "agent-valmont", code: "code-de-demonstration")

    /// What a customer of the simulated banks would know.
    static func hints(_ banks: String) -> String {
        """
        some banks ask for an IBAN: those of camille stand at \(banks); the telephone that Banque de l’Escaut rings is \
        \(banks)/escaut/phone/camille
        """
    }

    static func staff(_ book: StaffBook) async throws {
        guard let id = StaffID(agent.name), let place = EstablishmentID("demo-valmont") else {
            throw UsageError(problem: "no such staff: \(agent.name)")
        }
        try await book.keep(StaffMember(id: id, establishment: place), code: agent.code)
    }

    private static let people = """
        {
          "establishments": [
            {"id": "demo-valmont", "name": "Centre pénitentiaire de Valmont (inventé)",
             "payee": {"name": "Régie des comptes nominatifs Valmont", "iban": "FR7699920000420000041700138"},
             "per_transfer_cents": 20000, "per_month_cents": 30000},
            {"id": "demo-roche", "name": "Maison centrale de La Roche-Claire (inventée)",
             "payee": {"name": "Régie des comptes nominatifs La Roche-Claire", "iban": "FR7699920000042000004170241"}},
            {"id": "demo-estran", "name": "Maison d’arrêt de l’Estran (inventée)", "accepts_transfers": false,
             "payee": {"name": "Régie des comptes nominatifs Estran", "iban": "FR7699920000042000004170338"}}
          ],
          "permits": [
            {"number": "900417", "establishment": "demo-valmont", "ecrou_number": "042137",
             "holder": {"birth_name": "Martel", "given_names": ["Camille", "Rose", "Andrée"]},
             "detainee": {"birth_name": "Modèle", "given_names": ["Noé", "André"]}},
            {"number": "900418", "establishment": "demo-roche", "ecrou_number": "007001",
             "holder": {"birth_name": "Martel", "given_names": ["Camille"]},
             "detainee": {"birth_name": "Fictif", "given_names": ["Élie"]}},
            {"number": "900419", "establishment": "demo-valmont", "ecrou_number": "042138", "status": "suspended",
             "holder": {"birth_name": "Martel", "given_names": ["Camille"]},
             "detainee": {"birth_name": "Inventé", "given_names": ["Malo"]}},
            {"number": "900420", "establishment": "demo-estran", "ecrou_number": "11002",
             "holder": {"birth_name": "Martel", "given_names": ["Camille"]},
             "detainee": {"birth_name": "Simulé", "given_names": ["Ange"]}},
            {"number": "900421", "establishment": "demo-valmont", "ecrou_number": "042137",
             "holder": {"birth_name": "Fabrègue", "usage_name": "Tournier", "given_names": ["Jeanne", "Odile"]},
             "detainee": {"birth_name": "Modèle", "given_names": ["Noé", "André"]}}
          ]
        }
        """
}
