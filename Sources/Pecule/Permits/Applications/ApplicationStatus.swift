public import Foundation

/// How far an application has come (« statut de la demande »).
public enum ApplicationStatus: Sendable, Hashable {
    /// Not sent yet. Exits: submitted, cancelled; erased when it is left alone.
    case draft
    /// In the establishment's queue. Exits: underReview, complementRequested, cancelled.
    case submitted
    /// Somebody reads it. Exits: complementRequested, accepted, refused, cancelled.
    case underReview
    /// A document or a new photo is awaited. Exits: underReview, refused, cancelled.
    case complementRequested(ComplementRequest)
    case accepted(PermitNumber)
    case refused(ApplicationDecline)
    /// By the applicant.
    case cancelled

    /// The status without what it carries.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case draft
        case submitted
        case underReview = "under_review"
        case complementRequested = "complement_requested"
        case accepted, refused, cancelled

        /// As relatives read it.
        public var french: String {
            switch self {
            case .draft: "Brouillon"
            case .submitted: "Transmise"
            case .underReview: "En cours d’instruction"
            case .complementRequested: "Complément demandé"
            case .accepted: "Acceptée"
            case .refused: "Refusée"
            case .cancelled: "Annulée"
            }
        }

        /// Sent and not decided: what the duplicate rule counts and a queue shows.
        public var isOpen: Bool { self == .submitted || self == .underReview || self == .complementRequested }

        /// Nothing follows but erasure.
        public var isFinal: Bool { self != .draft && !isOpen }
    }

    public var kind: Kind {
        switch self {
        case .draft: .draft
        case .submitted: .submitted
        case .underReview: .underReview
        case .complementRequested: .complementRequested
        case .accepted: .accepted
        case .refused: .refused
        case .cancelled: .cancelled
        }
    }
}

/// What the establishment asks for beside what it got; a new photo is a complement of that kind.
public struct ComplementRequest: Sendable, Hashable {
    public let piece: PieceKind
    /// To the applicant, in the establishment's words.
    public let message: FreeText
    public let askedAt: Date

    package init(piece: PieceKind, message: FreeText, askedAt: Date) {
        (self.piece, self.message, self.askedAt) = (piece, message, askedAt)
    }

    /// Whether that file came in answer to it.
    public func isAnswered(by piece: Piece) -> Bool { piece.kind == self.piece && piece.addedAt > askedAt }
}

/// A refusal with its reasons; it must have some (Code pénitentiaire, L. 341-4; CRPA, L. 211-2).
public struct ApplicationDecline: Sendable, Hashable {
    /// The grounds that the law knows.
    public enum Ground: String, Sendable, Hashable, CaseIterable {
        case order, security, offencePrevention
        /// Not against members of the family.
        case reintegration
        /// A judge has forbidden that the two meet.
        case courtOrder
        /// What was asked for never came.
        case incompleteFile

        /// As relatives read it.
        public var french: String {
            switch self {
            case .order: "La visite troublerait le bon ordre de l’établissement"
            case .security: "La visite mettrait en danger la sécurité de personnes ou de l’établissement"
            case .offencePrevention: "La visite pourrait faciliter une infraction"
            case .reintegration: "La visite gênerait la réinsertion de la personne détenue"
            case .courtOrder: "Une décision de justice interdit la rencontre"
            case .incompleteFile: "Un document demandé n’a pas été envoyé"
            }
        }
    }

    public let grounds: [Ground]
    /// The facts, in the establishment's words, 1 to 2,000 characters.
    public let explanation: FreeText

    /// Refuses what has no ground or no explanation.
    public init(_ grounds: [Ground], explanation: String) throws(ApplicationRefusal) {
        guard !grounds.isEmpty else { throw .missing(.grounds) }
        self.grounds = grounds
        self.explanation = try FreeText(explanation, in: .explanation, longest: 2000)
    }
}

/// When a status was reached, and through whom.
public struct ApplicationMilestone: Sendable, Hashable {
    public let status: ApplicationStatus.Kind
    public let at: Date
    /// Nil for the applicant's own acts.
    public let by: StaffID?

    package init(_ status: ApplicationStatus.Kind, at: Date, by: StaffID? = nil) {
        (self.status, self.at, self.by) = (status, at, by)
    }
}
