import Foundation
import Pecule
import PeculeBanks
import PeculeHTTP
import PeculeMockBank

/// Everything that one simulation shares: time and chance, the mock bank, the gateway's durable store, its processes,
/// and those who watch.
// One thread runs everything of one simulation.
final class World: @unchecked Sendable {
    static let bankOrigin = "http://127.0.0.1:1001"
    static let returnAddress = "http://127.0.0.1:1002/retour"

    private static let mostProcesses = 4

    let executor: SeededExecutor
    let rates: FaultRates
    let mutant: Mutant?
    let bank: MockBank
    /// The banks that this simulation has.
    let banks: [MockBankProfile]
    /// The gateways' view of them.
    let profiles: [BankProfile]
    let town: Town
    /// Permits, and in most runs the transfers.
    let store: InMemoryStore
    /// In every twentieth run the transfers are in the real SQLite store, on this.
    let machine: Machine?
    let oracle: Oracle
    let hostility: Hostility?
    /// The real time at which the simulation starts; only the gateways' clocks ever differ from it.
    let start: Date
    /// When the trouble ends.
    let calm: Int
    /// Payers come within this time: spread over minutes, or all in the same instant.
    let rush: Int
    /// Whether the processes have been stopped, to look at what they left.
    private(set) var isOver = false
    var processes: [GatewayProcess] = []
    /// Of what no gateway did.
    let correlation = Town.known(CorrelationID("simulation"))
    private(set) var faults = FaultCounts()
    private var downUntil: [String: Int] = [:]
    private var replies: [String: HTTPResponse] = [:]
    /// The transfers of the payments that banks opened, where a payment's id alone is on the wire.
    private var payments: [String: TransferID] = [:]

    init(_ plan: Simulation.Plan) {
        let executor = SeededExecutor(seed: plan.seed)
        self.executor = executor
        mutant = plan.mutant
        rates = FaultRates(from: executor)
        calm = (2 + executor.below(5)) * 60_000
        rush = [120_000, 30_000, 500, 5][executor.below(4)]
        banks = Town.someBanks(executor)
        profiles = Town.profiles(of: banks)
        let start = Town.someDay(executor)
        self.start = start
        bank = MockBank(
            baseURL: Self.bankOrigin, profiles: banks, consentLifetime: 90, reviewTime: 60,
            clock: { start.addingTimeInterval(TimeInterval(executor.time) / 1000) },
            random: { executor.bytes($0) })
        hostility = Hostility(from: executor, banks)
        town = Town(plan, executor, banks, bank.accounts(), hostile: hostility?.bank)
        store = InMemoryStore(establishments: town.establishments, permits: town.permits)
        let isOnDisk = plan.mutant.map { $0 == .neverSyncs } ?? plan.seed.isMultiple(of: 20)
        machine = isOnDisk ? Machine(plan, executor) : nil
        oracle = Oracle(
            books: Books(bank, banks), errands: town.errands, hostile: hostility?.bank, keepsTrace: plan.keepsTrace,
            executor)
        machine?.strikes = { [unowned self] in self.strikes($0) }
    }

    var isTroubled: Bool { executor.time < calm }

    // MARK: What goes wrong

    /// Whether this goes wrong now; counts it.
    func strikes(_ fault: Fault, _ transfer: TransferID? = nil) -> Bool {
        guard isTroubled, executor.happens(rates[fault]) else { return false }
        count(fault, transfer)
        return true
    }

    /// What concerns no single transfer strikes all of them, in whatever states they are.
    func count(_ fault: Fault, _ transfer: TransferID? = nil) {
        faults.add(fault)
        if let transfer {
            if let state = oracle.known[transfer]?.state { faults.add(fault, in: state.place) }
        } else {
            for place in oracle.census.indices where oracle.census[place] > 0 { faults.add(fault, in: place) }
        }
    }

    /// Nil once they have been stopped.
    var someProcess: GatewayProcess? { processes.isEmpty ? nil : processes[executor.below(processes.count)] }

    var hasRoom: Bool { processes.count < Self.mostProcesses }

    func startAnother(_ process: GatewayProcess) {
        let other = process.double()
        processes.append(other)
        other.start()
    }

    func stop() {
        isOver = true
        for process in processes { process.stop() }
        processes = []
    }

    /// When the power of the machine has failed: nothing runs there any more, and the disk shows what it kept.
    func checkPower() {
        guard let machine, machine.disk.isOff else { return }
        oracle.note("the power fails")
        for process in processes { process.lose() }
        let (lost, torn) = machine.disk.powerReturns()
        faults.add(.lostWrite, lost)
        faults.add(.tornWrite, torn)
    }

    func isDown(_ exchange: Exchange) -> Bool {
        if let until = downUntil[exchange.bank], executor.time < until, isTroubled { return true }
        guard strikes(.bankDown, exchange.transfer) else { return false }
        downUntil[exchange.bank] = executor.time + 10_000 + executor.below(60_000)
        return true
    }

    /// The last answer to the same question, if a cache on the way has it.
    func kept(_ exchange: Exchange) -> HTTPResponse? { key(of: exchange).flatMap { replies[$0] } }

    func keep(_ reply: HTTPResponse, _ exchange: Exchange) {
        if let key = key(of: exchange) { replies[key] = reply }
    }

    private func key(of exchange: Exchange) -> String? { rates[.repeatedReply] > 0 ? exchange.key : nil }

    /// As the bank's server receives it.
    static func received(_ sent: HTTPRequest) -> HTTPRequest {
        var request = sent
        request.target = String(Substring(request.target.utf8.dropFirst(bankOrigin.utf8.count)))
        return request
    }

    func exchange(_ sent: HTTPRequest) -> Exchange { Exchange(sent, payments) }

    /// Keeps the id of a payment that was opened, whether the gateway hears of it or not.
    func learn(from reply: HTTPResponse, _ exchange: Exchange) {
        guard exchange.step == "open", let transfer = exchange.transfer,
            let id = (try? JSON(parsing: reply.body))?["paymentId"]?.string
        else { return }
        payments[id] = transfer
    }

    /// - Returns: false when the bank has nothing to take.
    func misbook(_ transfer: TransferID, at bank: String, cents: Int?) -> Bool {
        self.bank.misbook(bank, client: Books.client, endToEndID: transfer.text, cents: cents)
    }
}
