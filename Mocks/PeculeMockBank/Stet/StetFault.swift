import FoundationEssentials
import PeculeHTTP

/// An error of the interface (`ErrorModel`).
struct StetFault: Error {
    let status: Int
    let message: String
    /// `WWW-Authenticate` (RFC 6750, section 3).
    let challenge: String?
    /// A code of the bank beside what the model has.
    let code: String?

    init(_ status: Int, _ message: String, challenge: String? = nil, code: String? = nil) {
        self.status = status
        self.message = message
        self.challenge = challenge
        self.code = code
    }

    init(_ refusal: RequestRefusal, _ profile: MockBankProfile) {
        switch refusal {
        case .declined(let decline):
            let style = profile.variants.refusal
            self.init(style == .forbidden ? 403 : 400, decline.text(style))
        case .invalid(let message): self.init(400, message)
        case .forbidden(let message): self.init(403, message)
        case .unknown: self.init(404, "there is no such payment request")
        }
    }

    func response(path: some StringProtocol, at now: Date) -> HTTPResponse {
        var body: [JSON.Member] = [
            ("timestamp", .string(StetDate.text(now))), ("status", .integer(status)), ("error", .string(reason)),
            ("message", .string(String(message.prefix(140)))), ("path", .string(String(path.prefix(140)))),
        ]
        if let code { body.append(("code", .string(code))) }
        var response = HTTPResponse.json(.object(body), status: status)
        response.fields.set(challenge, for: "WWW-Authenticate")
        return response
    }

    private var reason: String {
        switch status {
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 415: "Unsupported Media Type"
        default: "Error"
        }
    }
}

extension HTTPResponse {
    static func hal(_ body: JSON, status: Int = 200) -> HTTPResponse {
        .json(body, status: status, type: "application/hal+json; charset=utf-8")
    }
}

extension StetFace {
    /// Gives every answer of the interface the request's correlation identifier, and the router's own refusals
    /// the form that the standard wants.
    static func dress(_ response: HTTPResponse, for request: HTTPRequest, at now: Date) -> HTTPResponse {
        let segments = request.path.parts(at: UInt8(ascii: "/"))
        guard segments.count > 2, segments[2] == "stet" else { return response }
        var dressed = response
        if response.fields["Content-Type"] == "application/problem+json" {
            let message = response.status == 405 ? "this method is not served here" : "there is nothing at this address"
            dressed = StetFault(response.status, message).response(path: request.path, at: now)
            dressed.fields.set(response.fields["Allow"], for: "Allow")
        }
        dressed.fields.set(StetHead.requestID(of: request), for: "X-Request-ID")
        dressed.fields.set("no-store", for: "Cache-Control")
        return dressed
    }
}
