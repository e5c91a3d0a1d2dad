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
    public private(set) var title = ""
    private let html: HTMLBytes

    /// The text of the element with that `id`.
    public func text(_ id: String) -> String? {
        var found: HTMLTag?
        html.read { tag in if found == nil, html.attribute("id", of: tag) == id { found = tag } }
        return found.map(html.text)
    }

    public init(_ html: [UInt8]) {
        self.html = HTMLBytes(html)
        self.html.read { read($0) }
    }

    private mutating func read(_ tag: HTMLTag) {
        switch html.name(of: tag) {
        case "title": title = html.text(of: tag)
        case "form": forms.append(Form(action: html.attribute("action", of: tag) ?? ""))
        case "input": add(tag)
        case "button": if !forms.isEmpty { forms[forms.count - 1].button = html.text(of: tag) }
        case "a":
            guard html.attribute("class", of: tag) == "button", let target = html.attribute("href", of: tag) else {
                break
            }
            links.append(target)
        default: break
        }
    }

    private mutating func add(_ tag: HTMLTag) {
        guard !forms.isEmpty, let name = html.attribute("name", of: tag) else { return }
        let isDisabled = html.attribute("disabled", of: tag) != nil
        let isChoice = ["radio", "checkbox"].contains(html.attribute("type", of: tag))
        forms[forms.count - 1].fields.append(
            Field(
                name: name, value: html.attribute("value", of: tag) ?? "",
                isSent: !isDisabled && (!isChoice || html.attribute("checked", of: tag) != nil),
                isDisabled: isDisabled))
    }
}
