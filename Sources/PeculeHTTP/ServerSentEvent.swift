/// One message of a `text/event-stream` (WHATWG HTML, section 9.2.5), as its bytes.
public struct ServerSentEvent: Sendable, Equatable {
    /// What a browser repeats in `Last-Event-ID` when it connects again.
    public let id: String?
    /// What listeners ask for; nil is `message`.
    public let event: String?
    public let data: String

    public static let contentType = "text/event-stream"

    /// Nil when `id` or `event` would not stay one line, or an id would be ignored for a NUL in it.
    public init?(id: String? = nil, event: String? = nil, data: String) {
        for text in [id, event].compactMap({ $0 }) where text.utf8.contains(where: { [0, 0x0A, 0x0D].contains($0) }) {
            return nil
        }
        (self.id, self.event, self.data) = (id, event, data)
    }

    public var bytes: [UInt8] {
        let lines = [id.map { "id: \($0)" }, event.map { "event: \($0)" }].compactMap { $0 }
        return Array((lines + Self.lines(of: data).map { "data: \($0)" } + ["", ""]).joined(separator: "\n").utf8)
    }

    /// A comment that nobody is told of: a sign of life, for proxies that cut silent connections.
    public static let heartbeat = Array(":\n\n".utf8)

    /// A reader ends a line at each of the three, so that data must not bring one along.
    private static func lines(of text: String) -> [Substring] {
        text.split(omittingEmptySubsequences: false) { $0 == "\r\n" || $0 == "\n" || $0 == "\r" }
    }
}
