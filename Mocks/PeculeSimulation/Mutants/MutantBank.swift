import Pecule

/// A bank connector with a planted bug.
struct MutantBank: BankProvider {
    let inner: any BankProvider
    let mutant: Mutant

    var bank: Bank { inner.bank }

    func initiate(_ order: TransferOrder, _ choice: BankChoice) async throws(BankFault) -> BankPayment {
        try await inner.initiate(order, choice)
    }

    func confirm(
        _ payment: BankPayment, of order: TransferOrder, _ choice: BankChoice, proof: ApprovalProof?
    ) async throws(BankFault) -> BankReport {
        do throws(BankFault) {
            return changed(try await inner.confirm(payment, of: order, choice, proof: proof), order)
        } catch {
            guard case .outcomeUnknown = error else { throw error }
            switch mutant {
            case .silenceMeansNo: return BankReport(.rejected(RejectionReason(nil)), echo: PaymentEcho(of: order))
            case .silenceMeansYes: return BankReport(.settled, echo: PaymentEcho(of: order))
            default: throw error
            }
        }
    }

    func report(_ payment: BankPayment, of order: TransferOrder) async throws(BankFault) -> BankReport {
        let tries = mutant == .storms ? 120 : 1
        for _ in 1..<tries {
            if let report = try? await inner.report(payment, of: order) { return report }
        }
        do throws(BankFault) {
            return changed(try await inner.report(payment, of: order), order)
        } catch {
            guard mutant == .refusedQuestionMeansRejected, error.wasSent else { throw error }
            return BankReport(.rejected(RejectionReason(nil)), echo: PaymentEcho(of: order))
        }
    }

    func cancel(
        _ payment: BankPayment, of order: TransferOrder, _ choice: BankChoice
    ) async throws(BankFault) -> BankReport {
        do throws(BankFault) {
            return changed(try await inner.cancel(payment, of: order, choice), order)
        } catch {
            guard mutant == .cancelsWithoutTheBank else { throw error }
            return BankReport(.cancelled, echo: PaymentEcho(of: order))
        }
    }

    private func changed(_ report: BankReport, _ order: TransferOrder) -> BankReport {
        switch (mutant, report.status) {
        case (.ignoresEcho, _): BankReport(report.status, echo: PaymentEcho(of: order))
        case (.acceptedMeansSettled, .executing), (.approvedMeansSettled, .approved),
            (.rejectedMeansSettled, .rejected):
            BankReport(.settled, echo: report.echo)
        case (.pendingMeansExpired, .pending): BankReport(.expired, echo: report.echo)
        default: report
        }
    }
}

extension BankFault {
    /// Whether the bank may have heard of it.
    fileprivate var wasSent: Bool {
        switch self {
        case .notSent: false
        case .refused, .outcomeUnknown: true
        }
    }
}
