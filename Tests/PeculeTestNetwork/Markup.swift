public import PeculeHTTP

/// Reads the little that a browser needs out of our pages.
public enum Markup {
    public struct Form {
        public let action: String
        public let hidden: [URLForm.Pair]
        public let markup: String
    }

    public static func between(_ start: String, _ end: String, in text: some StringProtocol) -> String? {
        guard let from = text.firstRange(of: start) else { return nil }
        let rest = text[from.upperBound...]
        return rest.firstRange(of: end).map { unescaped(String(rest[..<$0.lowerBound])) }
    }

    public static func forms(in html: String) -> [Form] {
        html.split(separator: "<form").dropFirst().compactMap { part in
            let markup = String(part.split(separator: "</form>", maxSplits: 1)[0])
            guard let action = between("action=\"", "\"", in: markup) else { return nil }
            let hidden = tags("input", in: markup).filter { $0.contains("type=\"hidden\"") }
            return Form(
                action: action,
                hidden: hidden.map { tag in
                    (between("name=\"", "\"", in: tag) ?? "", between("value=\"", "\"", in: tag) ?? "")
                },
                markup: markup)
        }
    }

    public static func tags(_ name: String, in html: String) -> [String] {
        html.split(separator: "<\(name) ").dropFirst().map { String($0.prefix { $0 != ">" }) }
    }

    public static func values(ofInputsNamed name: String, in html: String) -> [String] {
        tags("input", in: html).filter { $0.contains("name=\"\(name)\"") }
            .compactMap { between("value=\"", "\"", in: $0) }
    }

    private static func unescaped(_ text: String) -> String {
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")].reduce(text) { text, pair in
            text.replacing(pair.0, with: pair.1)
        }
    }
}
