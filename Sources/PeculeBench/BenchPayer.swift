import Glibc
import PeculeHTTP

/// A payer at the mock bank with no more requests than it takes: the link, and three pages with a form each.
struct BenchPayer {
    let transport: any HTTPTransport
    /// `http://127.0.0.1:8080`
    let bank: String

    /// - Returns: the query with which the bank sends the browser back.
    func approve(at link: String) async throws -> String {
        var answer = try await send(HTTPRequest(.get, link))
        let path = answer.fields["Location"] ?? ""
        var cookie = ""
        for action in ["/login", "/account", "/confirm"] {
            if let given = answer.fields["Set-Cookie"] { cookie = String(given.prefix { $0 != ";" }) }
            let page = try await send(HTTPRequest(.get, bank + path, fields: ["Cookie": cookie]))
            let form = Self.filled(action, page.body)
            answer = try await send(
                HTTPRequest(
                    .post, bank + path + action,
                    fields: ["Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"],
                    body: Array(form.text.utf8)))
        }
        guard let query = answer.fields["Location"]?.split(separator: "?").dropFirst().first else {
            Bench.fail("the bank's pages lead nowhere")
        }
        return String(query)
    }

    private static func filled(_ action: String, _ page: [UInt8]) -> URLForm {
        let token = ("csrf", text(in: page, after: "name=\"csrf\" value=\""))
        return switch action {
        case "/login": URLForm([token, ("login", "camille"), ("password", "demo")])
        case "/account": URLForm([token, ("account", text(in: page, after: "id=\"compte-0\" value=\""))])
        default: URLForm([token, ("code", text(in: page, after: "id=\"code-recu\">"))])
        }
    }

    /// What stands between a mark and the end of its attribute or element.
    private static func text(in page: [UInt8], after mark: String) -> String {
        let text = (page + [0]).withUnsafeBytes { bytes -> String? in
            guard let page = bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                let found = strstr(page, mark)
            else { return nil }
            let start = found + mark.utf8.count
            let end = UnsafeRawBufferPointer(start: start, count: strcspn(start, "\"<"))
            return String(decoding: end, as: UTF8.self)
        }
        guard let text else { Bench.fail("the bank's page has no \(mark)") }
        return text
    }

    private func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await transport.send(request, within: HTTPLimits())
    }
}
