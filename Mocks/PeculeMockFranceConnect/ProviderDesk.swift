import FoundationEssentials
import PeculeCrypto
import PeculeHTTP
import Synchronization

/// The provider's memory behind one lock.
final class ProviderDesk: Sendable {
    private let state: Mutex<ProviderState>
    private let clock: @Sendable () -> Date

    init(
        baseURL: String, services: [MockService], clock: @escaping @Sendable () -> Date,
        random: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.clock = clock
        let known = Dictionary(services.map { ($0.clientID, $0) }, uniquingKeysWith: { $1 })
        let newSecret: @Sendable () -> String = { Base64URL.encode(random(32)) }
        state = Mutex(ProviderState(baseURL: baseURL, services: known, newSecret: newSecret))
    }

    var issuer: String { state.withLock(\.issuer) }

    func change<Answer: Sendable, Failure: Error>(
        _ body: (inout ProviderState, Date) throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        let now = clock()
        return try state.withLock { (state) throws(Failure) in try body(&state, now) }
    }
}

/// What the provider remembers.
struct ProviderState: Sendable {
    var baseURL: String
    /// By client id.
    var services: [String: MockService]
    /// 43 characters that nobody can guess.
    let newSecret: @Sendable () -> String

    var keys = SigningKeys()
    var sessions = ExpiringStore<BrowserSession>()
    var interactions = ExpiringStore<Interaction>()
    var codes = ExpiringStore<Grant>()
    var accessTokens = ExpiringStore<Grant>()

    var issuer: String { "\(baseURL)\(ProviderPath.issuer)" }

    /// In seconds, as version 2 has them.
    enum Lifetime {
        static let session: TimeInterval = 30 * 60
        static let code: TimeInterval = 30
        static let accessToken = 60
        static let idToken = 60
    }
}

/// Where things are below the server's address.
enum ProviderPath {
    static let root = "/\(MockFranceConnect.folder)"
    static let issuer = "\(root)/api/v2"
    static let interaction = "\(issuer)/interaction"
    static let stylesheet = "\(root)/style.css"
    static let control = "\(root)/mock"
}

/// A browser at the provider, and who is logged in there.
struct BrowserSession: Sendable {
    var login: (identity: TestIdentity, provider: IdentityProvider, at: Date)?
}

/// One person on the way to one service.
struct Interaction: Sendable {
    let request: AuthorizationRequest
    let service: MockService
    /// Proves that a form was made for this interaction.
    let formToken: String
    /// The session that it belongs to.
    var session: String
    var provider: IdentityProvider?
    /// What was not right in the form that was sent.
    var notice: Notice?

    enum Notice: Sendable { case noProvider, noIdentity, noConsent }
}

/// What a code, and then an access token, stands for.
struct Grant: Sendable {
    let request: AuthorizationRequest
    let service: MockService
    let identity: TestIdentity
    let provider: IdentityProvider
    let authenticatedAt: Date
    /// Of a code that was redeemed: what was given for it.
    var accessToken: String?
}
