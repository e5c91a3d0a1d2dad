/// The name=value pairs of a query string or a form body, in order.
public struct URLForm: Sendable, Equatable {
    public typealias Pair = (name: String, value: String)

    public private(set) var pairs: [Pair]

    public init(_ pairs: [Pair] = []) { self.pairs = pairs }

    /// Nil when any pair cannot be decoded, or when there are more than 100.
    public init?(parsing text: some StringProtocol) {
        pairs = []
        guard !text.isEmpty else { return }
        for part in Substring(text).parts(at: UInt8(ascii: "&")) {
            let end = part.firstIndex(ofByte: UInt8(ascii: "=")) ?? part.endIndex
            guard pairs.count < 100,
                let name = URLCoding.decode(part[..<end], plusIsSpace: true), !name.isEmpty,
                let value = URLCoding.decode(Substring(part[end...].utf8.dropFirst()), plusIsSpace: true)
            else { return nil }
            pairs.append((name, value))
        }
    }

    /// Nil when the bytes are not UTF-8 or not a form.
    public init?(body: [UInt8]) {
        guard let text = String(validating: body, as: UTF8.self) else { return nil }
        self.init(parsing: text)
    }

    /// The value of a name that appears exactly once; nil when it is absent or repeated.
    public subscript(_ name: String) -> String? {
        guard let first = pairs.firstIndex(where: { $0.name == name }),
            !pairs[(first + 1)...].contains(where: { $0.name == name })
        else { return nil }
        return pairs[first].value
    }

    /// Names that appear more than once: parameter pollution, to be refused where a value decides something.
    public var repeated: Set<String> {
        var names: Set<String> = []
        return Set(pairs.map(\.name).filter { !names.insert($0).inserted })
    }

    /// Adds a pair after the others.
    public mutating func append(_ value: String, for name: String) {
        pairs.append((name, value))
    }

    public var text: String {
        pairs.map { URLCoding.encode($0.name) + "=" + URLCoding.encode($0.value) }.joined(separator: "&")
    }

    public static func == (one: URLForm, other: URLForm) -> Bool {
        one.pairs.elementsEqual(other.pairs, by: ==)
    }
}
