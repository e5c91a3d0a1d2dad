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

    public private(set) var forms: [Form] = []
    /// Links that look like buttons.
    public private(set) var links: [String] = []
    private var titleText: ArraySlice<UInt8> = []
    private let html: [UInt8]

    public var title: String { HTMLTag.plain(titleText) }

    /// The text of the element with that `id`.
    public func text(_ id: String) -> String? {
        var found: ArraySlice<UInt8>?
        Self.read(html) { tag, text in if found == nil, tag["id"] == id { found = text } }
        return found.map(HTMLTag.plain)
    }

    public init(_ html: [UInt8]) {
        self.html = html
        Self.read(html) { tag, text in read(tag, text) }
    }

    private mutating func read(_ tag: HTMLTag, _ text: ArraySlice<UInt8>) {
        switch tag.name {
        case "title": titleText = text
        case "form": forms.append(Form(action: tag["action"] ?? ""))
        case "input": add(tag)
        case "button": if !forms.isEmpty { forms[forms.count - 1].button = HTMLTag.plain(text) }
        case "a": if tag["class"] == "button", let target = tag["href"] { links.append(target) }
        default: break
        }
    }

    private mutating func add(_ tag: HTMLTag) {
        guard !forms.isEmpty, let name = tag["name"] else { return }
        let isDisabled = tag["disabled"] != nil
        let isChoice = ["radio", "checkbox"].contains(tag["type"])
        forms[forms.count - 1].fields.append(
            Field(
                name: name, value: tag["value"] ?? "",
                isSent: !isDisabled && (!isChoice || tag["checked"] != nil), isDisabled: isDisabled))
    }
}
