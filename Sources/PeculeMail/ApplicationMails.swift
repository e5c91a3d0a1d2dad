public import Foundation
public import Pecule

/// Whom a relative can turn to: part of every acknowledgement (CRPA, R. 112-5).
public struct ServiceContact: Sendable, Hashable {
    public let name: String
    public let postalAddress: String
    public let email: EmailAddress
    public let phone: String

    public init(name: String, postalAddress: String, email: EmailAddress, phone: String) {
        (self.name, self.postalAddress, self.email, self.phone) = (name, postalAddress, email, phone)
    }
}

/// The mails of a permit application. No subject tells that somebody is detained, and no body names the detained
/// person, holds a document or gives the grounds of a decision: those stay on the personal space.
public struct ApplicationMails: Sendable {
    private let contact: ServiceContact
    private let terms: LegalTerms
    /// Where the personal space is.
    private let portal: String

    public init(contact: ServiceContact, terms: LegalTerms = .general, portal: String) {
        (self.contact, self.terms, self.portal) = (contact, terms, portal)
    }

    /// The acknowledgement of receipt (CRPA, L. 112-11 and R. 112-5).
    public func acknowledgement(
        of application: ApplicationID, to address: EmailAddress, establishment: String, receivedAt: Date
    ) -> Mail? {
        return mail(
            to: address, "Accusé de réception de votre demande \(application)",
            """
            Votre demande de permis de visite a bien été reçue.

            Référence : \(application)
            Date de réception : \(FrenchDate.day(receivedAt))
            Établissement : \(establishment)

            \(terms.silence(after: receivedAt))

            \(terms.remedies)

            Vous pouvez suivre votre demande sur votre espace personnel : \(portal)
            """)
    }

    /// A document or a new photo is asked for.
    public func complement(of application: ApplicationID, to address: EmailAddress, piece: PieceKind) -> Mail? {
        mail(
            to: address, "Votre demande \(application) : un document est attendu",
            """
            Pour poursuivre l’examen de votre demande, l’établissement a besoin d’un document :

            \(piece.french)

            Lisez son message et ajoutez ce document sur votre espace personnel : \(portal)
            """)
    }

    /// A decision was made; which one is told on the personal space, with its reasons.
    public func decision(on application: ApplicationID, to address: EmailAddress, decidedAt: Date) -> Mail? {
        mail(
            to: address, "Votre demande \(application) : une décision est disponible",
            """
            Une décision a été prise le \(FrenchDate.day(decidedAt)) sur votre demande \(application).

            Vous pouvez la lire, avec ses motifs, sur votre espace personnel : \(portal)

            Si elle ne vous est pas favorable : \(terms.remedies)
            """)
    }

    /// The applicant has taken the application back.
    public func cancellation(of application: ApplicationID, to address: EmailAddress) -> Mail? {
        mail(
            to: address, "Votre demande \(application) est annulée",
            """
            Vous avez annulé votre demande \(application). Les documents qu’elle contenait sont effacés.

            Si vous n’êtes pas à l’origine de cette annulation, contactez le service ci-dessous.
            """)
    }

    /// The electronic acknowledgement of a payment (CRPA, L. 112-11).
    public func receipt(of transfer: TransferSummary, to address: EmailAddress) -> Mail? {
        mail(
            to: address, "Reçu de votre virement \(transfer.id)",
            """
            Votre virement a été exécuté par votre banque.

            Référence : \(transfer.id)
            Montant : \(transfer.amount.french)
            Bénéficiaire : \(transfer.payeeName), \(transfer.establishmentName)
            Date : \(FrenchDate.dayAndTime(transfer.updatedAt))

            La somme est créditée en quelques jours ouvrés. Retrouvez ce reçu dans l’historique de votre espace \
            personnel : \(portal)
            """)
    }

    /// A message to the support has come; what stood in it is not repeated.
    public func acknowledgement(ofMessage reference: String, to address: EmailAddress) -> Mail? {
        mail(
            to: address, "Accusé de réception de votre message \(reference)",
            """
            Votre message au support a bien été reçu, sous la référence \(reference).

            Une réponse vous parvient en un mois au plus.
            """)
    }

    /// Nobody has logged in for long.
    public func unused(erasedAt: Date, to address: EmailAddress) -> Mail? {
        mail(
            to: address, "Votre compte sera effacé le \(FrenchDate.day(erasedAt))",
            """
            Personne ne s’est connecté à votre compte depuis longtemps. Il sera effacé le \(FrenchDate.day(erasedAt)), \
            avec ce qui y est enregistré.

            Pour le garder, connectez-vous avant cette date : \(portal)
            """)
    }

    private func mail(to address: EmailAddress, _ subject: String, _ text: String) -> Mail? {
        let body = """
            Bonjour,

            \(text)

            \(contact.name)
            \(contact.postalAddress)
            \(contact.email.revealed) – \(contact.phone)

            Ce message est envoyé automatiquement. Personne ne vous demandera par courriel un mot de passe, un code ou \
            des coordonnées bancaires.
            """
        return Mail(to: address, subject: subject, body: body)
    }
}
