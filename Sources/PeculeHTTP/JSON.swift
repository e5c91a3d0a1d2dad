/// A JSON value (RFC 8259) that keeps what Foundation's coders lose: member order, the exact digits of a number,
/// and the right to refuse a repeated name.
///
/// A bank answers with its own members around ours and a mock bank must give back what it was given, so messages
/// are handled as trees. Amounts never pass through a binary fraction.
public enum JSON: Sendable, Equatable {
    public typealias Member = (name: String, value: JSON)

    case null
    case bool(Bool)
    /// The digits as written, for example `42.50`.
    case number(String)
    case string(String)
    case array([JSON])
    case object(JSONObject)

    /// An object of these members, in this order.
    public static func object(_ members: [Member]) -> JSON { .object(JSONObject(members)) }
    /// A whole number.
    public static func integer(_ value: Int) -> JSON { .number(String(value)) }

    public subscript(_ name: String) -> JSON? {
        if case .object(let object) = self { object[name] } else { nil }
    }

    public subscript(_ index: Int) -> JSON? {
        if case .array(let values) = self, values.indices.contains(index) { values[index] } else { nil }
    }

    public var string: String? { if case .string(let text) = self { text } else { nil } }
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    public var array: [JSON]? { if case .array(let values) = self { values } else { nil } }
    public var object: JSONObject? { if case .object(let object) = self { object } else { nil } }
    /// A number without fraction or exponent that fits `Int`.
    public var integer: Int? { if case .number(let digits) = self { Int(digits) } else { nil } }
    /// The text of a string or the digits of a number: for the amounts that banks write either way.
    public var scalar: String? {
        switch self {
        case .string(let text), .number(let text): text
        default: nil
        }
    }
}

/// The members of an object, in order, each name once.
public struct JSONObject: Sendable, Equatable {
    public private(set) var members: [JSON.Member]

    /// Precondition: no name twice.
    public init(_ members: [JSON.Member] = []) {
        precondition(Self.isEachOnce(members), "a member name stands twice")
        self.members = members
    }

    /// A few names are looked through faster than they are put into a set.
    private static func isEachOnce(_ members: [JSON.Member]) -> Bool {
        guard members.count <= 16 else { return Set(members.map(\.name)).count == members.count }
        return members.indices.allSatisfy { place in
            !members[..<place].contains { $0.name == members[place].name }
        }
    }

    init(unchecked members: [JSON.Member]) { self.members = members }

    /// Setting nil removes the member; a new name goes to the end.
    public subscript(_ name: String) -> JSON? {
        get { place(of: name).map { members[$0].value } }
        set {
            let index = place(of: name)
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append((name, value))
            case (nil, nil): break
            }
        }
    }

    private func place(of name: String) -> Int? {
        let length = name.utf8.count
        // By place: to look at a member must not copy it. By length first: most names differ in it.
        return members.indices.first { members[$0].name.utf8.count == length && members[$0].name == name }
    }

    /// Equal members in any order: the order of an object carries no meaning.
    public static func == (one: JSONObject, other: JSONObject) -> Bool {
        one.members.count == other.members.count && one.members.allSatisfy { other[$0.name] == $0.value }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { (name: $0.0, value: $0.1) })
    }
}
