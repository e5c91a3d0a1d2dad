/// What a signature can be about: the head of a request or of an answer.
public struct SignedHead: Sendable {
    /// Nil in an answer.
    public let method: String?
    /// Path and query of a request.
    public let target: String
    public let fields: [(name: String, value: String)]

    public init(method: String?, target: String, fields: [(name: String, value: String)]) {
        (self.method, self.target, self.fields) = (method, target, fields)
    }

    /// The line of the text to be signed that stands for one name of the header list; nil when the head lacks it.
    fileprivate func line(_ name: String) -> String? {
        if name == HTTPSignature.requestTarget { return method.map { "\(name): \($0.lowercased()) \(target)" } }
        let values = fields.filter { $0.name.lowercased() == name }.map { Self.trimmed($0.value) }
        return values.isEmpty ? nil : "\(name): \(values.joined(separator: ", "))"
    }

    /// Whether there is something to sign under that lower-case name.
    public func contains(_ name: String) -> Bool { line(name) != nil }

    private static func trimmed(_ text: String) -> Substring {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        var rest = text[...].drop(while: isBlank)
        while rest.last.map(isBlank) == true { rest.removeLast() }
        return rest
    }
}

/// The field `Signature` of a message as STET and Berlin Group use it (draft-cavage-http-signatures, sections 2, 4).
public struct HTTPSignature: Sendable, Equatable {
    public static let requestTarget = "(request-target)"

    public let keyID: String
    public let algorithm: SignatureAlgorithm
    /// Lower-case names of what is signed, in order.
    public let headers: [String]
    public let bytes: [UInt8]

    /// Signs the parts of a head. Nil when it lacks one of them, or a name or the key's id cannot stand in a field.
    public init?(
        of head: SignedHead, headers: [String], keyID: String, algorithm: SignatureAlgorithm, key: PrivateKey
    ) {
        guard let text = Self.text(headers, of: head), Self.isQuotable(keyID) else { return nil }
        (self.keyID, self.algorithm, self.headers) = (keyID, algorithm, headers)
        bytes = key.sign(text.utf8, by: algorithm)
    }

    /// What is signed: one line for each name (section 2.3). Nil for a name twice, none, or one that the head lacks.
    static func text(_ headers: [String], of head: SignedHead) -> String? {
        guard !headers.isEmpty, Set(headers).count == headers.count else { return nil }
        let lines = headers.compactMap(head.line)
        return lines.count == headers.count ? lines.joined(separator: "\n") : nil
    }

    /// Whether the certificate's key signed those parts of this head.
    public func isValid(for head: SignedHead, by certificate: Certificate) -> Bool {
        Self.text(headers, of: head).map { certificate.verifies(bytes, of: $0.utf8, by: algorithm) } ?? false
    }

    // MARK: The field

    public var field: String {
        let list = headers.joined(separator: " ")
        let signature = Base64.encode(bytes)
        return "keyId=\"\(keyID)\",algorithm=\"\(algorithm.rawValue)\",headers=\"\(list)\",signature=\"\(signature)\""
    }

    /// Nil unless each of the four parameters stands there once, quoted, with a value that is understood here.
    public init?(field: String) {
        guard let parameters = Self.parameters(field), let keyID = parameters["keyId"], !keyID.isEmpty,
            let algorithm = parameters["algorithm"].flatMap(SignatureAlgorithm.init),
            let bytes = parameters["signature"].flatMap({ Base64.decode($0) }), !bytes.isEmpty,
            let headers = parameters["headers"]
        else { return nil }
        (self.keyID, self.algorithm, self.bytes) = (keyID, algorithm, bytes)
        self.headers = headers.split(separator: " ").map(String.init)
        guard !self.headers.isEmpty, self.headers.allSatisfy({ $0 == $0.lowercased() }) else { return nil }
    }

    private static func parameters(_ field: String) -> [String: String]? {
        var (found, rest) = ([String: String](), field[...])
        while !rest.isEmpty {
            guard let name = rest.wholePrefix(upTo: "=\""), let value = rest.wholePrefix(upTo: "\""),
                isQuotable(value), found.updateValue(value, forKey: name) == nil
            else { return nil }
            guard rest.isEmpty || rest.popFirst() == "," else { return nil }
            rest = rest.drop { $0 == " " }
        }
        return found
    }

    /// Printable ASCII that needs no escape.
    private static func isQuotable(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    }
}

extension Substring {
    /// Takes what stands before the mark, and the mark with it; nil without the mark.
    fileprivate mutating func wholePrefix(upTo mark: String) -> String? {
        guard let range = firstRange(of: mark) else { return nil }
        defer { self = self[range.upperBound...] }
        return String(self[..<range.lowerBound])
    }
}
