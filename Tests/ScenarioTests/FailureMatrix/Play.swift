import Foundation
import Pecule
import PeculeBanks
import PeculeHTTP
import PeculeMockBank
import Synchronization

@testable import PeculeCLI

/// One fault and one call, played with the real gateway and the real mock bank: what leads up to the call, the call
/// in trouble, and what people and sweeper do when the trouble is over.
struct Play {
    let world: World
    let call: MatrixCall
    let trouble: Trouble
    let id = TransferID(random: Environment.system.randomBytes)
    private let door: PortalDoor
    private var gateway: PeculeGateway
    private var link: String?
    private var hasApproved = false

    init(_ call: MatrixCall, _ fault: Fault) async throws {
        world = try await World(.handedOver, banks: MockBankProfile.fictional)
        self.call = call
        trouble = Trouble(fault, at: call)
        door = PortalDoor(inner: world.payerTransport, portal: world.address.text)
        gateway = try Self.process(world, trouble, knows: world.profiles)
        if call.before != .nothing { _ = await answer(.draft, gateway) }
        if call.before == .opened || call.before == .approved { try await open() }
        if call.before == .approved { await approve() }
        // A look is due, and nothing is too fresh to be asked about.
        world.clock.skip(30)
    }

    /// A process with a gateway: what it keeps in memory is gone with it.
    private static func process(
        _ world: World, _ trouble: Trouble, knows profiles: [BankProfile]
    ) throws -> PeculeGateway {
        let clock = world.clock
        let environment = Environment(
            now: { clock.now() + trouble.clockOffset },
            sleep: { duration in
                try Task.checkCancellation()
                clock.skip(duration / .seconds(1))
            }, randomBytes: Environment.system.randomBytes)
        let transport = TroubledTransport(inner: world.payerTransport, trouble: trouble)
        let banks = profiles.map { profile in
            HTTPBank(profile, initiatingParty: "Scenario", transport: transport, environment: environment)
        }
        return PeculeGateway(
            store: TroubledStore(inner: world.store, trouble: trouble), permits: world.store,
            banks: try BankDirectory(banks), returnAddresses: [world.address], environment: environment)
    }

    // MARK: The call in trouble

    /// - Returns: what the caller gets; of a second call as well when it gets something else.
    func inTrouble() async throws -> [Answer] {
        let known = trouble.fault == .bankGone ? world.profiles.filter { $0.bank.id.text != call.bank } : world.profiles
        let gateway = try Self.process(world, trouble, knows: known)
        let second = Mutex<Answer?>(nil)
        trouble.begin {
            let answer = await answer(call, gateway)
            second.withLock { $0 = answer }
        }
        // In a task of its own, which the trouble may cancel.
        let first = await Task { await answer(call, gateway) }.value
        if trouble.isDead { return [.none] }
        return [first] + [second.withLock { $0 }].compactMap(\.self).filter { $0.text != first.text }
    }

    private func answer(_ call: MatrixCall, _ gateway: PeculeGateway) async -> Answer {
        let payer = world.data.payer
        do throws(PeculeError) {
            switch call {
            case .draft:
                guard let amount = Amount(cents: 2550) else { return .none }
                return .transfer(
                    try await gateway.draft(id, payer: payer, permit: world.data.permit.number, amount: amount))
            case .begin:
                guard let bank = BankID(self.call.bank) else { return .none }
                return .transfer(
                    try await gateway.begin(
                        id, by: payer.account, at: bank, from: world.browser, returningTo: world.address))
            case .resume: return .transfer(try await gateway.resume(query: door.query, from: world.browser))
            case .refresh: return .transfer(try await gateway.refresh(id, by: payer.account))
            case .waitUntilFinal:
                return .transfer(try await gateway.waitUntilFinal(id, by: payer.account, within: .seconds(30)))
            case .cancel: return .transfer(try await gateway.cancel(id, by: payer.account))
            case .history: return .count(try await gateway.history(of: payer.account).transfers.count, "transfer")
            case .banks: return .count(try await gateway.banks().count, "bank")
            case .sweep:
                _ = try await Sweeper(gateway).sweep()
                return kept.map { .transfer(TransferSummary($0)) } ?? .none
            }
        } catch {
            return .error(error)
        }
    }

    // MARK: Afterwards

    /// The trouble ends. The portal does what the error advises, the payer chooses and approves what is still to be
    /// chosen and approved, and the sweeper does the rest.
    mutating func goOn(after answer: Answer) async throws {
        let late = trouble.end()
        for request in late { _ = try? await world.payerTransport.send(request, within: HTTPLimits()) }
        gateway = try Self.process(world, Trouble(.none, at: call), knows: world.profiles)
        // Whoever asked to cancel may have the bank's page open in another tab, and press « Confirmer » there.
        if call == .cancel { await approve() }
        var mayChoose = call.before == .nothing || call.before == .drafted
        if case .error(let error) = answer {
            await follow(error.retry)
            mayChoose = mayChoose && error.retry != .never && error.retry != .askPayer
        }
        for _ in 0..<400 {
            if let kept, kept.state.isFinal { return }
            if mayChoose, kept?.outcome == .chooseBank { _ = await self.answer(.begin, gateway) }
            await approveIfAsked()
            world.clock.skip(30)
            try await Sweeper(gateway).sweep()
        }
    }

    private func follow(_ advice: RetryAdvice) async {
        switch advice {
        case .after: _ = await answer(call, gateway)
        case .readAgain: _ = await answer(.refresh, gateway)
        case .never, .askPayer: break
        }
    }

    private mutating func approveIfAsked() async {
        guard case .approve(.redirect(let link, _)) = kept?.outcome, !hasApproved else { return }
        self.link = link
        await approve()
    }

    // MARK: The payer

    private mutating func open() async throws {
        guard case .transfer(let begun) = await answer(.begin, gateway),
            case .approve(.redirect(let link, _)) = begun.outcome
        else { throw CocoaError(.coderValueNotFound) }
        self.link = link
    }

    /// At the bank as far as its pages lead; the browser never reaches the portal by itself.
    private mutating func approve() async {
        guard let link else { return }
        hasApproved = true
        var payer = ScriptedPayer(
            login: "camille", transport: door, journal: Journal(Terminal(isSilent: true)))
        _ = try? await payer.walk(from: link)
    }

    // MARK: What can be seen

    var kept: Transfer? { world.store.transfer(id) }

    var debits: [Int] { kept.map { world.debits(of: $0.id) } ?? [] }
}

/// Keeps what the bank sends a browser back to the portal with, instead of showing a page.
final class PortalDoor: HTTPTransport {
    private let inner: any HTTPTransport
    private let portal: String
    private let kept = Mutex("")

    init(inner: any HTTPTransport, portal: String) {
        self.inner = inner
        self.portal = portal
    }

    var query: String { kept.withLock { $0 } }

    func send(_ request: HTTPRequest, within limits: HTTPLimits) async throws(HTTPTransportError) -> HTTPResponse {
        guard request.target.hasPrefix(portal) else { return try await inner.send(request, within: limits) }
        kept.withLock { $0 = String(request.query ?? "") }
        return HTTPResponse(status: 200)
    }
}
