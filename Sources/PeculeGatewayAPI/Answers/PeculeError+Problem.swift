import Pecule
import PeculeHTTP

extension Refusal {
    /// What the gateway answers instead of a transfer, with all that a caller needs to go on.
    init(_ error: PeculeError) {
        self.init(
            status: error.status, code: error.code, title: error.title, detail: error.description,
            members: error.members
                + [("money_may_have_moved", .bool(error.moneyMayHaveMoved)), ("retry", error.advice)],
            fields: error.retryAfter.map { [("Retry-After", String($0))] } ?? [])
    }
}

extension PeculeError {
    /// 4xx: nothing was sent to a bank because of this call, or the bank said no.
    fileprivate var status: Int {
        switch self {
        case .unknownTransfer: 404
        case .permit, .returnAddressNotAllowed: 403
        case .conflict: 422
        case .overCap, .overMonthlyCap, .unknownBank, .bankLimits, .bankNeeds, .returnRefused, .notNow,
            .bankAlreadyChosen, .bank(.refused), .busy:
            409
        case .bankDown, .store(.unavailable), .store(.outcomeUnknown): 503
        case .bank(.notSent): 502
        case .bank(.outcomeUnknown): 504
        case .store(.corrupt), .remote: 500
        }
    }

    fileprivate var title: String {
        switch self {
        case .unknownTransfer: "No such transfer"
        case .conflict: "The id or the key is taken by another request"
        case .permit: "The permit does not carry this transfer"
        case .overCap, .overMonthlyCap: "More than the establishment accepts"
        case .unknownBank: "No such bank"
        case .bankLimits: "The bank does not take this amount"
        case .bankNeeds: "The bank has to be told more"
        case .bankDown: "The bank does not answer at present"
        case .returnAddressNotAllowed: "The return address is not allowed"
        case .returnRefused: "The return from the bank is not taken"
        case .notNow: "Not possible in this state"
        case .bankAlreadyChosen: "Another bank was chosen before"
        case .bank(.notSent): "The bank was not reached"
        case .bank(.refused): "The bank refused"
        case .bank(.outcomeUnknown): "It is not known what the bank did"
        case .store: "The store has a problem"
        case .busy: "Others change the transfer at the same time"
        case .remote: "The gateway has a problem"
        }
    }

    /// What the error speaks of, in members of their own.
    fileprivate var members: [JSON.Member] {
        switch self {
        case .conflict(let fields): [("fields", .array(fields.map { .string($0.rawValue) }))]
        case .permit(let refusal): [("reason", .string(refusal.code))]
        case .overCap(let limit): [("limit_cents", .integer(limit.cents))]
        case .overMonthlyCap(let left): [("left_cents", .integer(left?.cents ?? 0))]
        case .bankLimits(let limits):
            [("least_cents", .integer(limits.lowerBound.cents)), ("most_cents", .integer(limits.upperBound.cents))]
        case .bankNeeds(let problems):
            [
                (
                    "questions",
                    .array(problems.all.map { ["question": $0.question.json, "reason": .string($0.reason.code)] })
                )
            ]
        case .returnRefused(let refusal): [("reason", .string(refusal.code))]
        case .notNow(let state): [("state", .string(state.name))] + Self.reason(of: state)
        case .bankAlreadyChosen(let bank): [("bank", .string(bank.text))]
        case .bank(let fault): [("bank_fault", fault.json)]
        case .store(.unavailable(let why)), .store(.outcomeUnknown(let why)), .store(.corrupt(let why)):
            [("reason", .string(why))]
        case .unknownTransfer, .unknownBank, .bankDown, .returnAddressNotAllowed, .busy, .remote: []
        }
    }

    private static func reason(of state: TransferState) -> [JSON.Member] {
        if case .failed(let reason) = state { [("reason", .string(reason.code))] } else { [] }
    }

    fileprivate var advice: JSON {
        switch retry {
        case .never: "never"
        case .after: "after"
        case .askPayer: "ask_payer"
        case .readAgain: "read_again"
        }
    }

    /// Whole seconds.
    fileprivate var retryAfter: Int? {
        guard case .after(let time) = retry else { return nil }
        return Int(max(1, time.components.seconds + (time.components.attoseconds > 0 ? 1 : 0)))
    }
}

extension BankFault {
    fileprivate var json: JSON {
        var members: [JSON.Member] = [("cause", .string(detail.cause.rawValue))]
        if case .refused(let reason, _) = self { members.append(("reason", .string(reason.code))) }
        if let status = detail.status { members.append(("http_status", .integer(status))) }
        if let trace = detail.traceID { members.append(("trace_id", .string(trace))) }
        if let time = detail.retryAfter {
            members.append(("retry_after_seconds", .integer(Int(time.components.seconds))))
        }
        return .object(members)
    }
}
