import Foundation
import Pecule

/// Every situation that a transfer can be in, reached by events alone.
enum Situation: String, CaseIterable, Sendable {
    case drafted
    /// The bank is being asked to open a payment, or the answer was lost.
    case opening
    /// It is certain that the bank never heard of it.
    case unreached
    case awaiting
    case awaitingCode = "awaiting code"
    case confirming
    case confirmingCode = "confirming code"
    case executing
    case settled
    case failed
    /// Another amount came back: an operator has to look.
    case alarmed

    static let start = paris("2026-11-20 10:00")
    static let patience = Patience()

    var transfer: Transfer {
        var transfer = Transfer(Sample.order(at: Self.start), patience: Self.patience)
        for event in history { _ = try? transfer.apply(event.value, at: Self.start, patience: Self.patience) }
        return transfer
    }

    private var history: [Happening] {
        switch self {
        case .drafted: []
        case .opening: [.choose]
        case .unreached: [.choose, .silentNotSent]
        case .awaiting: [.choose, .opened]
        case .awaitingCode: [.choose, .openedForCode]
        case .confirming: [.choose, .opened, .reportedApproved]
        case .confirmingCode: [.choose, .openedForCode, .returnCode]
        case .executing: [.choose, .opened, .reportedExecuting]
        case .settled: [.choose, .opened, .reportedSettled]
        case .failed: [.choose, .opened, .reportedRejected]
        case .alarmed: [.choose, .opened, .reportedOtherwise]
        }
    }
}

/// Every kind of event, with each difference in it that can matter.
enum Happening: String, CaseIterable, Sendable {
    case choose
    case chooseAnother = "choose another"
    case opened
    case openedForCode = "opened for code"
    case refused
    case returnBare = "return bare"
    case returnCode = "return code"
    case returnFactor = "return factor"
    case reportedPending = "pending"
    case reportedApproved = "approved"
    /// After any confirmation must have ended.
    case reportedApprovedLater = "approved later"
    case reportedExecuting = "executing"
    case reportedSettled = "settled"
    case reportedRejected = "rejected"
    case reportedDenied = "denied"
    case reportedExpired = "expired"
    case reportedCancelled = "cancelled"
    case reportedOtherwise = "settled otherwise"
    case silentSent = "silent sent"
    case silentNotSent = "silent not sent"
    case deadlinePassed = "deadline passed"
    case deadlineAhead = "deadline ahead"
    case notified
    case cancel
    case reviewed

    static let code = ApprovalProof.authorizationCode("code-1")
    static let factor = ApprovalProof.authenticationFactor("factor-1")

    var value: TransferEvent {
        let order = Sample.order(at: Situation.start)
        func reported(_ status: BankReport.Status) -> TransferEvent {
            .reported(BankReport(status, echo: Sample.echo(of: order)))
        }
        func opened(_ expects: ApprovalProof.Kind?) -> TransferEvent {
            let step = ApprovalStep.redirect(to: "https://bank.example/approve/1", expires: nil)
            return .initiated(BankPayment(id: "P-1", approval: step, expects: expects))
        }
        return switch self {
        case .choose: .bankChosen(Sample.choice())
        case .chooseAnother: .bankChosen(Sample.choice("rivage", state: "b"))
        case .opened: opened(nil)
        case .openedForCode: opened(.authorizationCode)
        case .refused: .bankRefused(.insufficientFunds)
        case .returnBare: .payerReturned(nil)
        case .returnCode: .payerReturned(Self.code)
        case .returnFactor: .payerReturned(Self.factor)
        case .reportedPending: reported(.pending)
        case .reportedApproved, .reportedApprovedLater: reported(.approved)
        case .reportedExecuting: reported(.executing)
        case .reportedSettled: reported(.settled)
        case .reportedRejected: reported(.rejected(.insufficientFunds))
        case .reportedDenied: reported(.denied)
        case .reportedExpired: reported(.expired)
        case .reportedCancelled: reported(.cancelled)
        case .reportedOtherwise:
            .reported(BankReport(.settled, echo: Sample.echo(of: order, amount: Sample.amount(4_251))))
        case .silentSent: .bankSilent(sent: true)
        case .silentNotSent: .bankSilent(sent: false)
        case .deadlinePassed, .deadlineAhead: .deadlinePassed
        case .notified: .bankNotified
        case .cancel: .cancelRequested
        case .reviewed: .operatorReviewed
        }
    }

    func moment(for transfer: Transfer) -> Date {
        switch self {
        case .deadlinePassed: transfer.deadline ?? Situation.start + 3_600
        case .deadlineAhead: transfer.deadline.map { $0 - 1 } ?? Situation.start
        case .reportedApprovedLater: Situation.start + Situation.patience.call
        default: Situation.start + 1
        }
    }
}
