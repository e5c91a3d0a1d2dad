/// A « personne détenue », as known to one establishment.
public struct Detainee: Sendable, Hashable {
    public let establishment: EstablishmentID
    public let ecrouNumber: EcrouNumber
    public let name: PersonName

    public init(establishment: EstablishmentID, ecrouNumber: EcrouNumber, name: PersonName) {
        self.establishment = establishment
        self.ecrouNumber = ecrouNumber
        self.name = name
    }

    /// What caps are counted by: the number is unique within the establishment only.
    public var account: DetaineeAccount { DetaineeAccount(establishment: establishment, ecrouNumber: ecrouNumber) }
}

/// The key of a pécule (« compte nominatif »).
public struct DetaineeAccount: Sendable, Hashable {
    public let establishment: EstablishmentID
    public let ecrouNumber: EcrouNumber

    public init(establishment: EstablishmentID, ecrouNumber: EcrouNumber) {
        self.establishment = establishment
        self.ecrouNumber = ecrouNumber
    }
}
