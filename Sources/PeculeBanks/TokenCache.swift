import FoundationEssentials
import Pecule

/// An OAuth 2 bearer token and the time from which it is no longer used.
struct BearerToken: Sensitive {
    let revealed: String
    let staleAt: Date

    var mask: String { "token •••" }
}

/// Keeps one bank's token: fetched once however many calls wait for it, and again before it expires.
actor TokenCache {
    private typealias Waiter = CheckedContinuation<Result<BearerToken, BankFault>, Never>

    private var token: BearerToken?
    private var isFetching = false
    private var waiters: [Waiter] = []

    /// The kept token, or a new one by `fetch`. Those who come while it is being fetched share its outcome, a failure
    /// included, so that a bank that is down is not asked once for each of them.
    func token(
        at now: Date, fetch: () async throws(BankFault) -> BearerToken
    ) async throws(BankFault) -> BearerToken {
        while true {
            if let token, now < token.staleAt { return token }
            guard isFetching else { return try await renewed(by: fetch) }
            let outcome = await withCheckedContinuation { waiters.append($0) }
            // That the one who fetched it was cancelled says nothing about the bank: somebody else fetches.
            if case .failure(let fault) = outcome, fault.detail.cause == .cancelled, !Task.isCancelled { continue }
            return try outcome.get()
        }
    }

    private func renewed(by fetch: () async throws(BankFault) -> BearerToken) async throws(BankFault) -> BearerToken {
        isFetching = true
        let outcome: Result<BearerToken, BankFault>
        do throws(BankFault) { outcome = .success(try await fetch()) } catch { outcome = .failure(error) }
        isFetching = false
        token = try? outcome.get()
        let waiting = waiters
        waiters = []
        for waiter in waiting { waiter.resume(returning: outcome) }
        return try outcome.get()
    }

    /// Forgets a token that the bank no longer takes, unless a newer one is kept already.
    func forget(_ refused: BearerToken) {
        if token?.revealed == refused.revealed { token = nil }
    }
}
