import Foundation

// The bank's word: the only thing that ends a started transfer.
extension Transfer {
    mutating func reported(_ report: BankReport, _ now: Date, _ patience: Patience) -> TransferVerdict {
        let differences = order.differences(from: report.echo)
        switch state {
        case .drafted, .initiating:
            return .ignored
        case .awaitingApproval, .confirming, .executing:
            guard differences.isEmpty else { return raiseAlarm(differences, now) }
            return believe(report.status, now, patience)
        case .settled, .failed:
            guard differences.isEmpty, Self.moneyMoved(report.status) == (state != .settled) else { return .ignored }
            return contradicted(by: report.status)
        }
    }

    private mutating func believe(
        _ status: BankReport.Status, _ now: Date, _ patience: Patience
    ) -> TransferVerdict {
        switch (status, state) {
        case (.settled, _):
            finish(.settled)
            return .changed(.nothing)
        case (.rejected(let reason), _):
            fail(.rejected(reason))
            return .changed(.nothing)
        case (.denied, .executing), (.expired, .executing):
            // Whoever accepts an order for execution has the payer's approval.
            _ = contradicted(by: status)
            fail(status == .denied ? .deniedByPayer : .expired)
            return .changed(.nothing)
        case (.denied, _):
            fail(.deniedByPayer)
            return .changed(.nothing)
        case (.expired, _):
            fail(.expired)
            return .changed(.nothing)
        case (.cancelled, _):
            fail(.cancelled)
            return .changed(.nothing)
        case (.approved, .awaitingApproval) where payment?.expects == nil:
            unansweredSince = nil
            return confirm(nil, now, patience)
        case (.approved, .confirming(let proof)) where confirmationEnds.map { $0 <= now } ?? true:
            unansweredSince = nil
            return confirm(proof, now, patience)
        case (.executing, .awaitingApproval), (.executing, .confirming):
            move(to: .executing, now, patience)
            return .changed(.nothing)
        case (.pending, _), (.approved, _), (.executing, _):
            // Among these: approved, but only the payer's return can bring the proof that the bank wants; or approved
            // when the bank was asked, and a confirmation is perhaps still on its way.
            return answered()
        }
    }

    /// An answer that moves nothing still ends the silence.
    private mutating func answered() -> TransferVerdict {
        guard unansweredSince != nil else { return .ignored }
        unansweredSince = nil
        restsUntil = nil
        return .changed(.nothing)
    }

    /// Whether the payer's account is debited for good by this word; nil when it leaves that open.
    private static func moneyMoved(_ status: BankReport.Status) -> Bool? {
        switch status {
        case .settled: true
        case .rejected, .denied, .expired, .cancelled: false
        case .pending, .approved, .executing: nil
        }
    }

    /// The first such word is kept: what follows says no more.
    private mutating func contradicted(by status: BankReport.Status) -> TransferVerdict {
        guard contradiction == nil else { return .ignored }
        let first = if case .failed(let reason) = state { "failed (\(reason.code))" } else { state.name }
        contradiction = "\(first), then \(status.name)"
        return .changed(.nothing)
    }

    /// No success is believed from a bank that speaks of another payment: that is no answer. The next ones are heard
    /// again.
    private mutating func raiseAlarm(_ differences: [EchoDifference], _ now: Date) -> TransferVerdict {
        guard alarm != differences || unansweredSince == nil else { return .ignored }
        alarm = differences
        unansweredSince = unansweredSince ?? now
        return .changed(.nothing)
    }
}
