public import PeculeHTTP

/// A browser without JavaScript: follows redirections inside some sites, keeps their cookies, fills in forms it finds.
public struct PageBrowser: Sendable {
    /// What leads elsewhere is not followed.
    private let origins: [String]
    private let transport: any HTTPTransport
    /// Names and values by origin.
    private var cookies: [String: [String: String]] = [:]
    public private(set) var page = HTTPResponse(status: 0)
    /// Of the page shown.
    public private(set) var address = ""
    /// Where the browser was sent, when that is elsewhere.
    public private(set) var left: String?

    public init(_ origins: String..., over transport: any HTTPTransport) {
        (self.origins, self.transport) = (origins, transport)
    }

    public var html: String { String(decoding: page.body, as: UTF8.self) }
    public var heading: String { Markup.between("<h1>", "</h1>", in: html) ?? "" }

    /// What follows `name=` in the query with which the browser left.
    public func answer(_ name: String) -> String? {
        left.flatMap { URLForm(parsing: $0.drop { $0 != "?" }.dropFirst()) }.flatMap { $0[name] }
    }

    public mutating func open(_ address: String) async throws(HTTPTransportError) {
        try await go(HTTPRequest(.get, address))
    }

    /// Sends the form whose action ends so, with its hidden fields and what the user types.
    public mutating func submit(_ action: String, _ typed: [URLForm.Pair] = []) async throws(HTTPTransportError) {
        let forms = Markup.forms(in: html).filter { $0.markup.contains("method=\"post\"") }
        guard let form = forms.first(where: { $0.action.hasSuffix("/\(action)") }) else {
            page = HTTPResponse(status: 0, body: Array("no form \(action) on « \(heading) »".utf8))
            return
        }
        try await send(form.action, form.hidden + typed)
    }

    /// To the site of the page shown, or the first one.
    public mutating func send(_ path: String, _ pairs: [URLForm.Pair]) async throws(HTTPTransportError) {
        let origin = Self.origin(of: address, among: origins) ?? origins[0]
        try await go(
            HTTPRequest(
                .post, origin + path, fields: ["Content-Type": "application/x-www-form-urlencoded"],
                body: Array(URLForm(pairs).text.utf8)))
    }

    /// The same for a form that takes a file.
    public mutating func upload(
        _ action: String, _ typed: [URLForm.Pair], file: [UInt8]?, named filename: String = "scan"
    ) async throws(HTTPTransportError) {
        guard let form = Markup.forms(in: html).first(where: { $0.action.hasSuffix("/\(action)") }) else {
            page = HTTPResponse(status: 0, body: Array("no form \(action) on « \(heading) »".utf8))
            return
        }
        let values = (form.hidden + typed).map { "\(Self.part($0.name))\r\n\r\n\($0.value)\r\n" }.joined()
        let head = "\(Self.part("fichier")); filename=\"\(file == nil ? "" : filename)\"\r\n\r\n"
        let body = Array((values + head).utf8) + (file ?? []) + Array("\r\n--\(Self.boundary)--\r\n".utf8)
        let origin = Self.origin(of: address, among: origins) ?? origins[0]
        try await go(
            HTTPRequest(
                .post, origin + form.action,
                fields: ["Content-Type": "multipart/form-data; boundary=\(Self.boundary)"], body: body))
    }

    private static let boundary = "----form"

    private static func part(_ name: String) -> String {
        "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\""
    }

    private mutating func go(_ first: HTTPRequest) async throws(HTTPTransportError) {
        var request = first
        left = nil
        for _ in 0..<5 {
            let origin = Self.origin(of: request.target, among: origins) ?? ""
            let known = cookies[origin, default: [:]].sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            request.fields.set(known.isEmpty ? nil : known.joined(separator: "; "), for: "Cookie")
            let response = try await transport.send(request, within: HTTPLimits())
            keepCookies(of: response, from: origin)
            (page, address) = (response, request.target)
            guard response.status == 303, let location = response.fields["Location"] else { return }
            let target = location.hasPrefix("/") ? origin + location : location
            guard Self.origin(of: target, among: origins) != nil else {
                left = target
                return
            }
            request = HTTPRequest(.get, target)
        }
    }

    private static func origin(of address: String, among origins: [String]) -> String? {
        origins.first { address.hasPrefix($0 + "/") }
    }

    private mutating func keepCookies(of response: HTTPResponse, from origin: String) {
        for text in response.fields.values(of: "Set-Cookie") {
            let pair = text.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1).map(String.init)
            cookies[origin, default: [:]][pair[0]] = text.contains("Max-Age=0") ? nil : pair.last
        }
    }

    /// Takes another browser's cookies.
    public mutating func steal(from other: PageBrowser) { cookies = other.cookies }
}
