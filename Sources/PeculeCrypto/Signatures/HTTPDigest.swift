/// The field `Digest` of a message (RFC 3230), with SHA-256.
public enum HTTPDigest {
    /// The field of a message with that body.
    public static func field(_ body: [UInt8]) -> String { "SHA-256=" + Base64.encode(SHA256.digest(body)) }

    /// Whether the field speaks of exactly these bytes.
    public static func matches(_ field: String, _ body: [UInt8]) -> Bool {
        field.hasPrefix("SHA-256=")
            && Base64.decode(field.dropFirst("SHA-256=".count)).map { ConstantTime.equal($0, SHA256.digest(body)) }
                == true
    }
}
