public import Foundation

/// Who asks for a permit: the logged-in account (« demandeur »).
public struct Applicant: Sendable, Hashable {
    public let account: AccountID
    public let name: PersonName
    /// Nil when the identity says none.
    public let birthDate: DateOfBirth?
    /// Where acknowledgements go.
    public let email: EmailAddress

    public init(account: AccountID, name: PersonName, birthDate: DateOfBirth?, email: EmailAddress) {
        (self.account, self.name, self.birthDate, self.email) = (account, name, birthDate, email)
    }
}

/// Another person who is to visit, and for whom the applicant asks.
public struct ThirdParty: Sendable, Hashable {
    /// What ties the visitor to the applicant.
    public enum Link: String, Sendable, Hashable, CaseIterable {
        case child, ward, otherFamily, other

        /// As relatives read it: the visitor is my …
        public var french: String {
            switch self {
            case .child: "Mon enfant"
            case .ward: "Une personne dont je suis le représentant légal"
            case .otherFamily: "Un autre membre de ma famille"
            case .other: "Une autre personne"
            }
        }
    }

    public let name: PersonName
    public let birthDate: DateOfBirth
    public let link: Link

    public init(name: PersonName, birthDate: DateOfBirth, link: Link) {
        (self.name, self.birthDate, self.link) = (name, birthDate, link)
    }
}

/// For whom a permit is asked (« pour vous ou un tiers », step 2d).
public enum Beneficiary: Sendable, Hashable {
    case applicant
    /// The permit will be strictly personal to them: the applicant cannot pay under it.
    case thirdParty(ThirdParty)

    /// Whether the visitor is under 18 at that moment. Who does not say when they were born counts as of age: the
    /// establishment sees the identity document.
    public func isMinor(_ applicant: Applicant, at moment: Date) -> Bool {
        switch self {
        case .applicant: applicant.birthDate?.isMinor(at: moment) ?? false
        case .thirdParty(let visitor): visitor.birthDate.isMinor(at: moment)
        }
    }
}
