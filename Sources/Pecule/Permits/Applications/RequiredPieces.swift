public import Foundation

/// The documents that an applicant must have: the list of step 2c and what is really asked, from one table.
public struct RequiredPieces: Sendable, Hashable {
    /// One line of the list.
    public struct Line: Sendable, Hashable {
        public let kind: PieceKind
        public let who: Who
        /// What it has to be, as relatives read it.
        public let french: String
    }

    /// Of whom a document is asked.
    public enum Who: Sendable, Hashable, CaseIterable {
        case everyone, minor, adultThirdParty

        /// As relatives read it.
        public var french: String {
            switch self {
            case .everyone: "Dans tous les cas"
            case .minor: "Si le visiteur est mineur"
            case .adultThirdParty: "Si la demande est faite pour un tiers majeur"
            }
        }
    }

    /// Everything that can be asked, before it is known who is to visit.
    public static let all: [Line] = [
        Line(
            kind: .identityPhoto, who: .everyone,
            french: "Une photo d’identité récente (moins de 3 mois) et de bonne qualité, au format JPEG ou PNG"),
        Line(
            kind: .identityDocument, who: .everyone,
            french: "Une pièce d’identité en cours de validité : carte nationale d’identité (recto et verso), "
                + "passeport ou titre de séjour (recto et verso)"),
        Line(
            kind: .proofOfAddress, who: .everyone,
            french: "Un justificatif de domicile de moins de 3 mois ; pour une personne hébergée, "
                + "ajoutez l’attestation de l’hébergeant"),
        Line(kind: .authorisation, who: .minor, french: "L’autorisation écrite d’un représentant légal du mineur"),
        Line(
            kind: .proofOfLink, who: .minor,
            french: "Un justificatif du lien entre le mineur et son représentant légal (livret de famille, jugement)"),
        Line(kind: .authorisation, who: .adultThirdParty, french: "L’accord écrit du visiteur, daté et signé"),
    ]

    /// What is asked for this visitor.
    public let lines: [Line]

    public init(for beneficiary: Beneficiary, of applicant: Applicant, at moment: Date) {
        let isMinor = beneficiary.isMinor(applicant, at: moment)
        lines = Self.all.filter { line in
            switch line.who {
            case .everyone: true
            case .minor: isMinor
            case .adultThirdParty: !isMinor && beneficiary != .applicant
            }
        }
    }

    public var kinds: [PieceKind] { lines.map(\.kind) }
}
