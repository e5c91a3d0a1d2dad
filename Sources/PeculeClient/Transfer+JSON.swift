import Foundation
import Pecule
import PeculeHTTP

extension TransferSummary {
    init(_ json: JSON) throws(Unreadable) {
        let outcome = try json.value("outcome") { $0 }
        self.init(
            id: try json.text("id") { TransferID($0) }, version: try json.integer("version"),
            state: try TransferState(try json.text("state"), reason: outcome["reason"]?.string),
            outcome: try TransferOutcome(outcome), amount: try json.value("amount_cents", Amount.init(json:)),
            permit: try json.text("permit") { PermitNumber($0) },
            detainee: try Detainee(try json.value("detainee") { $0 }),
            establishmentName: try json.text("establishment_name"), payeeName: try json.text("payee_name"),
            bank: try json.optional("bank") { $0.string.flatMap { BankID($0) } },
            bankReference: try json.optional("bank_reference", \.string), draftedAt: try json.time("drafted_at"),
            updatedAt: try json.time("updated_at"))
    }
}

extension TransferHistory {
    init(_ json: JSON) throws(Unreadable) {
        let transfers = try json.array("transfers").map { json throws(Unreadable) in try TransferSummary(json) }
        let next = try json.optional("next") { $0.string.flatMap { Cursor(text: $0) } }
        self.init(transfers: transfers, next: next)
    }
}

extension Amount {
    init?(json: JSON) {
        guard let cents = json.integer else { return nil }
        self.init(cents: cents)
    }
}

extension TransferState {
    init(_ name: String, reason: String?) throws(Unreadable) {
        switch name {
        case "drafted": self = .drafted
        case "initiating": self = .initiating
        case "awaitingApproval": self = .awaitingApproval
        case "confirming": self = .confirming(nil)
        case "executing": self = .executing
        case "settled": self = .settled
        case "failed":
            guard let reason = reason.flatMap(FailureReason.init(code:)) else { throw Unreadable(what: "reason") }
            self = .failed(reason)
        default: throw Unreadable(what: "state")
        }
    }
}

extension TransferOutcome {
    fileprivate init(_ json: JSON) throws(Unreadable) {
        switch try json.text("kind") {
        case "choose_bank": self = .chooseBank
        case "approve":
            let expires = try json.optionalTime("expires_at")
            if let address = json["redirect"]?.string {
                self = .approve(.redirect(to: address, expires: expires))
            } else {
                self = .approve(.decoupled(message: try json.optional("message", \.string), expires: expires))
            }
        case "underway": self = .underway
        case "unknown": self = .unknown(since: try json.time("since"))
        case "settled": self = .settled
        case "failed": self = .failed(try json.text("reason") { FailureReason(code: $0) })
        default: throw Unreadable(what: "outcome")
        }
    }
}

extension Detainee {
    fileprivate init(_ json: JSON) throws(Unreadable) {
        self.init(
            establishment: try json.text("establishment") { EstablishmentID($0) },
            ecrouNumber: try json.text("ecrou_number") { try? EcrouNumber($0) },
            name: try PersonName(json: try json.value("name") { $0 }))
    }
}

extension PersonName {
    fileprivate init(json: JSON) throws(Unreadable) {
        let (birth, usage) = (try json.text("birth_name"), try json.optional("usage_name", \.string))
        let given = try json.texts("given_names")
        do throws(Problem) { try self.init(birthName: birth, usageName: usage, givenNames: given) } catch {
            throw Unreadable(what: "name")
        }
    }
}
