package import FoundationEssentials

/// A value that is kept or sent as a JSON text.
package protocol JSONText: Sendable {
    /// Nil for what `json` does not write.
    init?(_ json: JSON)
    var json: JSON { get }
}

extension JSONText {
    package var text: String { String(decoding: json.bytes, as: UTF8.self) }

    package init?(text: String) {
        guard let json = try? JSON(parsing: Array(text.utf8)) else { return nil }
        self.init(json)
    }
}

extension Date {
    /// Whole milliseconds since 1970, as stores keep them.
    package init(milliseconds: Int) { self.init(timeIntervalSince1970: TimeInterval(milliseconds) / 1000) }
    package var milliseconds: Int { Int((timeIntervalSince1970 * 1000).rounded()) }
}
