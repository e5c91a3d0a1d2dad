import PeculeHTTP

/// The journal for machines: secrets are masked, for lists are pasted into tickets.
enum RequestList {
    static func row(_ entry: Journal.Entry) -> JSON {
        [
            "number": .integer(entry.number),
            "at": .string(StetDate.text(entry.at)),
            "bank": .string(entry.bank),
            "endpoint": .string(entry.endpoint.rawValue),
            "method": .string(entry.request.method.rawValue),
            "path": .string(String(entry.request.path)),
            "status": .integer(entry.response.status),
            "paymentId": entry.paymentID.map(JSON.string) ?? .null,
            "fault": entry.fault.map(JSON.string) ?? .null,
            "fields": fields(entry.request.fields),
            "body": .string(body(entry.request)),
        ]
    }

    private static let secret: Set<String> = ["authorization", "cookie", "psu-id", "psu-ip-address"]

    private static func fields(_ fields: HTTPFields) -> JSON {
        .object(
            JSONObject(
                fields.all.map { field in
                    (field.name, .string(secret.contains(field.name.lowercased()) ? "…" : field.value))
                }))
    }

    /// Forms carry passwords, codes and secrets; orders are what tests look at.
    private static func body(_ request: HTTPRequest) -> String {
        let isForm = request.fields["Content-Type"]?.hasPrefix("application/x-www-form-urlencoded") == true
        return isForm ? "…" : String(decoding: request.body.prefix(4096), as: UTF8.self)
    }
}
