package import FoundationEssentials

/// A bearer token (RFC 6750) that is no longer used from some time on.
package protocol PerishableToken: Sendable, Equatable {
    var staleAt: Date { get }
}

/// Keeps one token: fetched once however many calls wait for it, and again before it expires.
package actor TokenCache<Token: PerishableToken, Fault: Error> {
    private typealias Waiter = CheckedContinuation<Result<Token, Fault>, Never>

    private let isCancellation: @Sendable (Fault) -> Bool
    private var token: Token?
    private var isFetching = false
    private var waiters: [Waiter] = []

    /// - Parameter isCancellation: whether a fetch failed because who fetched was cancelled.
    package init(isCancellation: @escaping @Sendable (Fault) -> Bool) { self.isCancellation = isCancellation }

    /// The kept token, or a new one by `fetch`. Those who come while it is being fetched share its outcome, a failure
    /// included, so that a server that is down is not asked once for each of them.
    package func token(at now: Date, fetch: () async throws(Fault) -> Token) async throws(Fault) -> Token {
        while true {
            if let token, now < token.staleAt { return token }
            guard isFetching else { return try await renewed(by: fetch) }
            let outcome = await withCheckedContinuation { waiters.append($0) }
            // That the one who fetched it was cancelled says nothing about the server: somebody else fetches.
            if case .failure(let fault) = outcome, isCancellation(fault), !Task.isCancelled { continue }
            return try outcome.get()
        }
    }

    private func renewed(by fetch: () async throws(Fault) -> Token) async throws(Fault) -> Token {
        isFetching = true
        let outcome: Result<Token, Fault>
        do throws(Fault) { outcome = .success(try await fetch()) } catch { outcome = .failure(error) }
        isFetching = false
        token = try? outcome.get()
        let waiting = waiters
        waiters = []
        for waiter in waiting { waiter.resume(returning: outcome) }
        return try outcome.get()
    }

    /// Forgets a token that the server no longer takes, unless a newer one is kept already.
    package func forget(_ refused: Token) { if token == refused { token = nil } }
}
