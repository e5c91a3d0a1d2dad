/// The calls of a portal backend. The embedded gateway offers them; a remote one can be put in its place.
///
/// Every call may be repeated with the same arguments: it lands on the same transfer.
public protocol PeculeService: Sendable {
    /// Keeps a transfer that the payer typed. The caller makes the id, once per form shown: the same id with the
    /// same details is the same transfer, with others a `.conflict`. Checks permit and caps; calls no bank.
    func draft(
        _ id: TransferID, payer: Payer, permit: PermitNumber, amount: Amount
    ) async throws(PeculeError) -> TransferSummary

    /// Opens the payment at a bank. The answer's `outcome` holds the step that the payer has to take.
    /// - Parameter answers: what the payer typed to the questions of the bank (`Bank.questions`), by their ids. Where
    ///   one is missing or cannot be right, nothing is sent and `.bankNeeds` says which and why.
    /// - Parameter connection: the payer's address and user agent, for banks that judge a risk by them.
    /// - Throws: `.bankDown` when the bank has answered nobody lately: nothing is sent there.
    func begin(
        _ id: TransferID, by payer: AccountID, at bank: BankID, from browser: BrowserSession,
        returningTo address: ReturnAddress, answering answers: [String: String], over connection: PayerConnection
    ) async throws(PeculeError) -> TransferSummary

    /// Takes the browser's return from the bank: confirms where the bank wants it, and asks what became of it.
    /// A return that is repeated, late or forged changes nothing.
    func resume(_ callback: BankCallback, from browser: BrowserSession) async throws(PeculeError) -> TransferSummary

    /// The transfer as it was last kept; nobody is asked.
    func transfer(_ id: TransferID, by payer: AccountID) async throws(PeculeError) -> TransferSummary

    /// The transfer as it stands, after asking the bank if it is under way. Possible at any time.
    func refresh(_ id: TransferID, by payer: AccountID) async throws(PeculeError) -> TransferSummary

    /// Suspends until the transfer is final, or until the time is over; then it comes back as it stands. The bank is
    /// asked at growing intervals.
    func waitUntilFinal(
        _ id: TransferID, by payer: AccountID, within time: Duration
    ) async throws(PeculeError) -> TransferSummary

    /// Withdraws a transfer that is not approved; once it is at the bank, the bank decides. Comes back when the
    /// transfer is final or its outcome unknown; throws when the bank does not let go of it.
    func cancel(_ id: TransferID, by payer: AccountID) async throws(PeculeError) -> TransferSummary

    /// The payer's transfers that reached a bank, over the last six calendar months, newest first.
    /// - Parameter limit: from 1 to 100 a page.
    func history(
        of payer: AccountID, after cursor: TransferHistory.Cursor?, limit: Int
    ) async throws(PeculeError) -> TransferHistory

    /// The banks to choose from, with their health; see `BankDirectory.banks(matching:)` for what a search finds.
    func banks(matching search: String) async throws(PeculeError) -> [BankListing]
}

extension PeculeService {
    /// Takes the browser's return as it came.
    /// - Parameter query: what stands after the `?` of the return address.
    public func resume(query: String, from browser: BrowserSession) async throws(PeculeError) -> TransferSummary {
        let callback: BankCallback
        do throws(BankCallback.Problem) { callback = try BankCallback(query: query) } catch {
            throw .returnRefused(.unreadable(error))
        }
        return try await resume(callback, from: browser)
    }

    /// At a bank that asks nothing, or to learn what it asks.
    public func begin(
        _ id: TransferID, by payer: AccountID, at bank: BankID, from browser: BrowserSession,
        returningTo address: ReturnAddress
    ) async throws(PeculeError) -> TransferSummary {
        try await begin(id, by: payer, at: bank, from: browser, returningTo: address, answering: [:])
    }

    /// Where the portal tells nothing of the payer's browser.
    public func begin(
        _ id: TransferID, by payer: AccountID, at bank: BankID, from browser: BrowserSession,
        returningTo address: ReturnAddress, answering answers: [String: String]
    ) async throws(PeculeError) -> TransferSummary {
        try await begin(
            id, by: payer, at: bank, from: browser, returningTo: address, answering: answers, over: .unknown)
    }

    public func history(of payer: AccountID) async throws(PeculeError) -> TransferHistory {
        try await history(of: payer, after: nil, limit: 20)
    }

    public func banks() async throws(PeculeError) -> [BankListing] { try await banks(matching: "") }
}
