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
            guard mutant == .silenceMeansNo, case .outcomeUnknown = error else { throw error }
            return BankReport(.rejected(RejectionReason(nil)), echo: PaymentEcho(of: order))
        }
    }

    func report(_ payment: BankPayment, of order: TransferOrder) async throws(BankFault) -> BankReport {
        changed(try await inner.report(payment, of: order), order)
    }

    func cancel(
        _ payment: BankPayment, of order: TransferOrder, _ choice: BankChoice
    ) async throws(BankFault) -> BankReport {
        changed(try await inner.cancel(payment, of: order, choice), order)
    }

    private func changed(_ report: BankReport, _ order: TransferOrder) -> BankReport {
        switch (mutant, report.status) {
        case (.ignoresEcho, _): BankReport(report.status, echo: PaymentEcho(of: order))
        case (.acceptedMeansSettled, .executing): BankReport(.settled, echo: report.echo)
        default: report
        }
    }
}
