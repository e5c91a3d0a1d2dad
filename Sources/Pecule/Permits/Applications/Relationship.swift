/// What ties the visitor to the detained person (« relation », the drop-down of flyer A, step 2e).
public struct Relationship: Sendable, Hashable {
    /// The entries of the list, in the order in which they are shown.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case spouse, civilPartner, cohabitingPartner, parent, child, sibling, grandparent, grandchild
        case otherFamily, friend, other

        /// A refusal has fewer grounds against family (Code pénitentiaire, L. 341-4).
        public var isFamily: Bool { self != .friend && self != .other }

        /// As relatives read it.
        public var french: String {
            switch self {
            case .spouse: "Époux ou épouse"
            case .civilPartner: "Partenaire de PACS"
            case .cohabitingPartner: "Concubin ou concubine"
            case .parent: "Père ou mère"
            case .child: "Enfant"
            case .sibling: "Frère ou sœur"
            case .grandparent: "Grand-parent"
            case .grandchild: "Petit-enfant"
            case .otherFamily: "Autre membre de la famille"
            case .friend: "Ami ou amie"
            case .other: "Autre relation"
            }
        }
    }

    public let kind: Kind
    /// In the applicant's words; only of another relation.
    public let details: FreeText?

    /// - Parameter details: 1 to 100 characters where the kind is `.other`; ignored elsewhere.
    public init(_ kind: Kind, details: String = "") throws(ApplicationRefusal) {
        self.kind = kind
        self.details = kind == .other ? try FreeText(details, in: .relationship, longest: 100) : nil
    }
}
