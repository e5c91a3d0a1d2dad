import Pecule

/// A day as people in France write it.
enum TypedDate {
    /// `17/05/1984`, with dots, hyphens or spaces as well; nil for anything else.
    static func read(_ text: String) -> DateOfBirth? {
        let parts = text.split { "/.- ".contains($0) }.map(String.init)
        guard parts.count == 3, parts[2].utf8.count == 4 else { return DateOfBirth(text) }
        return DateOfBirth("\(parts[2])-\(two(parts[1]))-\(two(parts[0]))")
    }

    /// `17/05/1984`
    static func french(_ date: DateOfBirth) -> String {
        date.revealed.split(separator: "-").reversed().joined(separator: "/")
    }

    private static func two(_ text: String) -> String { text.utf8.count == 1 ? "0\(text)" : text }
}

extension String {
    /// With the no-break spaces that French typography asks for.
    var spaced: String {
        [" ;", " :", " ?", " !", " »"].reduce(replacing("« ", with: "«\u{A0}")) { text, sign in
            text.replacing(sign, with: "\u{A0}" + sign.dropFirst())
        }
    }
}
