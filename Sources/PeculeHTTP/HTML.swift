/// Markup in which every text put in is escaped: writing `"<p>\(name)</p>"` is always right.
package struct HTML: Sendable, ExpressibleByStringInterpolation {
    /// UTF-8, as it is sent.
    package let bytes: [UInt8]

    package init(stringLiteral value: String) { bytes = Array(value.utf8) }
    package init(stringInterpolation: Interpolation) { bytes = stringInterpolation.bytes }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var bytes: [UInt8] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        package mutating func appendLiteral(_ literal: String) { bytes.append(literal) }

        /// Escaped for element content and for quoted attribute values alike.
        package mutating func appendInterpolation(_ value: String) {
            if HTTPSyntax.isAll(value, { !Self.isMarkup($0) }) { return appendLiteral(value) }
            for byte in value.utf8 {
                switch byte {
                case UInt8(ascii: "&"): appendLiteral("&amp;")
                case UInt8(ascii: "<"): appendLiteral("&lt;")
                case UInt8(ascii: ">"): appendLiteral("&gt;")
                case UInt8(ascii: "\""): appendLiteral("&quot;")
                case UInt8(ascii: "'"): appendLiteral("&#39;")
                default: bytes.append(byte)
                }
            }
        }

        private static func isMarkup(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
            default: false
            }
        }

        package mutating func appendInterpolation(_ value: Int) { appendLiteral(String(value)) }
        package mutating func appendInterpolation(_ markup: HTML) { bytes += markup.bytes }
        package mutating func appendInterpolation(_ markup: HTML?) { bytes += markup?.bytes ?? [] }
        package mutating func appendInterpolation(_ markup: [HTML]) { for part in markup { bytes += part.bytes } }
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
        let targets = ["'self'"] + formTargets.map { $0.utf8.contains(UInt8(ascii: "[")) ? "http:" : $0 }
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
            ], body: document.bytes)
    }
}
