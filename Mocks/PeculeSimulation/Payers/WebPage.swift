/// A page as far as a payer uses it: its forms, their buttons, links that look like buttons, and texts by id. Reads
/// the plain HTML that banks' pages are made of; a page that it cannot read has no forms.
struct WebPage: Sendable {
    struct Form: Sendable {
        let action: String
        /// What a browser would send untouched.
        var fields: [(name: String, value: String)] = []
        /// Names of the fields that the payer fills in.
        var blanks: Set<String> = []
        var button = ""
    }

    private(set) var forms: [Form] = []
    private(set) var links: [String] = []
    private(set) var texts: [String: String] = [:]

    init(_ html: [UInt8]) {
        for tag in html.split(separator: UInt8(ascii: "<")) {
            guard let end = tag.firstIndex(of: UInt8(ascii: ">")), let first = tag.first, first != UInt8(ascii: "/")
            else { continue }
            let name = tag.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: ">") }
            read(String(decoding: name, as: UTF8.self), tag[..<end], tag[(end + 1)...])
        }
    }

    private mutating func read(_ name: String, _ tag: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) {
        switch name {
        case "form": forms.append(Form(action: Self.value(of: "action", in: tag) ?? ""))
        case "input": readInput(tag)
        case "button": if !forms.isEmpty { forms[forms.count - 1].button = String(decoding: text, as: UTF8.self) }
        case "a":
            if Self.value(of: "class", in: tag) == "button", let link = Self.value(of: "href", in: tag) {
                links.append(link)
            }
        case "p": if let id = Self.value(of: "id", in: tag) { texts[id] = String(decoding: text, as: UTF8.self) }
        default: break
        }
    }

    private mutating func readInput(_ tag: ArraySlice<UInt8>) {
        guard !forms.isEmpty, let name = Self.value(of: "name", in: tag) else { return }
        let attributes = String(decoding: tag, as: UTF8.self)
        let isChoice = attributes.contains("type=\"radio\"")
        let value = Self.value(of: "value", in: tag)
        if isChoice ? attributes.contains(" checked") : value != nil {
            forms[forms.count - 1].fields.append((name, value ?? ""))
        } else if !isChoice {
            forms[forms.count - 1].blanks.insert(name)
        }
    }

    private static func value(of attribute: StaticString, in tag: ArraySlice<UInt8>) -> String? {
        let wanted = " \(attribute)=\""
        guard let range = String(decoding: tag, as: UTF8.self).firstRange(of: wanted) else { return nil }
        let text = String(decoding: tag, as: UTF8.self)[range.upperBound...].prefix { $0 != "\"" }
        return text.split(separator: "&amp;", omittingEmptySubsequences: false).joined(separator: "&")
    }
}
