/// One HTTP request, on either side of the wire.
public struct HTTPRequest: Sendable, Equatable {
    public var method: HTTPMethod
    /// What stands between method and version (RFC 9112, section 3.2). A client gives the absolute form
    /// (`https://bank.example/path?query`); a server receives the origin form (`/path?query`).
    public var target: String
    public var fields: HTTPFields
    public var body: [UInt8]
    /// The certificate (DER) of a TLS client that has proved to hold its key, where the server asks for one and leaves
    /// the judgement to its handler; nil without one. A client does not set it.
    public var clientCertificate: [UInt8]?

    public init(_ method: HTTPMethod, _ target: String, fields: HTTPFields = [:], body: [UInt8] = []) {
        self.method = method
        self.target = target
        self.fields = fields
        self.body = body
    }

    /// The part of an origin-form target before the first `?`, as sent.
    public var path: Substring {
        target[..<(mark ?? target.endIndex)]
    }

    /// The part of the target after the first `?`, as sent; nil without one.
    public var query: Substring? {
        mark.map { target[target.index(after: $0)...] }
    }

    private var mark: String.Index? { target[...].firstIndex(ofByte: UInt8(ascii: "?")) }
}
