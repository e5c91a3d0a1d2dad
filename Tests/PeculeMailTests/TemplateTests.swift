import Foundation
import Pecule
import PeculeMail
import Testing

@Suite("What relatives are told by mail")
struct TemplateTests {
    private let application = ApplicationID { [UInt8](repeating: 0xAB, count: $0) }
    private static let received = Date(timeIntervalSince1970: 1_798_700_400)

    private func mails(_ terms: LegalTerms = .general) throws -> ApplicationMails {
        let contact = ServiceContact(
            name: "Greffe du Pont-Neuf (fictif)", postalAddress: "1 rue du Pont, 99000 Ville",
            email: try #require(EmailAddress("greffe@prison.example")), phone: "01 99 00 00 00")
        return ApplicationMails(contact: contact, terms: terms, portal: "https://portail.example/")
    }

    private func address() throws -> EmailAddress { try #require(EmailAddress("j@mail.example")) }

    private func all() throws -> [Mail] {
        let mails = try mails()
        let made = [
            mails.acknowledgement(
                of: application, to: try address(), establishment: "Maison centrale du Pont-Neuf",
                receivedAt: Self.received),
            mails.complement(of: application, to: try address(), piece: .identityPhoto),
            mails.decision(on: application, to: try address(), decidedAt: Self.received),
            mails.cancellation(of: application, to: try address()),
            mails.receipt(of: try transfer(), to: try address()),
            mails.acknowledgement(ofMessage: "MFEDCBA987654", to: try address()),
            mails.unused(erasedAt: Self.received, to: try address()),
        ]
        return try made.map { try #require($0) }
    }

    private func transfer() throws -> TransferSummary {
        let detainee = Detainee(
            establishment: try #require(EstablishmentID("mc-pont-neuf")), ecrouNumber: try EcrouNumber("012345"),
            name: try PersonName(birthName: "Grosjean", givenNames: ["Émile"]))
        return TransferSummary(
            id: try #require(TransferID("PEC1")), version: 5, state: .settled, outcome: .settled,
            amount: try #require(Amount(cents: 4250)), permit: try #require(PermitNumber("240001")),
            detainee: detainee, establishmentName: "Maison centrale du Pont-Neuf",
            payeeName: "Régie des comptes nominatifs", bank: nil, bankReference: nil, draftedAt: Self.received,
            updatedAt: Self.received)
    }

    @Test("an acknowledgement has what the law asks for")
    func acknowledgement() throws {
        let body = try all()[0].body
        let wanted = [
            "Référence : \(application)", "Date de réception : 31 décembre 2026", "Maison centrale du Pont-Neuf",
            "1 rue du Pont, 99000 Ville", "greffe@prison.example", "01 99 00 00 00",
            "Sans réponse de l’établissement le 28 février 2027, votre demande sera considérée comme refusée.",
            "deux mois", "tribunal administratif", "https://portail.example/",
        ]
        for text in wanted { #expect(body.contains(text), "\(text)") }
    }

    @Test("the terms are data")
    func terms() throws {
        let terms = LegalTerms(silentMonths: 1, silence: .acceptance, remedies: "Aucun.")
        let mail = try mails(terms).acknowledgement(
            of: application, to: try address(), establishment: "X", receivedAt: Self.received)
        #expect(mail?.body.contains("le 31 janvier 2027, votre demande sera considérée comme acceptée.") == true)
    }

    @Test("a receipt has amount, payee, time and reference")
    func receipt() throws {
        let body = try all()[4].body
        for text in ["42,50", "Régie des comptes nominatifs", "PEC1", "31 décembre 2026 à 8\u{A0}h\u{A0}00"] {
            #expect(body.contains(text), "\(text)")
        }
    }

    @Test("no subject tells of a prison, and no mail names who is detained")
    func discreet() throws {
        for mail in try all() {
            let words = ["prison", "pénitent", "détenu", "détention", "écrou", "visite", "pécule", "parloir", "permis"]
            for word in words {
                #expect(!mail.subject.lowercased().contains(word), "\(mail.subject)")
            }
            for secret in ["Grosjean", "Émile", "012345", "240001"] { #expect(!mail.body.contains(secret)) }
        }
    }

    @Test("every mail greets, and says whom to ask")
    func frame() throws {
        for mail in try all() {
            #expect(mail.body.hasPrefix("Bonjour,\n"))
            #expect(mail.body.contains("01 99 00 00 00"))
        }
        #expect(Set(try all().map(\.subject)).count == 7)
    }
}
