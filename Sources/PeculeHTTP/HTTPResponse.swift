/// One HTTP response, on either side of the wire.
public struct HTTPResponse: Sendable, Equatable {
    /// Three digits (RFC 9110, section 15).
    public var status: Int
    public var fields: HTTPFields
    public var body: [UInt8]

    public init(status: Int, fields: HTTPFields = [:], body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// A response with a JSON body.
    public static func json(_ value: JSON, status: Int = 200, type: String = "application/json") -> HTTPResponse {
        HTTPResponse(status: status, fields: ["Content-Type": type], body: value.bytes)
    }

    /// 303, so that the browser comes back with a GET and never repeats a form (RFC 9110, section 15.4.4).
    public static func seeOther(_ location: String) -> HTTPResponse {
        HTTPResponse(status: 303, fields: ["Location": location])
    }

    /// An error as a problem document (RFC 9457) with a stable `code` beside the standard members.
    public static func problem(_ status: Int, code: String, title: String, detail: String? = nil) -> HTTPResponse {
        var members: [JSON.Member] = [
            ("type", "about:blank"), ("title", .string(title)), ("status", .integer(status)), ("code", .string(code)),
        ]
        if let detail { members.append(("detail", .string(detail))) }
        return .json(.object(members), status: status, type: "application/problem+json")
    }
}
