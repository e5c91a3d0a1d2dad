import Foundation
import Pecule
import PeculeConformance
import Synchronization

/// A bank that a stranger reaches in a way of his own: here, a notebook in memory.
final class NotebookBank: BankProvider {
    private struct Page {
        let order: TransferOrder
        var status = BankReport.Status.pending
        let ends: Date
    }

    let bank: Bank
    private let now: @Sendable () -> Date
    private let pages = Mutex<[String: Page]>([:])

    init(_ bank: Bank, now: @escaping @Sendable () -> Date) { (self.bank, self.now) = (bank, now) }

    func initiate(_ order: TransferOrder, _ choice: BankChoice) async throws(BankFault) -> BankPayment {
        let id = "N-\(order.id)"
        let page = pages.withLock { pages in
            let page = pages[id] ?? Page(order: order, ends: choice.chosenAt.addingTimeInterval(900))
            pages[id] = page
            return page
        }
        return BankPayment(id: id, approval: .redirect(to: "https://notebook.example/\(id)", expires: page.ends))
    }

    func confirm(
        _ payment: BankPayment, of order: TransferOrder, _ choice: BankChoice, proof: ApprovalProof?
    ) async throws(BankFault) -> BankReport {
        turn(payment.id, to: .settled) { $0 == .approved }
        return try await report(payment, of: order)
    }

    func report(_ payment: BankPayment, of order: TransferOrder) async throws(BankFault) -> BankReport {
        let now = now()
        let page = pages.withLock { pages -> Page? in
            if let page = pages[payment.id], page.status == .pending, page.ends < now {
                pages[payment.id]?.status = .expired
            }
            return pages[payment.id]
        }
        guard let page else { throw .outcomeUnknown(.init(.unknownPayment)) }
        return BankReport(page.status, echo: PaymentEcho(of: page.order))
    }

    func cancel(
        _ payment: BankPayment, of order: TransferOrder, _ choice: BankChoice
    ) async throws(BankFault) -> BankReport {
        turn(payment.id, to: .cancelled) { $0 == .pending || $0 == .approved }
        return try await report(payment, of: order)
    }

    func turn(_ id: String, to status: BankReport.Status, where isMeant: (BankReport.Status) -> Bool) {
        pages.withLock { pages in
            guard let page = pages[id], isMeant(page.status) else { return }
            pages[id]?.status = status
        }
    }

    func debits(of order: TransferOrder) -> [Int] {
        pages.withLock { pages in
            pages.values.filter { $0.order.id == order.id && $0.status == .settled }.map(\.order.amount.cents)
        }
    }
}

/// What the kit has to know to play with it.
struct NotebookWorld: ConformanceWorld {
    func stage() async throws -> any ConformanceStage { try NotebookStage() }
}

final class NotebookStage: ConformanceStage {
    let returnAddress: ReturnAddress
    let answers: [String: String] = [:]
    private let notebook: NotebookBank
    private let clock = Clock()

    final class Clock: Sendable {
        let time = Mutex(Date(timeIntervalSince1970: 1_789_540_200))
        func now() -> Date { time.withLock { $0 } }
        func advance(_ seconds: TimeInterval) { time.withLock { $0 += seconds } }
    }

    init() throws {
        guard let id = BankID("notebook"), let address = ReturnAddress("https://portal.example/back") else {
            throw CocoaError(.coderValueNotFound)
        }
        returnAddress = address
        let clock = clock
        notebook = NotebookBank(Bank(id: id, name: "Notebook"), now: { clock.now() })
    }

    var provider: any BankProvider { notebook }

    var environment: Environment {
        let clock = clock
        return Environment(
            now: { clock.now() }, sleep: { clock.advance($0 / .seconds(1)) },
            randomBytes: Environment.system.randomBytes)
    }

    func advance(by seconds: TimeInterval) async { clock.advance(seconds) }

    func act(_ deed: PayerDeed, on payment: BankPayment) async throws -> String? {
        notebook.turn(payment.id, to: deed == .approve ? .approved : .denied) { $0 == .pending }
        return nil
    }

    func debits(of order: TransferOrder) async throws -> [Int] { notebook.debits(of: order) }

    /// A notebook has no wire that could break.
    func plays(_ trouble: ConformanceTrouble?, at step: ConformanceStep) async -> Bool { trouble == nil }
}
