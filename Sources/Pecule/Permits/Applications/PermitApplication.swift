public import Foundation

/// A « demande de permis de visite », from the first screen to its erasure. A value that only `apply` changes.
public struct PermitApplication: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    public let id: ApplicationID
    public let applicant: Applicant
    public let startedAt: Date
    /// Écrou number and establishment, once a register has found a convicted person there.
    public package(set) var detainee: DetaineeAccount?
    /// As the applicant typed it, once the register agreed. The register never says it.
    public package(set) var detaineeName: PersonName?
    public package(set) var hasReadList = false
    public package(set) var beneficiary: Beneficiary?
    public package(set) var relationship: Relationship?
    public package(set) var identityDocument: IdentityDocumentKind?
    /// In the order in which they were added.
    public package(set) var pieces: [Piece] = []
    /// Nil before that screen; empty for an applicant who had nothing to add.
    public package(set) var comment: FreeText?
    public package(set) var status = ApplicationStatus.draft
    /// Every status that was reached, the first first.
    public package(set) var milestones: [ApplicationMilestone]
    /// When anything last changed; a draft is kept for a while from here.
    public package(set) var changedAt: Date
    /// When the files were erased; the rest stays for longer.
    public package(set) var documentsErasedAt: Date?

    /// Characters of a comment.
    public static let longestComment = 2000

    /// A new draft.
    public init(id: ApplicationID, applicant: Applicant, at now: Date) {
        (self.id, self.applicant, startedAt, changedAt) = (id, applicant, now, now)
        milestones = [ApplicationMilestone(.draft, at: now)]
    }

    public var description: String { "application \(id), \(status.kind.rawValue)" }
    public var customMirror: Mirror { Mirror(self, children: ["id": id, "status": status.kind], displayStyle: .struct) }

    /// Who is to visit; nil while that is not said.
    public var visitor: PersonName? {
        switch beneficiary {
        case .applicant: applicant.name
        case .thirdParty(let visitor): visitor.name
        case nil: nil
        }
    }

    /// When the visitor was born; nil where that is not said.
    public var visitorBirthDate: DateOfBirth? {
        switch beneficiary {
        case .applicant: applicant.birthDate
        case .thirdParty(let visitor): visitor.birthDate
        case nil: nil
        }
    }

    /// When that status was last reached; nil when it never was.
    public func reached(_ status: ApplicationStatus.Kind) -> Date? { milestones.last { $0.status == status }?.at }

    /// The permit that an acceptance gave, registered on nobody's space yet; nil before that. Its holder is the
    /// visitor: an applicant cannot register a third party's.
    public var permit: VisitPermit? {
        guard case .accepted(let number) = status, let visitor, let detainee, let detaineeName else { return nil }
        let person = Detainee(
            establishment: detainee.establishment, ecrouNumber: detainee.ecrouNumber, name: detaineeName)
        return VisitPermit(number: number, holder: visitor, detainee: person, status: .active, registeredBy: nil)
    }

    /// What two applications have in common of which only one may be open; nil while it is not complete.
    public var duplicateKey: ApplicationDuplicateKey? {
        guard let detainee, let beneficiary else { return nil }
        return ApplicationDuplicateKey(applicant: applicant.account, visitor: beneficiary, detainee: detainee)
    }
}

/// One open application for each applicant, visitor, detained person and establishment.
public struct ApplicationDuplicateKey: Sendable, Hashable {
    public let applicant: AccountID
    /// The same person however the name is written: folded name and birth date; empty for the applicant.
    package let visitor: String
    public let detainee: DetaineeAccount

    init(applicant: AccountID, visitor: Beneficiary, detainee: DetaineeAccount) {
        (self.applicant, self.detainee) = (applicant, detainee)
        self.visitor =
            switch visitor {
            case .applicant: ""
            case .thirdParty(let person): "\(person.birthDate.revealed) \(person.name.firstNameKey)"
            }
    }
}
