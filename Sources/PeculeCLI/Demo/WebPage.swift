/// A page as far as a payer uses it: its title, forms, buttons and links. Reads the plain HTML that banks' pages
/// are made of; a page that it cannot read has no forms.
struct WebPage {
    struct Field {
        let name: String
        let type: String
        let value: String
        /// False for what a browser would not send: disabled, or a choice that is not made.
        let isSent: Bool
        let isDisabled: Bool
    }

    struct Form {
        let action: String
        var fields: [Field] = []
        var button = ""

        func field(_ name: String) -> Field? { fields.first { $0.name == name } }
    }

    private(set) var title = ""
    private(set) var forms: [Form] = []
    /// Links that look like buttons.
    private(set) var links: [String] = []
    /// Texts of elements by their `id`.
    private(set) var texts: [String: String] = [:]

    init(_ html: String) {
        for match in html.matches(of: /<([a-z1-6]+)\b([^>]*)>([^<]*)/) {
            let attributes = Self.attributes(match.output.2)
            let text = Self.plain(match.output.3)
            if let id = attributes["id"] { texts[id] = text }
            switch match.output.1 {
            case "title": title = text
            case "form": forms.append(Form(action: attributes["action"] ?? ""))
            case "input": add(attributes)
            case "button": if !forms.isEmpty { forms[forms.count - 1].button = text }
            case "a": if attributes["class"] == "button", let target = attributes["href"] { links.append(target) }
            default: break
            }
        }
    }

    private mutating func add(_ attributes: [String: String]) {
        guard !forms.isEmpty, let name = attributes["name"] else { return }
        let type = attributes["type"] ?? "text"
        let isDisabled = attributes["disabled"] != nil
        let isChoice = type == "radio" || type == "checkbox"
        forms[forms.count - 1].fields.append(
            Field(
                name: name, type: type, value: attributes["value"] ?? "",
                isSent: !isDisabled && (!isChoice || attributes["checked"] != nil), isDisabled: isDisabled))
    }

    private static func attributes(_ text: Substring) -> [String: String] {
        var found: [String: String] = [:]
        for match in text.matches(of: /([a-z-]+)(?:="([^"]*)")?/) {
            found[String(match.output.1)] = plain(match.output.2 ?? "")
        }
        return found
    }

    private static func plain(_ html: Substring) -> String {
        var text = String(html)
        for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
            text = text.split(separator: entity, omittingEmptySubsequences: false).joined(separator: character)
        }
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
