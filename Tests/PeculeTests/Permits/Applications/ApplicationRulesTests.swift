import Foundation
import Pecule
import Testing

@Suite("Permit applications: rules around them")
struct ApplicationRulesTests {
    @Test(
        "the register says yes or no",
        arguments: [
            ("012345", "Petit", "Émile", true, true), ("012345", "PETIT", "emile", true, true),
            ("012345", "Petit", "Jean", true, false), ("067890", "Petit", "Émile", false, false),
            ("999999", "Petit", "Émile", false, false),
        ])
    func register(_ number: String, _ name: String, _ given: String, isHeld: Bool, isNamed: Bool) async throws {
        let register = DetaineeList([(Sample.detainee, .convicted), (Sample.otherDetainee, .remand)])
        let person = DetaineeAccount(establishment: Sample.prison, ecrouNumber: Sample.ecrou(number))
        #expect(try await register.holdsConvicted(person) == isHeld)
        #expect(try await register.isConvicted(person, named: Sample.name(name, given)) == isNamed)
    }

    @Test(
        "a visitor is the same however the name is written",
        arguments: [
            ("Petit", "Léo", "2015-01-01", true), ("PETIT", "Leo", "2015-01-01", true),
            ("Petit", "Léo", "2015-01-02", false), ("Petit", "Léa", "2015-01-01", false),
        ])
    func duplicates(_ name: String, _ given: String, _ born: String, isSame: Bool) throws {
        let visitor = ThirdParty(name: Sample.name(name, given), birthDate: Sample.born(born), link: .child)
        let one = try Sample.application(try Sample.filling(for: Sample.visitor(born: "2015-01-01")).dropLast())
        let other = try Sample.application(try Sample.filling(for: .thirdParty(visitor)).dropLast())
        #expect((one.duplicateKey == other.duplicateKey) == isSame)
        #expect(try Sample.application(in: .draft).duplicateKey != one.duplicateKey)
    }

    @Test(
        "what is erased next, and when",
        arguments: [
            (ApplicationStatus.Kind.draft, ApplicationErasure.Rule?.some(.draft), 7), (.submitted, nil, 0),
            (.underReview, nil, 0), (.complementRequested, nil, 0), (.accepted, .documents, 92),
            (.refused, .documents, 92), (.cancelled, .documents, 0),
        ])
    func retention(_ status: ApplicationStatus.Kind, rule: ApplicationErasure.Rule?, days: Int) throws {
        var application = try Sample.application(in: status)
        let next = ApplicationRetention().nextErasure(of: application)
        #expect(next?.rule == rule)
        if let next { #expect(next.at == Sample.morning + TimeInterval(days) * 86_400) }
        guard rule == .documents else { return }
        try application.apply(.documentsErased, at: Sample.morning + 100 * 86_400)
        #expect(application.pieces.isEmpty)
        let last = ApplicationRetention().nextErasure(of: application)
        #expect(last?.rule == .record)
        #expect(last?.at == Sample.morning + 731 * 86_400)
    }

    @Test(
        "a birth date is a day of the calendar",
        arguments: [
            ("1980-02-29", true), ("1981-02-29", false), ("1980-13-01", false), ("80-01-01", false),
            ("1980-1-1", false), ("1980-01-01 ", false), ("1849-12-31", false), ("+980-01-01", false), ("", false),
            ("1992-11-00", true), ("1992-00-00", true), ("1992-00-05", false),
        ])
    func birthDates(_ text: String, isValid: Bool) {
        #expect((DateOfBirth(text)?.revealed == text) == isValid)
    }

    @Test(
        "age turns at midnight in Paris",
        arguments: [
            ("2008-11-20", "2026-11-19 23:59", 17), ("2008-11-20", "2026-11-20 00:00", 18),
            ("2008-02-29", "2026-02-28 12:00", 17), ("2008-02-29", "2026-03-01 00:00", 18),
            ("2027-01-01", "2026-11-20 00:00", -1),
        ])
    func ages(_ born: String, _ moment: String, age: Int) {
        #expect(Sample.born(born).age(at: paris(moment)) == age)
    }

    @Test(
        "an e-mail address is a plain one",
        arguments: [
            ("a@b.example", true), ("jeanne.petit+prison@mail.example", true), ("o'neil@b.example", true),
            ("a@localhost", true), ("", false), ("a", false), ("@b.example", false), ("a@", false),
            ("a@@b.example", false), ("a@b@c.example", false), ("a b@c.example", false), (".a@b.example", false),
            ("a..b@c.example", false), ("a@-b.example", false), ("a@b..example", false), ("\"a\"@b.example", false),
            ("a@b.example\r\nBcc: c@d.example", false), ("a\n@b.example", false), ("é@b.example", false),
            ("a@b.example>", false), ("a,b@c.example", false),
            ("\(String(repeating: "a", count: 65))@b.example", false),
        ])
    func addresses(_ text: String, isValid: Bool) {
        #expect((EmailAddress(text)?.revealed == text) == isValid)
    }

    @Test("identifiers are read back, and nothing else is")
    func identifiers() throws {
        let application = try Sample.application()
        #expect(application.id.text == "DP" + String(repeating: "AB", count: 12))
        #expect(ApplicationID(application.id.text) == application.id)
        #expect(ApplicationID(application.id.text.lowercased()) == nil)
        #expect(ApplicationID("DP../../" + String(repeating: "A", count: 18)) == nil)
        #expect(PieceID(Sample.piece(.identityPhoto).id.text) == Sample.piece(.identityPhoto).id)
        #expect(PieceID("0101") == nil)
    }

    @Test("every refusal says in French what is wrong, and in a code for logs")
    func words() {
        let all: [ApplicationRefusal] =
            ApplicationField.allCases.flatMap { [.missing($0), .tooLong($0, longest: 5), .unreadable($0)] }
            + ApplicationStep.allCases.map(ApplicationRefusal.stepSkipped)
            + ApplicationStatus.Kind.allCases.map(ApplicationRefusal.notNow)
            + PieceKind.allCases.flatMap { [.tooManyFiles($0), .notAsked($0), .awaited($0)] }
            + [.photoIsNoPicture, .unknownPiece, .notAgainstFamily]
        #expect(all.allSatisfy { $0.french.hasSuffix(".") && $0.french.count > 20 })
        #expect(Set(all.map(\.french)).count == all.count)
    }
}
