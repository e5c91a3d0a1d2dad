import PeculeHTTP
import PeculeTestNetwork

/// A browser without JavaScript: follows redirections inside the bank, keeps cookies, fills in forms it finds.
struct Browser {
    let world: World
    private var cookies: [(path: String, name: String, value: String)] = []
    /// The address of the page shown.
    private(set) var path = ""
    private(set) var page = HTTPResponse(status: 0)
    /// Where the bank sent the browser, when that is outside the bank.
    private(set) var left: String?
    /// What it prefers, as `Accept-Language`.
    var language: String?

    init(_ world: World) { self.world = world }

    var html: String { page.text }
    var title: String { Markup.between("<title>", "</title>", in: html) ?? "" }
    var heading: String { Markup.between("<h1>", "</h1>", in: html) ?? "" }

    mutating func open(_ address: String) async {
        await go(HTTPRequest(.get, String(address.trimmingPrefix(World.baseURL))))
    }

    mutating func reload() async { await open(path) }

    /// Sends the form whose action ends so, with its hidden fields and what the user types.
    mutating func submit(_ action: String, _ typed: [URLForm.Pair] = []) async {
        guard let form = Markup.forms(in: html).first(where: { $0.action.hasSuffix("/" + action) }) else {
            page = HTTPResponse(status: 0, body: Array("no form \(action) on « \(title) »".utf8))
            return
        }
        await send(form.action, form.hidden + typed)
    }

    mutating func send(_ target: String, _ pairs: [URLForm.Pair]) async {
        await go(
            HTTPRequest(
                .post, target, fields: ["Content-Type": "application/x-www-form-urlencoded"],
                body: Array(URLForm(pairs).text.utf8)))
    }

    private mutating func go(_ first: HTTPRequest) async {
        var request = first
        left = nil
        for _ in 0..<5 {
            request.fields.set(language, for: "Accept-Language")
            let known = cookies.filter { request.path.hasPrefix($0.path) }
            request.fields.set(
                known.isEmpty ? nil : known.map { "\($0.name)=\($0.value)" }.joined(separator: "; "), for: "Cookie")
            let response = await world.send(request)
            keepCookies(of: response)
            guard response.status == 303, let location = response.fields["Location"] else {
                (page, path) = (response, request.target)
                return
            }
            guard location.hasPrefix("/") else {
                (page, left) = (response, location)
                return
            }
            request = HTTPRequest(.get, location)
        }
    }

    private mutating func keepCookies(of response: HTTPResponse) {
        for text in response.fields.values(of: "Set-Cookie") {
            let parts = text.split(separator: ";").map { $0.trimmingPrefix(" ") }
            let pair = parts[0].split(separator: "=", maxSplits: 1).map(String.init)
            let path = parts.first { $0.hasPrefix("Path=") }.map { String($0.dropFirst(5)) } ?? "/"
            cookies.removeAll { $0.path == path && $0.name == pair[0] }
            cookies.append((path, pair[0], pair[1]))
        }
    }

    var cookie: String? { cookies.last?.value }

    mutating func plantCookie(_ value: String, path: String) { cookies = [(path, "approval", value)] }

    // MARK: What a payer does

    mutating func logIn(_ login: String, password: String = "demo") async {
        await submit("login", [("login", login), ("password", password)])
    }

    mutating func choose(_ account: Int = 0) async {
        let values = Markup.values(ofInputsNamed: "account", in: html)
        await submit("account", values.indices.contains(account) ? [("account", values[account])] : [])
    }

    /// The code on the demonstration telephone.
    var code: String { Markup.between("id=\"code-recu\">", "</p>", in: html) ?? "" }

    mutating func confirm(code typed: String? = nil) async { await submit("confirm", [("code", typed ?? code)]) }

    mutating func refuse() async { await submit("refuse") }

    /// From the link to the page where one confirms.
    mutating func reachConfirmation(_ link: String, as login: String = "camille") async {
        await open(link)
        await logIn(login)
        // An account that the order names is not asked for.
        if Markup.forms(in: html).contains(where: { $0.action.hasSuffix("account") }) { await choose() }
    }

    /// The whole way; the address outside to which the bank sent the browser.
    mutating func approve(_ link: String, as login: String = "camille") async -> String? {
        await reachConfirmation(link, as: login)
        await confirm()
        return left
    }
}
