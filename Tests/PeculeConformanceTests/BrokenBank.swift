import Foundation
import Pecule
import Synchronization

/// A provider with one bug.
final class BrokenBank: BankProvider {
    enum Flaw: Sendable {
        case saysSettled, echoesTheOrder, believesLies, takesLossForNothing, takesSilenceForNo, forgetsRest, ordersMore
        case hidesFaults, cancelsAnything, namesTheLink, mixesOrders, sendsAnywhere, hasExpired
    }

    private let inner: any BankProvider
    private let flaw: Flaw
    private let first = Mutex<BankPayment?>(nil)

    init(_ inner: any BankProvider, _ flaw: Flaw) { (self.inner, self.flaw) = (inner, flaw) }

    var bank: Bank { inner.bank }

    func initiate(_ order: TransferOrder, _ choice: BankChoice) async throws(BankFault) -> BankPayment {
        var ordered = order
        if flaw == .ordersMore, let more = Amount(cents: order.amount.cents + 1), let other = Self.order(order, more) {
            ordered = other
        }
        let payment: BankPayment
        do throws(BankFault) { payment = try await inner.initiate(ordered, choice) } catch { throw fault(error) }
        return broken(payment)
    }

    func confirm(
        _ payment: BankPayment, of order: TransferOrder, _ choice: BankChoice, proof: ApprovalProof?
    ) async throws(BankFault) -> BankReport {
        do throws(BankFault) {
            return broken(try await inner.confirm(payment, of: order, choice, proof: proof), order)
        } catch {
            return try hidden(error, order)
        }
    }

    func report(_ payment: BankPayment, of order: TransferOrder) async throws(BankFault) -> BankReport {
        do throws(BankFault) { return broken(try await inner.report(payment, of: order), order) } catch {
            return try hidden(error, order)
        }
    }

    func cancel(
        _ payment: BankPayment, of order: TransferOrder, _ choice: BankChoice
    ) async throws(BankFault) -> BankReport {
        if flaw == .cancelsAnything { return BankReport(.cancelled, echo: PaymentEcho(of: order)) }
        do throws(BankFault) { return broken(try await inner.cancel(payment, of: order, choice), order) } catch {
            return try hidden(error, order)
        }
    }

    private func hidden(_ error: BankFault, _ order: TransferOrder) throws(BankFault) -> BankReport {
        guard flaw == .hidesFaults else { throw fault(error) }
        return BankReport(.executing, echo: PaymentEcho(of: order))
    }

    private func fault(_ fault: BankFault) -> BankFault {
        switch (flaw, fault) {
        case (.takesLossForNothing, .outcomeUnknown(let detail)): .notSent(detail)
        case (.takesSilenceForNo, .outcomeUnknown(let detail)): .refused(RejectionReason("MS03"), detail)
        case (.forgetsRest, .notSent(let detail)): .notSent(.init(detail.cause, status: detail.status))
        default: fault
        }
    }

    private func broken(_ report: BankReport, _ order: TransferOrder) -> BankReport {
        switch flaw {
        case .saysSettled: BankReport(.settled, echo: report.echo)
        case .echoesTheOrder, .believesLies: BankReport(report.status, echo: PaymentEcho(of: order))
        default: report
        }
    }

    private func broken(_ payment: BankPayment) -> BankPayment {
        switch flaw {
        case .namesTheLink:
            return BankPayment(id: payment.approval.revealed, approval: payment.approval, memo: payment.memo)
        case .mixesOrders:
            return first.withLock { first in
                first = first ?? payment
                return first ?? payment
            }
        case .sendsAnywhere:
            return BankPayment(id: payment.id, approval: .redirect(to: "javascript:alert(1)", expires: nil))
        case .hasExpired:
            let approval = ApprovalStep.redirect(to: payment.approval.revealed, expires: .distantPast)
            return BankPayment(id: payment.id, approval: approval, expects: payment.expects, memo: payment.memo)
        default: return payment
        }
    }

    private static func order(_ order: TransferOrder, _ amount: Amount) -> TransferOrder? {
        guard let number = PermitNumber("P1"), let ecrou = try? EcrouNumber("12345"),
            let name = try? PersonName(birthName: "Exemple", givenNames: ["Noel"]),
            let place = EstablishmentID("exemple")
        else { return nil }
        let detainee = Detainee(establishment: place, ecrouNumber: ecrou, name: name)
        let permit = VisitPermit(
            number: number, holder: order.payer.name, detainee: detainee, status: .active,
            registeredBy: order.payer.account)
        return TransferOrder(
            id: order.id, payer: order.payer, permit: permit,
            establishment: Establishment(id: place, name: "Centre exemple", payee: order.payee), amount: amount,
            at: Date(timeIntervalSince1970: 0))
    }
}
