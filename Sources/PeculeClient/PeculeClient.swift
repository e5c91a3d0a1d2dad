import Foundation
public import Pecule
public import PeculeHTTP

/// A gateway that runs elsewhere: the calls of `PeculeService` over HTTP (`openapi.yaml`).
///
/// Every call may be repeated; what is safe to repeat is, where no answer came. A creation is sent under the transfer's
/// own id, so that it lands on the same transfer over retries, crashes and restarts.
public struct PeculeClient: PeculeService {
    let exchange: Exchange

    /// - Parameters:
    ///   - address: the gateway's own, such as `https://gateway.example`; what stands after it is added.
    ///   - key: as `pecule keys add` showed it.
    ///   - hooks: told of every request and its answer, without what stands in them.
    public init(
        _ address: String, key: String, transport: any HTTPTransport, patience: ClientPatience = ClientPatience(),
        environment: Environment = .system, hooks: (@Sendable (ClientEvent) -> Void)? = nil
    ) {
        self.init(address, Access(key: key), transport, patience, environment, hooks)
    }

    /// - Parameters:
    ///   - address: as above.
    ///   - credentials: who the client is, by a key of its own.
    ///   - transport: give it a client certificate where one is registered for the client.
    public init(
        _ address: String, as credentials: ClientCredentials, transport: any HTTPTransport,
        patience: ClientPatience = ClientPatience(), environment: Environment = .system,
        hooks: (@Sendable (ClientEvent) -> Void)? = nil
    ) {
        self.init(address, Access(credentials), transport, patience, environment, hooks)
    }

    private init(
        _ address: String, _ access: Access, _ transport: any HTTPTransport, _ patience: ClientPatience,
        _ environment: Environment, _ hooks: (@Sendable (ClientEvent) -> Void)?
    ) {
        exchange = Exchange(
            base: address.hasSuffix("/") ? String(address.dropLast()) : address, access: access, transport: transport,
            patience: patience, environment: environment, hooks: hooks)
    }

    public func draft(
        _ id: TransferID, payer: Payer, permit: PermitNumber, amount: Amount
    ) async throws(PeculeError) -> TransferSummary {
        let body: JSON = [
            "id": .string(id.text), "payer": Self.json(payer.name), "permit": .string(permit.revealed),
            "amount_cents": .integer(amount.cents),
        ]
        let created = try await exchange.creation("/v1/transfers", payer.account, body, key: id.text)
        // Sent again, it answers as the first time; the embedded gateway answers with what has become of it.
        return created.isReplayed ? try await transfer(id, by: payer.account) : created.transfer
    }

    private static func json(_ name: PersonName) -> JSON {
        var members: [JSON.Member] = [("birth_name", .string(name.birthName))]
        if let usageName = name.usageName { members.append(("usage_name", .string(usageName))) }
        return .object(members + [("given_names", .array(name.givenNames.map(JSON.string)))])
    }

    public func begin(
        _ id: TransferID, by payer: AccountID, at bank: BankID, from browser: BrowserSession,
        returningTo address: ReturnAddress, answering answers: [String: String], over connection: PayerConnection
    ) async throws(PeculeError) -> TransferSummary {
        var members: [JSON.Member] = [
            ("bank", .string(bank.text)), ("browser", .string(browser.revealed)),
            ("return_address", .string(address.text)),
        ]
        if !answers.isEmpty {
            let sorted = answers.sorted { $0.key < $1.key }
            members.append(("answers", .object(sorted.map { ($0.key, .string($0.value)) })))
        }
        let known = [("ip_address", connection.ipv4), ("user_agent", connection.userAgent)]
            .compactMap { name, text in text.map { (name, JSON.string($0)) } }
        if !known.isEmpty { members.append(("connection", .object(known))) }
        return try await exchange.transfer(.post, "/v1/transfers/\(id)/bank", payer, .object(members))
    }

    public func resume(
        _ callback: BankCallback, from browser: BrowserSession
    ) async throws(PeculeError) -> TransferSummary {
        let body: JSON = ["query": .string(callback.query), "browser": .string(browser.revealed)]
        return try await exchange.transfer(.post, "/v1/returns", nil, body)
    }

    public func transfer(_ id: TransferID, by payer: AccountID) async throws(PeculeError) -> TransferSummary {
        try await exchange.transfer(.get, "/v1/transfers/\(id)", payer)
    }

    public func refresh(_ id: TransferID, by payer: AccountID) async throws(PeculeError) -> TransferSummary {
        try await exchange.transfer(.post, "/v1/transfers/\(id)/refresh", payer)
    }

    /// The gateway waits; it tells at once, and its sweeper asks the bank.
    public func waitUntilFinal(
        _ id: TransferID, by payer: AccountID, within time: Duration
    ) async throws(PeculeError) -> TransferSummary {
        var transfer = try await refresh(id, by: payer)
        let end = exchange.environment.now().addingTimeInterval(time / .seconds(1))
        while !transfer.state.isFinal, !Task.isCancelled {
            let left = Int(end.timeIntervalSince(exchange.environment.now()).rounded(.up))
            guard left > 0 else { break }
            let wait = min(left, exchange.patience.longPoll)
            transfer = try await exchange.transfer(
                .get, "/v1/transfers/\(id)?wait=\(wait)&after_version=\(transfer.version)", payer)
        }
        return transfer
    }

    public func cancel(_ id: TransferID, by payer: AccountID) async throws(PeculeError) -> TransferSummary {
        try await exchange.transfer(.post, "/v1/transfers/\(id)/cancel", payer)
    }

    public func history(
        of payer: AccountID, after cursor: TransferHistory.Cursor?, limit: Int
    ) async throws(PeculeError) -> TransferHistory {
        let limit = min(max(limit, 1), 100)
        let after = cursor.map { "&after=\($0.text)" } ?? ""
        let answer = try await exchange.json(.get, "/v1/transfers?limit=\(limit)\(after)", payer)
        return try exchange.read { () throws(Unreadable) in try TransferHistory(answer) }
    }

    public func banks(matching search: String) async throws(PeculeError) -> [BankListing] {
        let query = search.isEmpty ? "" : "?" + URLForm([("search", search)]).text
        let answer = try await exchange.json(.get, "/v1/banks\(query)", nil)
        return try exchange.read { () throws(Unreadable) in
            try answer.array("banks").map { json throws(Unreadable) in try BankListing(json) }
        }
    }
}

extension PeculeService {
    /// All of a payer's history, page by page as it is asked for.
    public func transfers(of payer: AccountID, pageOf limit: Int = 50) -> TransferPages<Self> {
        TransferPages(service: self, payer: payer, limit: limit)
    }
}
