/// Header fields in the order they came, looked up without regard to case (RFC 9110, section 5).
public struct HTTPFields: Sendable, Equatable, ExpressibleByDictionaryLiteral {
    /// One field line.
    public struct Field: Sendable, Equatable {
        public let name: String
        public let value: String

        func isNamed(_ other: String) -> Bool { HTTPFields.same(name, other) }
    }

    public private(set) var all: [Field] = []

    public init() {}

    public init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { append(value, for: name) }
    }

    /// The value of a field that appears exactly once; nil when it is absent or repeated.
    public subscript(_ name: String) -> String? {
        guard let first = all.firstIndex(where: { $0.isNamed(name) }),
            !all[(first + 1)...].contains(where: { $0.isNamed(name) })
        else { return nil }
        return all[first].value
    }

    /// Every value of the fields of that name, in order.
    public func values(of name: String) -> [String] {
        all.filter { $0.isNamed(name) }.map(\.value)
    }

    /// Whether any field has that name.
    public func contains(_ name: String) -> Bool {
        all.contains { $0.isNamed(name) }
    }

    /// Adds a field after the others, beside any of the same name.
    public mutating func append(_ value: String, for name: String) {
        all.append(Field(name: name, value: value))
    }

    package mutating func reserveCapacity(_ count: Int) { all.reserveCapacity(count) }

    /// Replaces every field of that name by one; nil removes them.
    public mutating func set(_ value: String?, for name: String) {
        all.removeAll { $0.isNamed(name) }
        if let value { append(value, for: name) }
    }

    /// The first field that must not go on a wire: a name that is no token, or a line break in a value.
    /// Writers and transports ask before they send, so that no value can forge a header.
    public var firstUnsendable: Field? {
        all.first { field in
            field.name.isEmpty || !HTTPSyntax.isAll(field.name, HTTPSyntax.isToken)
                || !HTTPSyntax.isAll(field.value, HTTPSyntax.isFieldValue)
        }
    }

    static func same(_ one: String, _ other: String) -> Bool {
        // Most are written alike.
        one.utf8.count == other.utf8.count
            && (one == other || one.utf8.elementsEqual(other.utf8) { lower($0) == lower($1) })
    }

    private static func lower(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}

extension HTTPFields {
    /// The value of a request's cookie (RFC 6265, section 4.2); nil when it is absent or stands twice.
    package func cookie(_ name: String) -> String? {
        let start = "\(name)="
        let pairs = values(of: "Cookie").flatMap { $0.parts(at: UInt8(ascii: ";")) }
        let found = pairs.map { $0.utf8.drop { $0 == UInt8(ascii: " ") } }.filter { $0.starts(with: start.utf8) }
        return found.count == 1 ? String(found[0].dropFirst(start.utf8.count)) : nil
    }
}
