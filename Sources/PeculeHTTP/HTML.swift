/// Markup in which every text put in is escaped: writing `"<p>\(name)</p>"` is always right.
package struct HTML: Sendable, ExpressibleByStringInterpolation {
    package let text: String

    package init(stringLiteral value: String) { text = value }
    package init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        package mutating func appendLiteral(_ literal: String) { text += literal }

        /// Escaped for element content and for quoted attribute values alike.
        package mutating func appendInterpolation(_ value: String) {
            if HTTPSyntax.isAll(value, { !Self.isMarkup($0) }) { return text += value }
            for character in value.unicodeScalars {
                switch character {
                case "&": text += "&amp;"
                case "<": text += "&lt;"
                case ">": text += "&gt;"
                case "\"": text += "&quot;"
                case "'": text += "&#39;"
                default: text.unicodeScalars.append(character)
                }
            }
        }

        private static func isMarkup(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
            default: false
            }
        }

        package mutating func appendInterpolation(_ value: Int) { text += String(value) }
        package mutating func appendInterpolation(_ markup: HTML) { text += markup.text }
        package mutating func appendInterpolation(_ markup: HTML?) { text += markup?.text ?? "" }
        package mutating func appendInterpolation(_ markup: [HTML]) { for part in markup { text += part.text } }
    }
}

extension HTTPResponse {
    /// A page that loads nothing but its own site's stylesheet, runs nothing, is shown in no frame and kept nowhere.
    /// - Parameters:
    ///   - formTargets: origins beyond this site to which a form may lead: browsers apply `form-action` to the
    ///     redirection after it as well.
    ///   - imageSources: origins of images.
    package static func page(
        _ document: HTML, status: Int = 200, formTargets: [String] = [], imageSources: [String] = []
    ) -> HTTPResponse {
        // The policy's grammar has no place for an IPv6 address.
        let targets = ["'self'"] + formTargets.map { $0.contains("[") ? "http:" : $0 }
        let images = imageSources.isEmpty ? "" : "img-src \(imageSources.joined(separator: " ")); "
        let policy = "default-src 'none'; \(images)style-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
        return HTTPResponse(
            status: status,
            fields: [
                "Content-Type": "text/html; charset=utf-8",
                "Content-Security-Policy": policy + "form-action \(targets.joined(separator: " "))",
                "Cache-Control": "no-store",
                "X-Content-Type-Options": "nosniff",
                "Referrer-Policy": "no-referrer",
                "Cross-Origin-Opener-Policy": "same-origin",
            ], body: Array(document.text.utf8))
    }
}
