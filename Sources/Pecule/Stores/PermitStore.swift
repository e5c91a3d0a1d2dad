/// Where permits and establishments are looked up.
public protocol PermitStore: Sendable {
    func permit(_ number: PermitNumber) async throws(StoreFault) -> VisitPermit?
    func establishment(_ id: EstablishmentID) async throws(StoreFault) -> Establishment?
}
