import Foundation
import Pecule
import PeculeHTTP

extension TransferSummary {
    var json: JSON {
        var members: [JSON.Member] = [
            ("id", .string(id.text)), ("version", .integer(version)), ("state", .string(state.name)),
            ("outcome", outcome.json), ("amount_cents", .integer(amount.cents)), ("permit", .string(permit.revealed)),
            ("detainee", detainee.json), ("establishment_name", .string(establishmentName)),
            ("payee_name", .string(payeeName)),
        ]
        if let bank { members.append(("bank", .string(bank.text))) }
        if let bankReference { members.append(("bank_reference", .string(bankReference))) }
        members += [("drafted_at", .time(draftedAt)), ("updated_at", .time(updatedAt))]
        return .object(members)
    }

    /// As it was when it was drafted: the first answer, given again to whoever creates it again.
    var asDrafted: TransferSummary {
        TransferSummary(
            id: id, version: 1, state: .drafted, outcome: .chooseBank, amount: amount, permit: permit,
            detainee: detainee, establishmentName: establishmentName, payeeName: payeeName, bank: nil,
            bankReference: nil, draftedAt: draftedAt, updatedAt: draftedAt)
    }
}

extension TransferOutcome {
    fileprivate var json: JSON {
        switch self {
        case .chooseBank: ["kind": "choose_bank"]
        case .approve(.redirect(let address, let expires)):
            .object([("kind", "approve"), ("redirect", .string(address))] + Self.expiry(expires))
        case .approve(.decoupled(let message, let expires)):
            .object(
                [("kind", "approve")] + (message.map { [("message", .string($0))] } ?? []) + Self.expiry(expires))
        case .underway: ["kind": "underway"]
        case .unknown(let since): ["kind": "unknown", "since": .time(since)]
        case .settled: ["kind": "settled"]
        case .failed(let reason): ["kind": "failed", "reason": .string(reason.code)]
        }
    }

    private static func expiry(_ expires: Date?) -> [JSON.Member] { expires.map { [("expires_at", .time($0))] } ?? [] }
}

extension Detainee {
    fileprivate var json: JSON {
        [
            "establishment": .string(establishment.text), "ecrou_number": .string(ecrouNumber.revealed),
            "name": name.json,
        ]
    }
}

extension PersonName {
    fileprivate var json: JSON {
        var members: [JSON.Member] = [("birth_name", .string(birthName))]
        if let usageName { members.append(("usage_name", .string(usageName))) }
        return .object(members + [("given_names", .array(givenNames.map(JSON.string)))])
    }
}

extension JSON {
    /// RFC 3339 in UTC, with milliseconds.
    static func time(_ date: Date) -> JSON { .string(date.formatted(Self.format)) }

    private static let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
}
