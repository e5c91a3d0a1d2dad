/// Everything that a call to the gateway can answer instead of a transfer. Closed: a portal maps each to a page.
public enum PeculeError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No transfer of this id for this payer.
    case unknownTransfer
    /// The id is taken by a transfer that differs in these fields.
    case conflict([OrderField])
    case permit(PermitRefusal)
    /// More than the establishment lets one transfer be.
    case overCap(Amount)
    /// More than is left this month; nil when nothing is left.
    case overMonthlyCap(left: Amount?)
    case unknownBank
    /// Outside what this bank takes in one transfer.
    case bankLimits(ClosedRange<Amount>)
    /// The bank has to be told this first: show the questions, and begin again with the answers. Nothing was sent.
    case bankNeeds(BankAnswerProblems)
    /// The bank has answered nobody lately, so that nobody is sent there now. Nothing was sent.
    case bankDown
    /// The return address is not one of those the gateway was set up with.
    case returnAddressNotAllowed
    /// The return from the bank is not well-formed, not ours, or from another browser. Nothing changed.
    case returnRefused(ReturnRefusal)
    /// Not possible in this state, or no longer.
    case notNow(TransferState)
    /// Another bank was chosen before and may have been reached.
    case bankAlreadyChosen(BankID)
    /// The bank did not open the payment, or it is not known whether it did.
    case bank(BankFault)
    case store(StoreFault)
    /// Other changes to the same transfer kept getting in between.
    case busy
    /// A gateway elsewhere could not be asked, or did not understand.
    case remote(RemoteFault)

    /// Why a browser's return is not taken.
    public enum ReturnRefusal: Sendable, Hashable {
        case unreadable(BankCallback.Problem)
        case unknownState
        case otherBrowser
        /// It says that it comes from another bank than the one that was chosen, or does not say it at all.
        case otherIssuer

        private static let all =
            BankCallback.Problem.allCases.map(Self.unreadable) + [.unknownState, .otherBrowser, .otherIssuer]

        /// Stable, for machines.
        public var code: String {
            switch self {
            case .unreadable(.notAQuery): "not_a_query"
            case .unreadable(.repeatedParameter): "repeated_parameter"
            case .unreadable(.noState): "no_state"
            case .unreadable(.contradictory): "contradictory"
            case .unknownState: "unknown_state"
            case .otherBrowser: "other_browser"
            case .otherIssuer: "other_issuer"
            }
        }

        /// Nil for a text that `code` does not write.
        public init?(code: String) {
            guard let refusal = Self.all.first(where: { $0.code == code }) else { return nil }
            self = refusal
        }
    }
}

/// What a caller can do about an error.
public enum RetryAdvice: Sendable, Hashable {
    /// The same call gives the same answer: something in the request has to change.
    case never
    /// The same call, with the same id, may succeed; at the earliest after this.
    case after(Duration)
    /// A person has to choose something else: another amount, bank or permit.
    case askPayer
    /// Read the transfer again (`refresh`) before anything else.
    case readAgain
}

extension PeculeError {
    public var retry: RetryAdvice {
        switch self {
        case .unknownTransfer, .conflict, .returnAddressNotAllowed, .returnRefused: .never
        case .permit, .overCap, .overMonthlyCap, .unknownBank, .bankLimits, .bankNeeds: .askPayer
        case .notNow, .bankAlreadyChosen: .readAgain
        case .bankDown: .after(.seconds(30))
        case .bank(.notSent(let detail)): .after(detail.retryAfter ?? .seconds(1))
        case .bank(.refused): .askPayer
        case .bank(.outcomeUnknown): .readAgain
        case .store(.unavailable), .busy: .after(.seconds(1))
        case .store(.outcomeUnknown): .readAgain
        case .store(.corrupt): .never
        case .remote(.notSent): .after(.seconds(1))
        case .remote(.outcomeUnknown): .readAgain
        case .remote(.refused): .never
        }
    }

    /// Whether the payer's account may have been touched by the call that failed. While this is true nobody may be
    /// told that the transfer failed.
    public var moneyMayHaveMoved: Bool {
        switch self {
        case .bank(.outcomeUnknown), .store(.outcomeUnknown), .store(.corrupt), .remote(.outcomeUnknown): true
        case .unknownTransfer, .conflict, .permit, .overCap, .overMonthlyCap, .unknownBank, .bankLimits, .bankNeeds,
            .bankDown, .returnAddressNotAllowed, .returnRefused, .notNow, .bankAlreadyChosen, .bank(.notSent),
            .bank(.refused), .store(.unavailable), .busy, .remote(.notSent), .remote(.refused):
            false
        }
    }

    /// Stable, for machines, without dynamic parts.
    public var code: String {
        switch self {
        case .unknownTransfer: "unknown_transfer"
        case .conflict: "transfer_conflict"
        case .permit: "permit_refused"
        case .overCap: "over_cap"
        case .overMonthlyCap: "over_monthly_cap"
        case .unknownBank: "unknown_bank"
        case .bankLimits: "outside_bank_limits"
        case .bankNeeds: "bank_needs_answers"
        case .bankDown: "bank_down"
        case .returnAddressNotAllowed: "return_address_not_allowed"
        case .returnRefused: "return_refused"
        case .notNow: "not_now"
        case .bankAlreadyChosen: "bank_already_chosen"
        case .bank(.notSent): "bank_not_reached"
        case .bank(.refused): "bank_refused"
        case .bank(.outcomeUnknown): "bank_outcome_unknown"
        case .store(.unavailable): "store_unavailable"
        case .store(.outcomeUnknown): "store_outcome_unknown"
        case .store(.corrupt): "store_corrupt"
        case .busy: "busy"
        case .remote(.notSent): "gateway_not_reached"
        case .remote(.outcomeUnknown): "gateway_outcome_unknown"
        case .remote(.refused): "gateway_refused"
        }
    }

    public var description: String {
        switch self {
        case .unknownTransfer: "transfer: no transfer of this id for this payer"
        case .conflict(let fields):
            "transfer: the id is taken by another \(fields.map(\.rawValue).joined(separator: ", ")); use a new id"
        case .permit(let refusal): refusal.description
        case .overCap(let cap): "amount: the establishment accepts at most \(cap) in one transfer"
        case .overMonthlyCap(let left):
            "amount: over what the establishment accepts this month; left: \(left?.description ?? "nothing")"
        case .unknownBank: "bank: not in the directory"
        case .bankLimits(let limits): "amount: this bank takes from \(limits.lowerBound) to \(limits.upperBound)"
        case .bankNeeds(let problems): "answers: \(problems)"
        case .bankDown: "bank: it has answered nobody lately; choose another, or try again later"
        case .returnAddressNotAllowed: "return address: not one of those the gateway was set up with"
        case .returnRefused(.unreadable(let problem)): problem.description
        case .returnRefused(.unknownState): "return from the bank: no transfer waits for this state"
        case .returnRefused(.otherBrowser): "return from the bank: another browser chose this bank"
        case .returnRefused(.otherIssuer): "return from the bank: it does not come from the bank that was chosen"
        case .notNow(let state): "transfer: not possible while \(state.name)"
        case .bankAlreadyChosen(let bank): "bank: \(bank) was chosen before and may know of it; read the transfer again"
        case .bank(let fault): "bank: \(fault)"
        case .store(let fault): fault.description
        case .busy: "transfer: changed by others at the same time; call again"
        case .remote(let fault): fault.description
        }
    }
}
