import Foundation
import Pecule
import PeculeClient
import PeculeCurl

/// `pecule transfers create`: drafts a transfer at a gateway that runs, and chooses a bank for it, as a portal would.
struct TransferCreation {
    let gateway: String
    let payer: Payer
    let permit: PermitNumber
    let amount: Amount
    let id: TransferID
    /// At which bank; nil to leave it drafted.
    let bank: (id: BankID, returnAddress: ReturnAddress, browser: BrowserSession)?

    static let options: Set<String> = [
        "--gateway", "--user", "--birth-name", "--given-names", "--permit", "--amount", "--id", "--bank",
        "--return-address", "--browser",
    ]

    init(_ words: CommandWords) throws(UsageError) {
        guard words.plain.isEmpty else { throw UsageError(problem: "create takes options alone: \(words.plain[0])") }
        gateway = try words.value("--gateway", "the address of a gateway, such as http://127.0.0.1:8090") { $0 }
        let account = try words.value("--user", "1 to 90 printable characters without spaces") { AccountID($0) }
        let birthName = try words.value("--birth-name", "the payer's") { $0 }
        let givenNames = try words.value("--given-names", "the payer's, with commas between") {
            $0.split(separator: ",").map(String.init)
        }
        do throws(PersonName.Problem) {
            payer = Payer(account: account, name: try PersonName(birthName: birthName, givenNames: givenNames))
        } catch {
            throw UsageError(problem: "--birth-name, --given-names: \(error)")
        }
        permit = try words.value("--permit", "1 to 20 letters, digits or -") { PermitNumber($0) }
        amount = try words.value("--amount", "such as 25,50") { try? Amount(typed: $0) }
        id = try words["--id"] == nil
            ? TransferID(random: Environment.system.randomBytes)
            : words.value("--id", "1 to 35 of A-Z a-z 0-9 -") { TransferID($0) }
        bank = try words["--bank"] == nil ? nil : Self.bank(words)
    }

    private static func bank(
        _ words: CommandWords
    ) throws(UsageError) -> (id: BankID, returnAddress: ReturnAddress, browser: BrowserSession) {
        (
            try words.value("--bank", "the id of a bank, such as deux-rives") { BankID($0) },
            try words.value("--return-address", "one that the gateway admits, with --bank") { ReturnAddress($0) },
            try words.value("--browser", "16 to 90 characters that name the payer's browser, with --bank") {
                (16...90).contains($0.utf8.count) ? BrowserSession($0) : nil
            }
        )
    }

    /// - Parameter key: an API key with the scopes pay and read; never on the command line, which others see.
    func run(key: String, _ terminal: Terminal) async throws {
        let client = PeculeClient(gateway, key: key, transport: CurlTransport())
        var transfer = try await client.draft(id, payer: payer, permit: permit, amount: amount)
        if let bank {
            transfer = try await client.begin(
                id, by: payer.account, at: bank.id, from: bank.browser, returningTo: bank.returnAddress)
        }
        terminal.line("\(transfer.id)  \(transfer.state.name)  v\(transfer.version)  \(transfer.amount)")
        switch transfer.outcome {
        case .approve(.redirect(let link, _)): terminal.line("the payer approves at \(link)")
        case .approve(.decoupled(let message, _)): terminal.line("the payer approves: \(message ?? "on the telephone")")
        default: break
        }
    }
}
