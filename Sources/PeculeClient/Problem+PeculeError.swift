import Pecule
import PeculeHTTP

extension PeculeError {
    /// Reads what the gateway answered instead of a transfer (RFC 9457, with a code).
    init(problem json: JSON) throws(Unreadable) {
        let code = try json.text("code")
        switch code {
        case "unknown_transfer": self = .unknownTransfer
        case "transfer_conflict":
            self = .conflict(try json.texts("fields").compactMap(OrderField.init(rawValue:)))
        case "permit_refused": self = .permit(try json.text("reason") { PermitRefusal(code: $0) })
        case "over_cap": self = .overCap(try json.value("limit_cents", Amount.init(json:)))
        case "over_monthly_cap": self = .overMonthlyCap(left: Amount(cents: try json.integer("left_cents")))
        case "unknown_bank": self = .unknownBank
        case "outside_bank_limits":
            let (least, most) = (
                try json.value("least_cents", Amount.init(json:)), try json.value("most_cents", Amount.init(json:))
            )
            guard least <= most else { throw Unreadable(what: "most_cents") }
            self = .bankLimits(least...most)
        case "bank_needs_answers":
            let open = try json.array("questions").map { json throws(Unreadable) in try BankAnswerProblems.One(json) }
            self = .bankNeeds(BankAnswerProblems(open))
        case "bank_down": self = .bankDown
        case "return_address_not_allowed": self = .returnAddressNotAllowed
        case "return_refused": self = .returnRefused(try json.text("reason") { ReturnRefusal(code: $0) })
        case "not_now": self = .notNow(try TransferState(try json.text("state"), reason: json["reason"]?.string))
        case "bank_already_chosen": self = .bankAlreadyChosen(try json.text("bank") { BankID($0) })
        case "bank_not_reached": self = .bank(.notSent(try BankFault.Detail(json)))
        case "bank_outcome_unknown": self = .bank(.outcomeUnknown(try BankFault.Detail(json)))
        case "bank_refused":
            let reason = RejectionReason(json["bank_fault"]?["reason"]?.string)
            self = .bank(.refused(reason, try BankFault.Detail(json)))
        case "store_unavailable": self = .store(.unavailable(try json.text("reason")))
        case "store_outcome_unknown": self = .store(.outcomeUnknown(try json.text("reason")))
        case "store_corrupt": self = .store(.corrupt(try json.text("reason")))
        case "busy": self = .busy
        default:
            // Of the caller's key or request, or newer than this client.
            let words = json["detail"]?.string ?? json["title"]?.string ?? ""
            self = .remote(.refused(code: code, words))
        }
    }
}

extension BankAnswerProblems.One {
    fileprivate init(_ json: JSON) throws(Unreadable) {
        self.init(
            question: try BankQuestion(try json.value("question") { $0 }),
            reason: try json.text("reason") { BankAnswerProblems.Reason(code: $0) })
    }
}

extension BankFault.Detail {
    fileprivate init(_ json: JSON) throws(Unreadable) {
        let fault = try json.value("bank_fault") { $0 }
        self.init(
            try fault.text("cause") { BankFault.Cause(rawValue: $0) },
            status: try fault.optional("http_status", \.integer), traceID: try fault.optional("trace_id", \.string),
            retryAfter: try fault.optional("retry_after_seconds", \.integer).map { .seconds($0) })
    }
}
