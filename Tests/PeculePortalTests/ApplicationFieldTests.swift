import PeculeHTTP
import PeculeTestNetwork
import Testing

@testable import PeculePortal

@Suite("The fields of an application")
struct ApplicationFieldTests {
    private static let wrong: [(step: String, typed: [URLForm.Pair], fields: [String])] = [
        ("personne?champ=ecrou", [("etablissement", ""), ("ecrou", "")], ["etablissement", "ecrou"]),
        ("personne?champ=ecrou", [("etablissement", "valmont"), ("ecrou", "05-0111-05-0111")], ["ecrou"]),
        ("personne?champ=ecrou", [("etablissement", "valmont"), ("ecrou", "999999")], ["ecrou"]),
        ("personne", [("nom", ""), ("prenom", "1")], ["nom", "prenom"]),
        ("personne", [("nom", "Songe"), ("prenom", "Autre")], ["nom"]),
        ("beneficiaire", [], ["pour"]),
        ("beneficiaire?pour=tiers", [("nom", "Songe")], ["prenom", "naissance", "lien"]),
        (
            "beneficiaire?pour=tiers",
            [("nom", "Songe"), ("prenom", "Mia"), ("naissance", "31/02/2015"), ("lien", "child")], ["naissance"]
        ),
        (
            "beneficiaire?pour=tiers",
            [("nom", "Songe"), ("prenom", "Mia"), ("naissance", "13/02/2026"), ("lien", "child")], ["naissance"]
        ),
        ("relation", [("relation", "")], ["relation"]),
        ("relation?relation=other", [("precision", "")], ["precision"]),
        ("photo", [("suite", "ajouter")], ["fichier"]), ("identite", [("type", "")], ["type"]),
        ("domicile", [("suite", "ajouter")], ["fichier"]),
        ("commentaire", [("commentaire", String(repeating: "a", count: 2001))], ["commentaire"]),
    ]

    @Test("that are wrong say so at the top and by themselves, and keep what was typed", arguments: wrong)
    func marked(_ row: (step: String, typed: [URLForm.Pair], fields: [String])) async throws {
        var (browser, id) = try await PortalWorld().atReview()
        try await browser.open("\(PortalWorld.origin)/permis/demandes/\(id)/\(row.step)")
        try await browser.submit(String(row.step.prefix { $0 != "?" }), row.typed)
        #expect(browser.html.contains("<title>Erreur – "))
        let linked = browser.html.split(separator: "<a href=\"#").dropFirst().map { $0.prefix { $0 != "\"" } }
        #expect(linked.filter { $0 != "contenu" }.map(String.init) == row.fields)
        for field in row.fields {
            let tags: [[String]] = ["input", "select", "textarea", "fieldset"].map { Markup.tags($0, in: browser.html) }
            let marked = tags.joined().filter { tag in
                tag.contains("aria-invalid=\"true\"")
                    && (tag.contains("\"\(field)-erreur") || tag.contains(" \(field)-erreur"))
            }
            #expect(marked.count == 1, "\(field)")
            #expect(browser.html.contains("id=\"\(field)\"") && browser.html.contains("id=\"\(field)-erreur\""))
        }
        for (name, value) in row.typed where !["", "ajouter"].contains(value) {
            let shown = ["value=\"\(value)\"", ">\(value)</textarea>"].filter(browser.html.contains)
            #expect(!shown.isEmpty, "\(name)")
        }
    }

    @Test("are asked when a choice needs them, and are called optional only when they are")
    func followUps() async throws {
        var (browser, id) = try await PortalWorld().atReview()
        let place = "/permis/demandes/\(id)"
        for (step, choice, fields) in [
            ("beneficiaire", ("pour", "tiers"), ["nom", "prenom", "naissance", "lien"]),
            ("relation", ("relation", "other"), ["precision"]),
        ] {
            try await browser.open(PortalWorld.origin + "\(place)/\(step)")
            #expect(fields.allSatisfy { !browser.html.contains("name=\"\($0)\"") })
            try await browser.submit(step, [choice])
            let tags: [[String]] = ["input", "select"].map { Markup.tags($0, in: browser.html) }
            for field in fields {
                #expect(tags.joined().contains { $0.contains("name=\"\(field)\" required") }, "\(field)")
            }
            #expect(!browser.html.contains("facultatif"))
        }
        try await browser.submit("relation", [("precision", "Marraine")])
        #expect(browser.heading == "Vérifiez votre demande, puis envoyez-la" && browser.html.contains("Marraine"))
        try await browser.open(PortalWorld.origin + "\(place)/commentaire")
        #expect(browser.html.contains("(facultatif)"))
    }

    private static let files: [(step: String, typed: [URLForm.Pair], file: [UInt8], says: String)] = [
        ("photo", [], SampleFile.pdf(), "choisissez une image JPEG ou PNG, pas un PDF"),
        ("photo", [], SampleFile.jpeg(100, 100), "cette image est trop petite"),
        ("identite", [("type", "passport")], Array("MZ".utf8), "ni une image JPEG ou PNG, ni un PDF"),
        ("domicile", [], SampleFile.pdf("/Encrypt 5 0 R"), "protégé par un mot de passe"),
        ("domicile", [], [], "choisissez un fichier"),
    ]

    @Test("that take files say what is wrong with one", arguments: files)
    func uploaded(_ row: (step: String, typed: [URLForm.Pair], file: [UInt8], says: String)) async throws {
        var (browser, id) = try await PortalWorld().atReview()
        try await browser.open("\(PortalWorld.origin)/permis/demandes/\(id)/\(row.step)")
        try await browser.upload(row.step, row.typed + [("suite", "ajouter")], file: row.file)
        let told = Markup.between("id=\"fichier-erreur\">", "</span>\n", in: browser.html) ?? ""
        #expect(told.contains(row.says) && browser.html.contains("<a href=\"#fichier\">"))
    }

    @Test("of the establishment's forms say what is wrong with them")
    func staff() async throws {
        let world = try await PortalWorld()
        let (_, id) = try await world.withSentApplication()
        var staff = try await world.staffed("agent-valmont", at: "valmont")
        try await staff.open(PortalWorld.origin + "/etablissement/demandes/\(id)")
        try await staff.submit("instruire")
        #expect(staff.html.contains("motif-order") && !staff.html.contains("motif-reintegration"), "a brother")
        for (act, typed, field) in [
            ("completer", [("document", ""), ("message", "Bonjour")], "document"),
            ("completer", [("document", "additional"), ("message", " ")], "message"),
            ("refuser", [("explication", "Parce que.")], "motif"),
            ("refuser", [("motif-reintegration", "oui"), ("explication", "Parce que.")], "motif"),
            ("refuser", [("motif-order", "oui"), ("explication", "")], "explication"),
        ] as [(String, [URLForm.Pair], String)] {
            try await staff.submit(act, typed)
            #expect(staff.html.contains("<a href=\"#\(field)\">") && staff.html.contains("id=\"\(field)-erreur\""))
            #expect(typed.allSatisfy { $0.value.count < 4 || staff.html.contains($0.value) })
        }
    }
}
