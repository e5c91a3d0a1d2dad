import FoundationEssentials
import Pecule
import PeculeHTTP

/// An OAuth 2 bearer token and the time from which it is no longer used.
struct BearerToken: Sensitive, PerishableToken {
    let revealed: String
    let staleAt: Date

    var mask: String { "token •••" }
}

typealias BankTokens = TokenCache<BearerToken, BankFault>

extension BankTokens {
    init() { self.init { $0.detail.cause == .cancelled } }
}
