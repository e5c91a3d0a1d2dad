public import Pecule
public import PeculeFranceConnect
public import PeculeHTTP

/// The relatives' portal: server-rendered pages in French around the gateway's calls, for phones and browsers without
/// scripts as well.
///
/// Whoever is logged in sees his own permits and transfers and nothing else; what is another's is not found.
public struct Portal: HTTPHandler {
    /// Tells whoever has an account something, by mail; a second call that says the same has no effect.
    public typealias Tell = @Sendable (PortalNotice, AccountID) async throws(StoreFault) -> Void

    private let router: HTTPRouter
    private let desk: PortalDesk
    private let staffDesk: PortalDesk
    private let staffLog: StaffLog
    private let tell: Tell

    /// - Parameters:
    ///   - service: the gateway, here or elsewhere.
    ///   - permits: the permits and establishments that the gateway looks at, too.
    ///   - applications: the requests for permits.
    ///   - items: where sessions and accounts are kept.
    ///   - signIn: FranceConnect, as this portal is registered there.
    ///   - environment: clock and chance.
    ///   - tell: hands a mail to an outbox.
    public init(
        _ settings: PortalSettings, service: any PeculeService, permits: PermitBook,
        applications: ApplicationDesk, items: any ItemStore, signIn: FranceConnect, environment: Environment = .system,
        tell: @escaping Tell = { _, _ in }
    ) {
        let desk = PortalDesk(
            settings: settings, service: service, permits: permits, applications: applications,
            accounts: AccountBook(items: items),
            messages: MessageBook(items: items, random: environment.randomBytes, tell: tell),
            sessions: SessionDesk(of: .relatives, items: items, secret: settings.secret, environment: environment),
            signIn: signIn, environment: environment,
            registrations: CheckLimit(store: items, name: "permit", most: 10, window: 3600))
        var router = HTTPRouter()
        HomeFace(desk: desk).install(in: &router)
        SignInFace(desk: desk).install(in: &router)
        PermitFace(desk: desk).install(in: &router)
        ApplicationFace(desk: desk).install(in: &router)
        StepFace(desk: desk).install(in: &router)
        PeculeFace(desk: desk).install(in: &router)
        AmountFace(desk: desk).install(in: &router)
        BankFace(desk: desk).install(in: &router)
        TransferFace(desk: desk).install(in: &router)
        HistoryFace(desk: desk).install(in: &router)
        ReceiptFace(desk: desk).install(in: &router)
        AccountFace(desk: desk).install(in: &router)
        ContactFace(desk: desk).install(in: &router)
        InformationFace(desk: desk).install(in: &router)
        var staffDesk = desk
        staffDesk.sessions = SessionDesk(
            of: .staff, items: items, secret: settings.secret, environment: environment)
        let staff = StaffBook(items, environment: environment)
        StaffFace(desk: staffDesk, staff: staff).install(in: &router)
        staffLog = staff.log
        (self.router, self.desk, self.staffDesk, self.tell) = (router, desk, staffDesk, tell)
    }

    /// Forgets the sessions that are over, what staff did long ago, and what is kept no longer; some at a time.
    public func sweep() async throws(StoreFault) {
        try await staffLog.sweep(at: desk.now, limit: 200)
        for sessions in [desk.sessions, staffDesk.sessions] { try await sessions.sweep(limit: 200) }
        try await PortalRetention(desk: desk, tell: tell).sweep(limit: 50)
    }

    /// In French, for the person who chose too large a file.
    public func refusal(of error: HTTPParseError) -> HTTPResponse {
        let sentence =
            error == .bodyTooLarge
            ? "Fichier\u{A0}: il dépasse la taille permise. Revenez en arrière et choisissez un fichier plus léger."
            : "Cette demande n’a pas pu être lue. Revenez à l’accueil et recommencez."
        return Frame(title: "Demande refusée").page(
            status: error.status, "<h1>Demande refusée</h1>\(Pieces.alert(.wrong, sentence))")
    }

    public func respond(to request: HTTPRequest) async -> HTTPResponse {
        var response = await router.respond(to: request)
        // Whoever goes back is not sent on by what was true before.
        if response.fields["Cache-Control"] == nil { response.fields.set("no-store", for: "Cache-Control") }
        // What the router itself refuses is a page here, too.
        guard response.fields["Content-Type"] == "application/problem+json" else { return response }
        var page = await desk.frame("Page introuvable", forRefused: request)
            .page(status: response.status, ErrorPages.notFound)
        if let allowed = response.fields["Allow"] { page.fields.set(allowed, for: "Allow") }
        return page
    }
}
