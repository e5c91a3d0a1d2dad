import FoundationEssentials
import PeculeHTTP

/// One browser that answers one payment request.
struct ApprovalSession: Sendable {
    /// Where the browser goes when everything is said.
    enum Return: Sendable, Equatable {
        case report(PaymentOrder.ReportURLs)
        case client(AuthorizationRequest)

        /// Every origin to which the answer may lead.
        var origins: [String] {
            switch self {
            case .report(let urls): [urls.success, urls.failure].compactMap { WebAddress($0)?.origin }
            case .client(let request): [request.redirectURI.origin]
            }
        }
    }

    /// What to tell on the next page.
    enum Notice: Sendable, Equatable {
        case wrongPassword
        case accessLocked
        case idle
        case noAccountChosen
        case wrongCode(triesLeft: Int)
        case codeExpired
        case newCode
        case noMoreCodes
        /// What follows `+` in the login is no scenario.
        case badScenario(String)
    }

    let id: String
    /// Proves that a form was made by this bank for this session.
    let formToken: String
    let paymentID: String
    let back: Return
    var lastSeen: Date
    var login: String?
    var account: String?
    var challenge: Challenge?
    var notice: Notice?
    /// Where this browser was sent: a second click gets the same.
    var left: String?
    /// What a scenario makes of the way back.
    var callback: Scenario.Callback?
    /// In which its pages speak.
    var language = Language.french

    /// A one-time code, worth nothing for another payment, amount or payee
    /// (Regulation (EU) 2018/389, article 5).
    struct Challenge: Sendable, Equatable {
        let digits: String
        let order: PaymentOrder
        let debtorIBAN: String
        var expires: Date
    }
}
