import Foundation
public import Pecule
import PeculeHTTP

/// A visiting permit as the establishment granted it: to a person of this name, born on this day.
public struct GrantedPermit: Sendable, Equatable {
    public let permit: VisitPermit
    /// `1984-05-17`; nil where the establishment has not written it down.
    public let holderBirthDate: String?

    static let kind = "permit"

    public init(_ permit: VisitPermit, holderBirthDate: String? = nil) {
        (self.permit, self.holderBirthDate) = (permit, holderBirthDate)
    }

    func registered(by account: AccountID?) -> GrantedPermit {
        GrantedPermit(
            VisitPermit(
                number: permit.number, holder: permit.holder, detainee: permit.detainee, status: permit.status,
                registeredBy: account),
            holderBirthDate: holderBirthDate)
    }

    func with(_ status: VisitPermit.Status) -> GrantedPermit {
        GrantedPermit(
            VisitPermit(
                number: permit.number, holder: permit.holder, detainee: permit.detainee, status: status,
                registeredBy: permit.registeredBy),
            holderBirthDate: holderBirthDate)
    }

    /// Why it cannot go on this person's space; nil when nothing stands against it. Only the holder learns more than
    /// that there is no such permit for him.
    func refusal(at place: EstablishmentID, _ ecrouNumber: EcrouNumber, for relative: Relative) -> Registration? {
        guard permit.holder.isSamePerson(as: relative.name), isBirthDate(of: relative),
            permit.detainee.account == DetaineeAccount(establishment: place, ecrouNumber: ecrouNumber)
        else { return .unknown }
        if let account = permit.registeredBy { return account == relative.account ? .already : .unknown }
        return permit.status == .active ? nil : .notActive(permit.status)
    }

    private func isBirthDate(of relative: Relative) -> Bool {
        guard let holderBirthDate, let birthDate = relative.birthDate else { return true }
        return holderBirthDate == birthDate
    }
}

extension GrantedPermit {
    var text: String {
        let detainee = permit.detainee
        var members: [JSON.Member] = [
            ("holder", permit.holder.json), ("establishment", .string(detainee.establishment.text)),
            ("ecrou_number", .string(detainee.ecrouNumber.revealed)), ("detainee", detainee.name.json),
            ("status", .string(permit.status.rawValue)),
        ]
        if let account = permit.registeredBy { members.append(("registered_by", .string(account.revealed))) }
        if let holderBirthDate { members.append(("holder_birth_date", .string(holderBirthDate))) }
        return JSON.object(members).text
    }

    init(_ item: StoredItem) throws(StoreFault) {
        guard let json = try? JSON(parsing: Array(item.text.utf8)), let number = PermitNumber(item.id),
            let holder = json["holder"].flatMap(PersonName.init(json:)),
            let place = json["establishment"]?.string.flatMap(EstablishmentID.init),
            let ecrouNumber = json["ecrou_number"]?.string.flatMap({ try? EcrouNumber($0) }),
            let name = json["detainee"].flatMap(PersonName.init(json:)),
            let status = json["status"]?.string.flatMap(VisitPermit.Status.init)
        else { throw .corrupt("item permit") }
        let permit = VisitPermit(
            number: number, holder: holder,
            detainee: Detainee(establishment: place, ecrouNumber: ecrouNumber, name: name), status: status,
            registeredBy: json["registered_by"]?.string.flatMap(AccountID.init))
        self.init(permit, holderBirthDate: json["holder_birth_date"]?.string)
    }
}

extension Establishment {
    static let kind = "establishment"

    var text: String {
        var members: [JSON.Member] = [
            ("name", .string(name)), ("payee_name", .string(payee.name)), ("iban", .string(payee.iban.revealed)),
            ("accepts_transfers", .bool(acceptsTransfers)),
        ]
        if let bic = payee.bic { members.append(("bic", .string(bic.text))) }
        for (name, limit) in [("per_transfer", cap?.perTransfer), ("per_month", cap?.perMonth)] {
            if let limit { members.append((name, .integer(limit.cents))) }
        }
        return JSON.object(members).text
    }

    init(_ item: StoredItem) throws(StoreFault) {
        guard let json = try? JSON(parsing: Array(item.text.utf8)), let id = EstablishmentID(item.id),
            let name = json["name"]?.string, let iban = json["iban"]?.string.flatMap({ try? IBAN($0) }),
            let payeeName = json["payee_name"]?.string, let accepts = json["accepts_transfers"]?.bool,
            let payee = Payee(name: payeeName, iban: iban, bic: json["bic"]?.string.flatMap(BIC.init))
        else { throw .corrupt("item establishment") }
        let limits = ["per_transfer", "per_month"].map { json[$0]?.integer.flatMap { Amount(cents: $0) } }
        let cap = limits.contains { $0 != nil } ? TransferCap(perTransfer: limits[0], perMonth: limits[1]) : nil
        self.init(id: id, name: name, payee: payee, cap: cap, acceptsTransfers: accepts)
    }
}
