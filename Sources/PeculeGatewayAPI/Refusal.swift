import PeculeHTTP

/// A request that is answered with a problem document instead.
struct Refusal: Error {
    let status: Int
    let code: String
    let title: String
    var detail: String?
    var members: [JSON.Member] = []
    var fields: [(name: String, value: String)] = []

    /// The request itself is not well-formed; names the field, and what to write instead.
    static func bad(_ field: String, _ detail: String) -> Refusal {
        Refusal(
            status: 400, code: "bad_request", title: "The request is not well-formed", detail: "\(field): \(detail)",
            members: [("field", .string(field))])
    }

    /// As a problem document (RFC 9457).
    var response: HTTPResponse {
        var own: [JSON.Member] = [
            ("type", "about:blank"), ("title", .string(title)), ("status", .integer(status)), ("code", .string(code)),
        ]
        if let detail { own.append(("detail", .string(detail))) }
        var response = HTTPResponse.json(
            .object(own + members), status: status, type: "application/problem+json")
        for field in fields { response.fields.set(field.value, for: field.name) }
        return response
    }
}
