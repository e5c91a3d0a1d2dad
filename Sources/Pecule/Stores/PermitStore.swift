/// Where permits and establishments are looked up.
public protocol PermitStore: Sendable {
    /// The permit of that number; nil when there is none.
    func permit(_ number: PermitNumber) async throws(StoreFault) -> VisitPermit?
    /// The establishment of that id; nil when it is not in the list.
    func establishment(_ id: EstablishmentID) async throws(StoreFault) -> Establishment?
}
