import Foundation
import Pecule
import PeculeFranceConnect
import PeculeHTTP

/// What the faces of the portal share.
struct PortalDesk: Sendable {
    let settings: PortalSettings
    let service: any PeculeService
    let permits: PermitBook
    let applications: ApplicationDesk
    let accounts: AccountBook
    let messages: MessageBook
    var sessions: SessionDesk
    let signIn: FranceConnect
    let environment: Environment
    /// How often an account may be wrong about a permit: a form that checks numbers is no search engine for them.
    let registrations: CheckLimit
    /// What people have sent lately, for the page that shows one's own sum.
    let sent = AccountMemory<[SentTransfer]>()

    var now: Date { environment.now() }

    /// FranceConnect's origin: where the form that ends a session leads in the end.
    var signOutOrigin: String { WebAddress(signIn.configuration.issuer)?.origin ?? "" }
}

/// Why a page is not shown.
enum Trouble: Error {
    /// Unknown, or another's: nobody learns which.
    case notFound
    /// Something in the request was not made by this portal's pages; what to do stands in it.
    case refused(String)
    /// What is sent has no session any more.
    case sessionOver
    case store(StoreFault)
    case gateway(PeculeError)
    case application(ApplicationError)
}

extension PortalDesk {
    typealias Answer = @Sendable (PortalRequest) async throws(Trouble) -> HTTPResponse
    typealias RelativesAnswer = @Sendable (PortalRequest, Relative) async throws(Trouble) -> HTTPResponse

    /// A page for everybody.
    func forAnyone(
        _ router: inout HTTPRouter, _ method: HTTPMethod, _ pattern: String, _ answer: @escaping Answer
    ) {
        router.on(method, pattern) { http, parameters in
            let request: PortalRequest
            do throws(Trouble) { request = try await read(http, parameters) } catch {
                if case .sessionOver = error { return await sessionOver(http) }
                return ErrorPages.page(error, at: http.target)
            }
            do throws(Trouble) { return try await answer(request) } catch {
                return ErrorPages.page(error, request, self)
            }
        }
    }

    /// A page for those who are logged in; others log in first and come back to it.
    func forRelatives(
        _ router: inout HTTPRouter, _ method: HTTPMethod, _ pattern: String, _ answer: @escaping RelativesAnswer
    ) {
        forAnyone(&router, method, pattern) { request throws(Trouble) in
            guard let relative = request.relative else { return SignInFace.redirect(wanting: request) }
            return try await answer(request, relative)
        }
    }

    private func read(
        _ http: HTTPRequest, _ parameters: HTTPRouter.Parameters
    ) async throws(Trouble) -> PortalRequest {
        var session: Session?
        let typedBefore: URLForm?
        do throws(StoreFault) {
            session = try await sessions.session(http)
            typedBefore = try await takeTyped(http, from: &session)
        } catch { throw .store(error) }
        guard let query = URLForm(parsing: http.query ?? ""), query.repeated.isEmpty else { throw .notFound }
        var (form, files) = (URLForm(), [MultipartForm.Part]())
        if http.method == .post {
            (form, files) = try Self.sent(http)
            guard let session else { throw .sessionOver }
            guard sessions.isOwn(form["jeton"], in: session) else {
                throw .refused("Cette page est restée ouverte trop longtemps. Rechargez-la, puis recommencez.")
            }
        }
        return PortalRequest(
            http: http, parameters: parameters, session: session, query: query, form: form, files: files, now: now,
            typedBefore: typedBefore)
    }

    private static func sent(_ http: HTTPRequest) throws(Trouble) -> (URLForm, [MultipartForm.Part]) {
        let unreadable = Trouble.refused("Le formulaire n’a pas pu être lu. Revenez en arrière et recommencez.")
        guard http.fields["Content-Type"]?.hasPrefix("multipart/form-data") == true else {
            guard let form = URLForm(body: http.body), form.repeated.isEmpty else { throw unreadable }
            return (form, [])
        }
        do throws(MultipartError) {
            let parts = try MultipartForm(http.body, contentType: http.fields["Content-Type"])
            guard parts.fields.repeated.isEmpty else { throw MultipartError.field }
            return (parts.fields, parts.parts(named: "fichier").filter { !$0.isNoFile })
        } catch {
            guard error.status == 413 else { throw unreadable }
            throw .refused("Fichier\u{A0}: il dépasse la taille permise. Choisissez un fichier plus léger.")
        }
    }

    /// The frame of a page for this request.
    func frame(_ title: String, _ tab: Frame.Tab? = nil, for request: PortalRequest) -> Frame {
        var frame = Frame(title: title, tab: tab)
        if let session = request.session, let relative = session.relative {
            frame.visitor = Frame.Visitor(
                name: relative.name.short, token: sessions.token(of: session))
        }
        frame.formTargets = [signOutOrigin]
        return frame
    }

    /// The same for what no page was found for.
    func frame(_ title: String, forRefused http: HTTPRequest) async -> Frame {
        let session = try? await sessions.session(http)
        return frame(
            title,
            for: PortalRequest(
                http: http, parameters: [:], session: session, query: URLForm(), form: URLForm(), files: [], now: now))
    }

    /// What the forms of a page for this request hold.
    func token(for request: PortalRequest) -> HTML { Pieces.token(request.session.map(sessions.token) ?? "") }

    /// The same where whoever asks may have no session yet: then one is begun, and the cookie is what the page brings.
    func tokenForAnyone(_ request: PortalRequest) async throws(Trouble) -> (token: HTML, cookie: String?) {
        guard request.session == nil else { return (token(for: request), nil) }
        var token: HTML = ""
        let cookie = try await stored { () throws(StoreFault) in
            try await sessions.begin { key, expires in
                let session = Session(key: key, expires: expires)
                token = Pieces.token(sessions.token(of: session))
                return session
            }
        }
        return (token, cookie)
    }

    func stored<Value: Sendable>(
        _ body: () async throws(StoreFault) -> Value
    ) async throws(Trouble) -> Value {
        do throws(StoreFault) { return try await body() } catch { throw .store(error) }
    }

    func asked<Value: Sendable>(
        _ body: () async throws(PeculeError) -> Value
    ) async throws(Trouble) -> Value {
        do throws(PeculeError) { return try await body() } catch {
            if error == .unknownTransfer { throw .notFound }
            throw .gateway(error)
        }
    }

    /// A call that may change what a person has sent: his pages read it again afterwards.
    func changing<Value: Sendable>(
        _ relative: Relative, _ body: () async throws(PeculeError) -> Value
    ) async throws(PeculeError) -> Value {
        defer { sent.forget(relative.account) }
        return try await body()
    }

    /// All of a person's transfers that the history shows, newest first.
    func transfers(of relative: Relative) async throws(Trouble) -> [TransferSummary] {
        var (transfers, cursor) = ([TransferSummary](), TransferHistory.Cursor?.none)
        repeat {
            let after = cursor
            let page = try await asked { () throws(PeculeError) in
                try await service.history(of: relative.account, after: after, limit: 100)
            }
            transfers += page.transfers
            cursor = page.next
        } while cursor != nil
        return transfers
    }

    func applied<Value: Sendable>(
        _ body: () async throws(ApplicationError) -> Value
    ) async throws(Trouble) -> Value {
        do throws(ApplicationError) { return try await body() } catch { throw .application(error) }
    }

    /// The transfer of the address, if it is this person's.
    func transferID(_ request: PortalRequest) throws(Trouble) -> TransferID {
        guard let id = request.parameters["transfer"].flatMap(TransferID.init) else { throw .notFound }
        return id
    }

    /// The application of the address, if it is this person's.
    func application(_ request: PortalRequest, of relative: Relative) async throws(Trouble) -> PermitApplication {
        let id = try ApplicationFace.id(request)
        return try await applied { () throws(ApplicationError) in
            try await applications.application(id, of: relative.account)
        }
    }

    /// The permit of the address, if it stands on this person's space.
    func permit(_ request: PortalRequest, of relative: Relative) async throws(Trouble) -> RegisteredPermit {
        guard let key = request.parameters["permit"],
            let permit = try await stored({ () throws(StoreFault) in
                try await permits.registered(key, by: relative.account)
            })
        else { throw .notFound }
        return permit
    }
}
