import Pecule
import PeculeStoreSamples

/// Answers the lines of a caller: `TAG CALL ARGUMENT …` with `TAG ok VERSION STATE [LINK]` or `TAG error CODE`.
struct Desk: Sendable {
    let gateway: PeculeGateway
    /// Gives drafts up at once.
    let hasty: PeculeGateway
    let store: any TransferStore
    let address: ReturnAddress
    let bug: PlantedBug?

    private var payer: Payer { Sample.payer() }

    func answer(_ line: String) async {
        let words = line.split(separator: " ").map(String.init)
        guard words.count >= 3 else { return Lines.say("not a call: \(line)") }
        if bug == .earlyAnswer, words[1] == "draft" { Lines.say("\(words[0]) ok 1 drafted") }
        do throws(PeculeError) {
            let transfer = try await transfer(words[1], of: words[2], words.dropFirst(3).map(\.self))
            Lines.say("\(words[0]) ok \(transfer.map(Self.text) ?? "0 none")")
        } catch {
            Lines.say("\(words[0]) error \(error.code)")
        }
    }

    private static func text(_ transfer: TransferSummary) -> String {
        let link: String =
            if case .approve(let step) = transfer.outcome { step.revealed } else { "-" }
        let reason = if case .failed(let reason) = transfer.state { ":\(reason.code)" } else { "" }
        return "\(transfer.version) \(transfer.state.name)\(reason) \(link)"
    }

    private func transfer(
        _ call: String, of name: String, _ rest: [String]
    ) async throws(PeculeError) -> TransferSummary? {
        switch call {
        case "kill", "fail":
            let place = Int(name) ?? 0
            Guillotine.arm(call == "kill" ? .kill(at: place) : .fail(at: place))
            return nil
        case "resume": return try await gateway.resume(query: name, from: Sample.browser)
        case "draft", "leave":
            let amount = Sample.amount(Int(rest[0]) ?? 0)
            return try await (call == "draft" ? gateway : hasty).draft(
                Sample.id(name), payer: payer, permit: Sample.permit().number, amount: amount)
        case "begin":
            return try await gateway.begin(
                Sample.id(name), by: payer.account, at: BankID(rest[0]) ?? Sample.bank, from: Sample.browser,
                returningTo: address)
        case "cancel": return try await gateway.cancel(Sample.id(name), by: payer.account)
        case "refresh": return try await gateway.refresh(Sample.id(name), by: payer.account)
        default: return try await read(Sample.id(name))
        }
    }

    /// As it stands in the store, without asking the bank.
    private func read(_ id: TransferID) async throws(PeculeError) -> TransferSummary? {
        do throws(StoreFault) {
            return try await store.transfer(id).map(TransferSummary.init)
        } catch {
            throw .store(error)
        }
    }
}
