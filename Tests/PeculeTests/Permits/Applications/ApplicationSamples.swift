import Foundation
import Pecule

/// One application of Jeanne's at every stage; all invented.
extension Sample {
    static let applicant = Applicant(
        account: payer.account, name: payer.name, birthDate: DateOfBirth("1980-02-29"), email: email("j@mail.example"))
    static let young = Applicant(
        account: payer.account, name: payer.name, birthDate: DateOfBirth("2010-01-01"), email: email("j@mail.example"))
    static let officer = staff("greffe-7")

    static func email(_ text: String) -> EmailAddress {
        guard let email = EmailAddress(text) else { preconditionFailure("no address") }
        return email
    }

    static func staff(_ text: String) -> StaffID {
        guard let staff = StaffID(text) else { preconditionFailure("no staff id") }
        return staff
    }

    static func born(_ text: String) -> DateOfBirth {
        guard let date = DateOfBirth(text) else { preconditionFailure("no birth date") }
        return date
    }

    static func visitor(born text: String, _ link: ThirdParty.Link = .child) -> Beneficiary {
        .thirdParty(ThirdParty(name: name("Petit", "Léo"), birthDate: born(text), link: link))
    }

    static func piece(
        _ kind: PieceKind, _ format: Piece.Format = .jpeg, number: UInt8 = 1, at now: Date = morning
    ) -> Piece {
        let id = PieceID { count in [UInt8](repeating: number, count: count) }
        return Piece(id: id, kind: kind, format: format, size: 1000, label: "scan", addedAt: now)
    }

    static func decline(_ grounds: ApplicationDecline.Ground...) throws -> ApplicationDecline {
        try ApplicationDecline(grounds, explanation: "Les faits.")
    }

    /// What fills in a whole draft, step by step.
    static func filling(for beneficiary: Beneficiary = .applicant) throws -> [ApplicationEvent] {
        [
            .detaineeFound(detainee.account), .detaineeNamed(detainee.name), .listRead,
            .beneficiaryChosen(beneficiary), .relationshipStated(try Relationship(.sibling)),
            .pieceAdded(piece(.identityPhoto)), .identityDocumentChosen(.passport),
            .pieceAdded(piece(.identityDocument, number: 2)), .pieceAdded(piece(.proofOfAddress, .pdf, number: 3)),
            .commented(""),
        ]
    }

    static func application(
        _ events: [ApplicationEvent] = [], by applicant: Applicant = applicant, at now: Date = morning
    ) throws -> PermitApplication {
        let id = ApplicationID { count in [UInt8](repeating: 0xAB, count: count) }
        var application = PermitApplication(id: id, applicant: applicant, at: now)
        for event in events { try application.apply(event, at: now) }
        return application
    }

    /// One that stands in that status.
    static func application(in status: ApplicationStatus.Kind) throws -> PermitApplication {
        let sent = try filling() + [.submitted]
        let read = sent + [.reviewBegun(officer)]
        let more: [ApplicationEvent] =
            switch status {
            case .draft: try filling()
            case .submitted: sent
            case .underReview: read
            case .complementRequested: sent + [.complementAsked(.identityPhoto, message: "Floue.", officer)]
            case .accepted: read + [.accepted(permitNumber, officer)]
            case .refused: read + [.declined(try decline(.security), officer)]
            case .cancelled: sent + [.cancelled]
            }
        return try application(more)
    }
}

/// The code of a refusal, or the status that was reached.
func verdict(_ application: PermitApplication, _ event: ApplicationEvent, at now: Date = Sample.morning) -> String {
    do throws(ApplicationRefusal) {
        return try application.applying(event, at: now).status.kind.rawValue
    } catch { return error.code }
}
