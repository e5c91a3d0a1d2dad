extension TestIdentity {
    /// Every person who can log in here, ordinary ones first.
    static let all = ordinary + MockFault.allCases.map(\.identity)

    static func named(_ login: String) -> TestIdentity? { all.first { $0.login == login } }

    private static let ordinary = [
        TestIdentity(login: "camille", purpose: "Trois prénoms", givenNames: ["Camille", "Rose", "Andrée"]),
        TestIdentity(
            login: "nom-d-usage", purpose: "Nom d’usage différent du nom de naissance", givenNames: ["Jeanne", "Odile"],
            familyName: "FABREGUE", usageName: "TOURNIER", birthdate: "1974-09-03", birthplace: "69383"),
        TestIdentity(
            login: "nom-compose", purpose: "Nom et prénom composés", givenNames: ["Jean-Baptiste", "Marie Lou"],
            familyName: "DE LA VERNIÈRE-MONTAUBAN", birthdate: "1969-12-31", gender: "male", birthplace: "31555"),
        TestIdentity(
            login: "nom-long", purpose: "Plus de cinquante caractères",
            givenNames: ["Maximilienne-Alexandrine", "Bernadette-Philippine", "Guillemette-Apolline"],
            familyName: "VAN DER KERCKHOVE-DE ROCHEBARON DE SAINT-ALBAN D’ORVAL", birthdate: "1958-02-28"),
        TestIdentity(
            login: "accents", purpose: "Accents et ligatures", givenNames: ["Zoé", "Maëlys", "Françoise"],
            familyName: "LEBŒUF-ÆGIDIUS", usageName: "NUÑEZ CŒURDEROY", birthdate: "1990-07-14", birthplace: "67482"),
        TestIdentity(
            login: "moins-de-16-ans", purpose: "Moins de seize ans", givenNames: ["Lilou"], birthdate: "2013-05-20"),
        TestIdentity(
            login: "moins-de-18-ans", purpose: "Moins de dix-huit ans", givenNames: ["Noa"], birthdate: "2009-11-02",
            gender: "male"),
        TestIdentity(
            login: "genre-non-precise", purpose: "Genre non précisé", givenNames: ["Sacha"], familyName: "ORSEL",
            gender: "unspecified"),
        TestIdentity(
            login: "sans-email", purpose: "Sans adresse électronique\u{A0}: FranceConnect refuse", familyName: "SERRAT",
            hasEmail: false),
        TestIdentity(
            login: "sans-lieu", purpose: "Sans lieu de naissance", familyName: "HAMELIN", birthplace: ""),
        TestIdentity(
            login: "corse", purpose: "Née en Corse", givenNames: ["Lisandra"], familyName: "PAOLACCI",
            birthplace: "2A004"),
        TestIdentity(
            login: "nee-a-l-etranger", purpose: "Née à l’étranger", givenNames: ["Nawel", "Inès"],
            familyName: "BENKHALED", usageName: "VASSEUR", birthplace: "", birthcountry: "99352"),
        TestIdentity(
            login: "polynesie", purpose: "Né en Polynésie française", givenNames: ["Teva"], familyName: "TEHEIURA",
            gender: "male", birthplace: "98729"),
        TestIdentity(
            login: "jour-presume", purpose: "Jour de naissance présumé", familyName: "DIALLO",
            birthdate: "1992-11-00", birthplace: "", birthcountry: "99341"),
        TestIdentity(
            login: "date-presumee", purpose: "Jour et mois de naissance présumés", familyName: "SYLLA",
            birthdate: "1992-00-00", birthplace: "", birthcountry: "99341"),
    ]
}
