import Pecule
import PeculeHTTP

/// What was typed into a form that was sent after its session's end: given back on its page, once, after the login.
struct TypedForm: Sendable, Equatable {
    /// Of the page that asks for it and takes it.
    let path: String
    /// As a browser sends it, without the token of the session that is over.
    let text: String

    private static let longest = 8 << 10

    init(path: String, text: String) { (self.path, self.text) = (path, text) }

    /// Nil for what is too long to be kept, is no form of words, or comes from a page that the browser does not say to
    /// be one of this site: else any site could put words into this one's forms, and take a session's place.
    init?(_ http: HTTPRequest) {
        guard http.fields["Sec-Fetch-Site"] == "same-origin", http.body.count <= Self.longest,
            http.fields["Content-Type"] == "application/x-www-form-urlencoded", let form = URLForm(body: http.body)
        else { return nil }
        let typed = URLForm(form.pairs.filter { $0.name != "jeton" })
        self.init(path: String(http.target.prefix { $0 != "?" }), text: typed.text)
    }
}

extension PortalDesk {
    /// The page for what is sent without a session; what was typed is kept beside the session that now begins.
    func sessionOver(_ http: HTTPRequest) async -> HTTPResponse {
        let isStaff = http.target.hasPrefix("/etablissement")
        guard !isStaff, let typed = TypedForm(http),
            let cookie = try? await sessions.begin({ Session(key: $0, typed: typed, expires: $1) })
        else { return ErrorPages.sessionOver(at: http.target, isTypedKept: false) }
        var page = ErrorPages.sessionOver(at: http.target, isTypedKept: true)
        page.fields.set(cookie, for: "Set-Cookie")
        return page
    }

    /// What was typed into this page's form before the login; it is given back once.
    func takeTyped(_ http: HTTPRequest, from session: inout Session?) async throws(StoreFault) -> URLForm? {
        guard http.method == .get, let kept = session, let typed = kept.typed,
            http.target.prefix(while: { $0 != "?" }) == typed.path,
            try await sessions.change(kept, { $0.typed = nil })
        else { return nil }
        session?.typed = nil
        return URLForm(parsing: typed.text)
    }
}
