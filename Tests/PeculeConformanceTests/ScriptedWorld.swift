import Foundation
import Pecule
import PeculeConformance
import Synchronization

/// The bank in the process, put under test as the author of a provider would do it with his own.
struct ScriptedWorld: ConformanceWorld {
    func stage() async throws -> any ConformanceStage {
        guard let id = BankID("banque-a"), let address = ReturnAddress("https://portal.example/retour") else {
            throw CocoaError(.coderValueNotFound)
        }
        return ScriptedStage(ScriptedBank(Bank(id: id, name: "Banque A")), address)
    }
}

final class ScriptedStage: ConformanceStage {
    let returnAddress: ReturnAddress
    let answers: [String: String] = [:]
    private let bank: ScriptedBank
    private let passed = Mutex<TimeInterval>(0)

    init(_ bank: ScriptedBank, _ returnAddress: ReturnAddress) {
        (self.bank, self.returnAddress) = (bank, returnAddress)
        bank.onConfirmation(.pending)
    }

    var provider: any BankProvider { bank }

    var environment: Environment {
        Environment(
            now: { [self] in Date(timeIntervalSince1970: 1_789_540_200 + passed.withLock { $0 }) },
            sleep: { [self] in await advance(by: $0 / .seconds(1)) },
            randomBytes: Environment.system.randomBytes)
    }

    /// A payment that nobody approves runs out.
    func advance(by seconds: TimeInterval) async {
        passed.withLock { $0 += seconds }
        if bank.status == .pending, seconds >= 3600 { bank.says(.expired) }
    }

    func act(_ deed: PayerDeed, on payment: BankPayment) async throws -> String? {
        bank.says(deed == .approve ? .approved : .denied)
        bank.onConfirmation(.settled)
        bank.onCancellation(.settled)
        return nil
    }

    func debits(of order: TransferOrder) async throws -> [Int] {
        bank.status == .settled ? [order.amount.cents] : []
    }

    func plays(_ trouble: ConformanceTrouble?, at step: ConformanceStep) async -> Bool {
        guard let trouble else { return true }
        guard let reply = Self.reply(trouble) else { return false }
        let steps: [ConformanceStep: ScriptedBank.Step] = [
            .initiate: .initiate, .confirm: .confirm, .report: .ask, .cancel: .cancel,
        ]
        // A fault is met once; a lie is told again and again.
        let times = ConformanceTrouble.allCases.firstIndex(of: trouble) ?? 0 < 9 ? 1 : 200
        for _ in 0..<times { bank.next(steps[step] ?? .ask, reply) }
        return true
    }

    private static func reply(_ trouble: ConformanceTrouble) -> ScriptedBank.Reply? {
        let (amount, iban) = (Amount(cents: 2550), try? IBAN("FR7699992000420000009876566"))
        func echo(_ amount: Amount?, _ currency: String?, _ creditor: IBAN?, _ id: String) -> ScriptedBank.Reply {
            .echoing(PaymentEcho(amount: amount, currency: currency, creditor: creditor, endToEndID: id))
        }
        return switch trouble {
        case .unreachable: .fault(.notSent(.init(.unreachable)))
        case .requestLost: .fault(.outcomeUnknown(.init(.timeout)))
        case .replyLost: .lost
        case .throttled: .fault(.notSent(.init(.tooManyRequests, status: 429, retryAfter: .seconds(120))))
        case .unavailable: .fault(.outcomeUnknown(.init(.serverError, status: 503)))
        case .unauthorised: .fault(.notSent(.init(.unauthorised, status: 401)))
        case .otherAmount: Amount(cents: 1).map { .amount($0) }
        case .otherCurrency: echo(amount, "CHF", iban, "CONFORMANCE1")
        case .otherBeneficiary: echo(amount, "EUR", try? IBAN("FR7699991000010000001234570"), "CONFORMANCE1")
        case .otherEndToEndID: echo(amount, "EUR", iban, "ANOTHER")
        case .noAmount: echo(nil, "EUR", iban, "CONFORMANCE1")
        case .noBeneficiary: echo(amount, "EUR", nil, "CONFORMANCE1")
        default: nil
        }
    }
}
