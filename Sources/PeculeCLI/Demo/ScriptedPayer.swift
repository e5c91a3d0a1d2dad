import PeculeHTTP
import PeculeSimulation

/// A payer at a browser: follows links and redirects, keeps cookies, fills in forms, presses buttons. Knows nothing
/// of the bank but what its pages say.
struct ScriptedPayer {
    struct Lost: Error {
        let problem: String
    }

    let login: String
    /// Presses « Refuser » instead of « Confirmer ».
    var refuses = false
    /// Types wrong one-time codes.
    var mistypes = false
    /// Closes the browser instead of coming back to this address.
    var leavesBefore: String?
    let transport: any HTTPTransport
    let journal: Journal

    private var cookies: [String: String] = [:]

    init(login: String, transport: any HTTPTransport, journal: Journal) {
        self.login = login
        self.transport = transport
        self.journal = journal
    }

    /// Walks from the bank's link until nothing is left to do.
    /// - Returns: the last page, nil when the browser was closed before it.
    mutating func walk(from link: String) async throws -> WebPage? {
        var request = HTTPRequest(.get, link)
        for _ in 0..<40 {
            if let end = leavesBefore, request.target.hasPrefix(end) { return nil }
            let response = try await send(request)
            if (300..<400).contains(response.status), let location = response.fields["Location"] {
                request = HTTPRequest(.get, try Self.resolve(location, from: request.target))
                continue
            }
            let page = WebPage(response.body)
            journal.note("page: « \(page.title) »")
            guard let next = try act(on: page, at: request.target) else { return page }
            request = next
        }
        throw Lost(problem: "the pages lead nowhere")
    }

    private mutating func act(on page: WebPage, at address: String) throws -> HTTPRequest? {
        if let form = page.forms.first(where: { $0.field("password") != nil }) {
            journal.note("logs in as \(login)")
            return try submit(form, ["login": login, "password": "demo"], at: address)
        }
        if let form = page.forms.first(where: { $0.field("account") != nil }) {
            let choices = form.fields.filter { $0.name == "account" }
            guard let chosen = choices.first(where: \.isSent) ?? choices.first(where: { !$0.isDisabled })
            else { throw Lost(problem: "no account can pay") }
            journal.note("chooses an account")
            return try submit(form, ["account": chosen.value], at: address)
        }
        if refuses, let form = page.forms.first(where: { $0.button == "Refuser" }) {
            journal.note("presses « Refuser »")
            return try submit(form, [:], at: address)
        }
        if let form = page.forms.first(where: { $0.field("code") != nil && $0.button == "Confirmer" }) {
            guard let received = page.text("code-recu") else { throw Lost(problem: "no code arrived") }
            let code = mistypes ? String(received.map { $0 == "0" ? "1" : "0" }) : received
            journal.note("types \(mistypes ? "a wrong code" : "the code of the telephone") and presses « Confirmer »")
            return try submit(form, ["code": code], at: address)
        }
        return try page.links.first.map { HTTPRequest(.get, try Self.resolve($0, from: address)) }
    }

    private func submit(_ form: WebPage.Form, _ typed: [String: String], at address: String) throws -> HTTPRequest {
        HTTPRequest(
            .post, try Self.resolve(form.action, from: address),
            fields: ["Content-Type": "application/x-www-form-urlencoded"], body: Array(form.filled(typed).text.utf8))
    }

    private mutating func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        var request = request
        let origin = try Self.origin(of: request.target)
        let known = cookies.filter { $0.key.hasPrefix(origin) }.map(\.value).sorted()
        if !known.isEmpty { request.fields.append(known.joined(separator: "; "), for: "Cookie") }
        request.fields.append("text/html", for: "Accept")
        let response = try await transport.send(request, within: HTTPLimits())
        for cookie in response.fields.values(of: "Set-Cookie") {
            let pair = String(cookie.prefix { $0 != ";" })
            cookies[origin + String(pair.prefix { $0 != "=" })] = pair
        }
        return response
    }

    private static func resolve(_ link: String, from address: String) throws -> String {
        if link.hasPrefix("http://") || link.hasPrefix("https://") { return link }
        guard link.hasPrefix("/") else { throw Lost(problem: "a link that is neither absolute nor from the root") }
        return try origin(of: address) + link
    }

    private static func origin(of address: String) throws -> String {
        guard let scheme = ["http://", "https://"].first(where: address.hasPrefix) else {
            throw Lost(problem: "not a web address")
        }
        return scheme + address.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" }
    }
}
