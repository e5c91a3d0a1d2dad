public import PeculeHTTP

/// A page as far as a payer uses it: its title, forms, buttons and links. Reads the plain HTML that banks' pages
/// are made of; a page that it cannot read has no forms.
public struct WebPage: Sendable {
    /// An input of a form.
    public struct Field: Sendable {
        public let name: String
        public let value: String
        /// False for what a browser would not send: disabled, or a choice that is not made.
        public let isSent: Bool
        public let isDisabled: Bool
    }

    /// What a button sends.
    public struct Form: Sendable {
        public let action: String
        public fileprivate(set) var fields: [Field] = []
        public fileprivate(set) var button = ""

        /// The first field of that name.
        public func field(_ name: String) -> Field? { fields.first { $0.name == name } }

        /// What a browser sends when this was typed or chosen.
        public func filled(_ typed: [String: String]) -> URLForm {
            var names: Set<String> = []
            return URLForm(
                fields.compactMap { field in
                    guard field.isSent || typed[field.name] != nil, names.insert(field.name).inserted else {
                        return nil
                    }
                    return (field.name, typed[field.name] ?? field.value)
                })
        }
    }

    public private(set) var title = ""
    public private(set) var forms: [Form] = []
    /// Links that look like buttons.
    public private(set) var links: [String] = []
    /// Texts of elements by their `id`.
    public private(set) var texts: [String: String] = [:]

    public init(_ html: [UInt8]) {
        for part in html.split(separator: UInt8(ascii: "<")) {
            guard let first = part.first, Self.isOfName(first), let end = part.firstIndex(of: UInt8(ascii: ">"))
            else { continue }
            let name = part[..<end].prefix { Self.isOfName($0) || (UInt8(ascii: "1")...UInt8(ascii: "6")).contains($0) }
            read(String(decoding: name, as: UTF8.self), part[name.endIndex..<end], part[(end + 1)...])
        }
    }

    private mutating func read(_ name: String, _ tag: ArraySlice<UInt8>, _ bytes: ArraySlice<UInt8>) {
        let attributes = Self.attributes(tag)
        if let id = attributes["id"] { texts[id] = Self.plain(bytes) }
        switch name {
        case "title": title = Self.plain(bytes)
        case "form": forms.append(Form(action: attributes["action"] ?? ""))
        case "input": add(attributes)
        case "button": if !forms.isEmpty { forms[forms.count - 1].button = Self.plain(bytes) }
        case "a": if attributes["class"] == "button", let target = attributes["href"] { links.append(target) }
        default: break
        }
    }

    private mutating func add(_ attributes: [String: String]) {
        guard !forms.isEmpty, let name = attributes["name"] else { return }
        let isDisabled = attributes["disabled"] != nil
        let isChoice = ["radio", "checkbox"].contains(attributes["type"])
        forms[forms.count - 1].fields.append(
            Field(
                name: name, value: attributes["value"] ?? "",
                isSent: !isDisabled && (!isChoice || attributes["checked"] != nil), isDisabled: isDisabled))
    }

    /// ` name="value"` or ` name`, one after the other.
    private static func attributes(_ tag: ArraySlice<UInt8>) -> [String: String] {
        var found: [String: String] = [:]
        var rest = tag.drop { !isOfName($0) }
        while !rest.isEmpty {
            let name = rest.prefix(while: isOfName)
            rest = rest[name.endIndex...]
            var value: ArraySlice<UInt8> = []
            if rest.starts(with: Array("=\"".utf8)) {
                value = rest.dropFirst(2).prefix { $0 != UInt8(ascii: "\"") }
                rest = rest[value.endIndex...].dropFirst()
            }
            found[String(decoding: name, as: UTF8.self)] = plain(value)
            rest = rest.drop { !isOfName($0) }
        }
        return found
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "-")
    }

    private static func plain(_ html: ArraySlice<UInt8>) -> String {
        var text = String(decoding: html, as: UTF8.self)
        for (entity, character) in entities where text.utf8.contains(UInt8(ascii: "&")) {
            text = text.split(separator: entity, omittingEmptySubsequences: false).joined(separator: character)
        }
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private static let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
}
