/// What happens to an application.
public enum ApplicationEvent: Sendable, Hashable {
    // On a draft, by the applicant.

    /// A register knows a convicted person there.
    case detaineeFound(DetaineeAccount)
    /// The register agrees that this is the name.
    case detaineeNamed(PersonName)
    /// « J’ai compris ».
    case listRead
    case beneficiaryChosen(Beneficiary)
    case relationshipStated(Relationship)
    case identityDocumentChosen(IdentityDocumentKind)
    case commented(String)
    case submitted

    // On a draft, or in answer to a complement.

    /// Replaces what was there where only one may be.
    case pieceAdded(Piece)
    case pieceRemoved(PieceID)

    // Later, by the applicant.

    case complementAnswered
    case cancelled

    // By the establishment.

    case reviewBegun(StaffID)
    case complementAsked(PieceKind, message: String, StaffID)
    case accepted(PermitNumber, StaffID)
    case declined(ApplicationDecline, StaffID)

    // By rule.

    case documentsErased
}
