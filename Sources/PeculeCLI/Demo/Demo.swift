import Foundation
import Pecule
import PeculeBanks
import PeculeCurl
import PeculeHTTP
import PeculeMockBank
import PeculeServer
import PeculeSimulation

/// The main job on stage: one transfer from the typed amount to the bank's ledger.
struct Demo {
    private let options: DemoOptions
    private let terminal = Terminal()
    private let journal: Journal
    private let clock = DemoClock()

    struct Stopped: Error {
        let problem: String
    }

    init(_ options: DemoOptions) {
        self.options = options
        journal = Journal(terminal)
    }

    /// - Returns: whether the expected end was reached.
    func run() async -> Bool {
        do {
            return try await play()
        } catch let stopped as Stopped {
            terminal.line("\n\(stopped.problem)", .bad)
        } catch {
            terminal.line("\nstopped: \(error)", .bad)
        }
        return false
    }

    private func play() async throws -> Bool {
        let amount: Amount
        do throws(Amount.Problem) { amount = try Amount(typed: options.amount) } catch {
            throw Stopped(problem: "refused before any network call: \(error)")
        }
        guard let data = DemoData() else { throw Stopped(problem: "the demonstration's data is not well-formed") }
        let mark = Identifier.hex(Environment.system.randomBytes(8))
        let folder = FileManager.default.temporaryDirectory.appending(path: "pecule-certificates-\(mark)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let network = try network(folder.path)
        journal.step("The mock bank starts")
        let bank = MockBank(profiles: network.profiles, trust: network.banks, clock: clock.now)
        let bankServer = try HTTPServer.start(.init(tls: network.banks?.server), handler: bank)
        let origin = "\(network.scheme)://127.0.0.1:\(bankServer.port)"
        bank.move(to: origin)
        journal.note("\(origin), nothing else to start")

        let stage = try await stage(data, bank, network, at: origin)
        let transfer = try await walk(stage, data, amount)
        let expected = expectation(transfer, stage)
        try await report(transfer, stage, data)
        await stage.server.stop(within: .seconds(1))
        await bankServer.stop(within: .seconds(1))
        let isReached = transfer.state == expected
        terminal.line()
        terminal.line(
            isReached ? "Done: \(options.outcome.rawValue), as expected." : "NOT the expected end.",
            isReached ? .good : .bad)
        return isReached
    }

    // MARK: The stage: gateway and return page

    private struct Stage {
        let gateway: PeculeGateway
        let profile: BankProfile
        let mockBank: MockBank
        let network: DemoNetwork
        let origin: String
        let browser: BrowserSession
        let address: ReturnAddress
        let server: HTTPServer
    }

    /// Certificates are made for a bank that demands them, and go when the demonstration ends.
    private func network(_ folder: String) throws -> DemoNetwork {
        guard MockBankProfile.secured.contains(where: { $0.id == options.bank }) else { return DemoNetwork() }
        journal.step("Certificates are made (mock-bank certificates DIR does it for you)")
        try MockBankCertificates.make(in: folder, at: Int(clock.now().timeIntervalSince1970))
        return try DemoNetwork(certificates: folder)
    }

    private func stage(
        _ data: DemoData, _ mockBank: MockBank, _ network: DemoNetwork, at origin: String
    ) async throws -> Stage {
        journal.step("The gateway learns the banks (the same document configures a real one)")
        let transport = JournalingTransport(who: "gateway → bank", inner: network.gateway, journal: journal)
        let directory = try await transport.send(HTTPRequest(.get, "\(origin)/mock/banks"), within: HTTPLimits())
        let profiles = try BankProfile.list(parsing: directory.body)
        guard let profile = profiles.first(where: { $0.bank.id.text == options.bank }) else {
            let known = (profiles.map(\.bank.id.text) + MockBankProfile.secured.map(\.id)).sorted()
            throw Stopped(problem: "unknown bank: \(options.bank) (known: \(known.joined(separator: ", ")))")
        }
        journal.note(BankCheck.summary(of: profile))

        let (name, environment) = ("Pecule demonstration", clock.environment)
        let banks = try BankDirectory(
            profiles.map { profile in
                HTTPBank(
                    profile, initiatingParty: name, transport: transport, environment: environment, seal: network.seal)
            })
        let relay = HandlerRelay()
        let server = try HTTPServer.start(handler: relay)
        guard let address = ReturnAddress("http://127.0.0.1:\(server.port)\(DemoPortal.path)"),
            let browser = BrowserSession("demo-browser-\(server.port)")
        else { throw Stopped(problem: "the return address is not well-formed") }
        let permits = InMemoryStore(establishments: [data.establishment], permits: [data.permit])
        let gateway = PeculeGateway(
            store: try await options.store.open(), permits: permits, banks: banks, returnAddresses: [address],
            environment: environment)
        journal.note("transfers are kept in \(options.store)")
        relay.open(DemoPortal(gateway: gateway, browser: browser))
        return Stage(
            gateway: gateway, profile: profile, mockBank: mockBank, network: network, origin: origin, browser: browser,
            address: address, server: server)
    }

    // MARK: The walk

    private func walk(_ stage: Stage, _ data: DemoData, _ amount: Amount) async throws -> TransferSummary {
        let account = data.payer.account
        journal.step("« Réaliser le virement » : the relative types \(options.amount)")
        let id = TransferID(random: Environment.system.randomBytes)
        let draft = try await stage.gateway.draft(id, payer: data.payer, permit: data.permit.number, amount: amount)
        journal.note("\(amount.french) for \(draft.establishmentName), transfer \(draft.id)")

        journal.step("The relative chooses \(stage.profile.bank.name)")
        let begun = try await begin(id, by: account, stage)
        switch begun.outcome {
        case .approve(.redirect(let link, _)): try await goToTheBank(link, stage)
        case .approve(.decoupled(let message, _)): try await answerTheTelephone(message, begun, stage)
        default: throw Stopped(problem: "no way to the bank: \(begun.state.name)")
        }

        journal.step("The gateway asks the bank until the end, with or without a browser")
        return try await settle(id, account, stage)
    }

    /// With what the bank has to know before, asked and answered as on a portal's page.
    private func begin(_ id: TransferID, by account: AccountID, _ stage: Stage) async throws -> TransferSummary {
        let (bank, gateway) = (stage.profile.bank.id, stage.gateway)
        do throws(PeculeError) {
            return try await gateway.begin(
                id, by: account, at: bank, from: stage.browser, returningTo: stage.address, answering: [:],
                over: Self.connection)
        } catch {
            guard case .bankNeeds(let problems) = error else { throw error }
            for problem in problems.all { journal.note("the bank needs to know: « \(problem.question.label) »") }
        }
        let login = Self.login(for: options.outcome)
        let own = stage.mockBank.accounts().first { $0.bank == bank.text && $0.owner == login }
        return try await gateway.begin(
            id, by: account, at: bank, from: stage.browser, returningTo: stage.address,
            answering: [BankQuestion.debtorIBAN.id: own?.iban ?? "", BankQuestion.payerID.id: login],
            over: Self.connection)
    }

    private static let connection = PayerConnection(ipAddress: "127.0.0.1", userAgent: "Pecule demonstration")

    private func goToTheBank(_ link: String, _ stage: Stage) async throws {
        journal.step("The browser goes to the bank")
        var payer = payer(stage.network.browser)
        if options.outcome == .closedTab { payer.leavesBefore = stage.address.text }
        if let page = try await payer.walk(from: link) {
            journal.note("the portal says: « \(page.title) »")
        } else {
            journal.note("closes the browser: nothing comes back to the portal")
        }
    }

    private func answerTheTelephone(_ message: String?, _ begun: TransferSummary, _ stage: Stage) async throws {
        journal.step("The portal says: « \(message ?? "Validez le paiement auprès de votre banque.") »")
        let answer: String
        switch options.outcome {
        case .settled, .insufficientFunds, .closedTab: answer = "approve"
        case .refused: answer = "refuse"
        case .expired: return journal.note("nobody takes up the telephone")
        case .wrongCode: throw Stopped(problem: "at \(stage.profile.bank.name) no code is typed: try another outcome")
        }
        let login = Self.login(for: options.outcome)
        let payment = "\(stage.profile.bank.id)/phone/\(login)/\(begun.bankReference ?? "")"
        let telephone = JournalingTransport(who: "telephone", inner: stage.network.browser, journal: journal)
        let request = HTTPRequest(.post, "\(stage.origin)/\(payment)/\(answer)")
        let response = try await telephone.send(request, within: HTTPLimits())
        guard response.status < 400 else { throw Stopped(problem: "the telephone answers \(response.status)") }
    }

    /// The customer of the mock bank whose account or fate brings the ending about.
    static func login(for outcome: DemoOutcome) -> String {
        switch outcome {
        case .insufficientFunds: "noe"
        case .expired: "expire"
        case .settled, .refused, .wrongCode, .closedTab: "camille"
        }
    }

    private func payer(_ browser: CurlTransport) -> ScriptedPayer {
        let transport = JournalingTransport(who: "browser", inner: browser, journal: journal)
        var payer = ScriptedPayer(login: Self.login(for: options.outcome), transport: transport, journal: journal)
        payer.refuses = options.outcome == .refused
        payer.mistypes = options.outcome == .wrongCode
        return payer
    }

    /// The sweeper alone, as after a closed tab; minutes that only pass are skipped.
    private func settle(_ id: TransferID, _ account: AccountID, _ stage: Stage) async throws -> TransferSummary {
        let sweeper = Sweeper(stage.gateway)
        for _ in 0..<60 {
            let transfer = try await stage.gateway.refresh(id, by: account)
            if transfer.state.isFinal { return transfer }
            clock.skip(30)
            try await sweeper.sweep()
        }
        return try await stage.gateway.refresh(id, by: account)
    }

    // MARK: The end

    private func expectation(_ transfer: TransferSummary, _ stage: Stage) -> TransferState {
        switch options.outcome {
        case .settled: return .settled
        case .refused: return .failed(.deniedByPayer)
        case .wrongCode:
            let code = if case .berlinGroup = stage.profile.standard { "SCA_INVALID" } else { "MS03" }
            return .failed(.rejected(RejectionReason(code)))
        case .insufficientFunds: return .failed(.rejected(.insufficientFunds))
        case .expired: return .failed(.expired)
        case .closedTab:
            // Without the browser no proof of approval reaches the gateway: it cannot confirm, and says so.
            let needsProof = [.factorThenConfirm, .codeThenConfirm].contains(stage.profile.redirectFlow)
            return needsProof ? .failed(.expired) : .settled
        }
    }

    private func report(_ transfer: TransferSummary, _ stage: Stage, _ data: DemoData) async throws {
        let report = DemoReport(terminal: terminal)
        journal.step("The transfer")
        report.transfer(transfer)
        journal.step("The bank's ledger for it")
        report.ledger(stage.mockBank.ledger().filter { $0.endToEndID == transfer.id.text })
        journal.step("« Voir l’historique »")
        report.history(try await stage.gateway.history(of: data.payer.account))
    }
}
