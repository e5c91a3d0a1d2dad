/// Where it is known who is detained. It answers yes or no and never gives a name, and it gives no reason for a no:
/// otherwise a form that asks it would be a way to search for prisoners.
public protocol DetaineeRegister: Sendable {
    /// Whether a convicted person bears that number in that establishment. No for a person on remand.
    func holdsConvicted(_ person: DetaineeAccount) async throws(StoreFault) -> Bool

    /// Whether that convicted person has that name, as `PersonName.isSamePerson` means it.
    func isConvicted(_ person: DetaineeAccount, named name: PersonName) async throws(StoreFault) -> Bool
}

/// « Statut pénal ».
public enum PenalStatus: Sendable, Hashable {
    case convicted
    /// Awaits judgement; permits are the magistrate's matter.
    case remand
}

/// A register in memory, for demonstrations and tests.
public struct DetaineeList: DetaineeRegister {
    private let people: [DetaineeAccount: (name: PersonName, status: PenalStatus)]

    public init(_ people: [(Detainee, PenalStatus)]) {
        self.people = Dictionary(
            people.map { ($0.account, (name: $0.name, status: $1)) }, uniquingKeysWith: { $1 })
    }

    public func holdsConvicted(_ person: DetaineeAccount) async throws(StoreFault) -> Bool {
        people[person]?.status == .convicted
    }

    public func isConvicted(_ person: DetaineeAccount, named name: PersonName) async throws(StoreFault) -> Bool {
        guard let found = people[person], found.status == .convicted else { return false }
        return found.name.isSamePerson(as: name)
    }
}
