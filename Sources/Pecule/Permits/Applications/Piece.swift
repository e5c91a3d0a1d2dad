public import Foundation

/// What a file of an application is there for (« pièce »).
public enum PieceKind: String, Sendable, Hashable, CaseIterable {
    case identityPhoto, identityDocument, proofOfAddress
    /// Of the legal representative of a minor, or of a third party of age.
    case authorisation
    /// Of a minor with the legal representative, such as a « livret de famille ».
    case proofOfLink
    /// Whatever else the establishment asks for.
    case additional

    /// As relatives read it.
    public var french: String {
        switch self {
        case .identityPhoto: "Photo d’identité"
        case .identityDocument: "Pièce d’identité"
        case .proofOfAddress: "Justificatif de domicile"
        case .authorisation: "Autorisation"
        case .proofOfLink: "Justificatif du lien"
        case .additional: "Document complémentaire"
        }
    }

    /// Files that may stand under one kind.
    public var mostFiles: Int { self == .identityPhoto ? 1 : 6 }

    /// Where in the fixed order it is asked.
    public var step: ApplicationStep {
        switch self {
        case .identityPhoto: .identityPhoto
        case .identityDocument: .identityDocument
        case .proofOfAddress: .proofOfAddress
        case .authorisation, .proofOfLink, .additional: .otherPieces
        }
    }
}

/// The kinds of identity document (« pièce d’identité », step 2g).
public enum IdentityDocumentKind: String, Sendable, Hashable, CaseIterable {
    case nationalIdentityCard, passport, residencePermit

    /// As relatives read it.
    public var french: String {
        switch self {
        case .nationalIdentityCard: "Carte nationale d’identité"
        case .passport: "Passeport"
        case .residencePermit: "Titre de séjour"
        }
    }

    /// Sides to be shown, each a picture of its own or all in one PDF.
    public var sides: Int { self == .passport ? 1 : 2 }
}

/// One file of an application, without what is in it.
public struct Piece: Sendable, Hashable {
    /// The formats that are taken.
    public enum Format: String, Sendable, Hashable, CaseIterable {
        case jpeg, png, pdf

        public var mediaType: String {
            switch self {
            case .jpeg: "image/jpeg"
            case .png: "image/png"
            case .pdf: "application/pdf"
            }
        }
    }

    public let id: PieceID
    public let kind: PieceKind
    public let format: Format
    /// Bytes.
    public let size: Int
    /// What the applicant's device called the file, made harmless: a label, never a path.
    public let label: String
    public let addedAt: Date

    public init(id: PieceID, kind: PieceKind, format: Format, size: Int, label: String, addedAt: Date) {
        (self.id, self.kind, self.format) = (id, kind, format)
        (self.size, self.label, self.addedAt) = (size, label, addedAt)
    }
}
