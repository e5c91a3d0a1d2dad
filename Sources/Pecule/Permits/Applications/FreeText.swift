/// What somebody wrote in their own words, without white space around it. It may say anything of anybody, so it is
/// masked like a name.
public struct FreeText: Sensitive, Hashable {
    public let revealed: String

    public var mask: String { "text •••" }

    /// Refuses a text that is empty or too long, counted as people count, or that holds control characters other than
    /// tabs and line breaks.
    init(_ text: String, in field: ApplicationField, longest: Int) throws(ApplicationRefusal) {
        try self.init(optional: text, in: field, longest: longest)
        guard !revealed.isEmpty else { throw .missing(field) }
    }

    /// The same, but empty will do.
    init(optional text: String, in field: ApplicationField, longest: Int) throws(ApplicationRefusal) {
        let text = text.replacing("\r\n", with: "\n").trimmed
        // One character can carry any number of marks.
        guard text.count <= longest, text.utf8.count <= longest * 8 else { throw .tooLong(field, longest: longest) }
        let isReadable = text.unicodeScalars.allSatisfy { scalar in
            scalar == "\n" || scalar == "\t" || scalar.properties.generalCategory != .control
        }
        guard isReadable else { throw .unreadable(field) }
        revealed = text
    }

    /// A text that was checked when it was kept.
    package init(kept text: String) { revealed = text }
}

extension String {
    fileprivate var trimmed: String {
        let start = drop { $0.isWhitespace }
        let end = start.lastIndex { !$0.isWhitespace }
        return end.map { String(start[...$0]) } ?? ""
    }
}
