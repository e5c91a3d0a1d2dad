import FoundationEssentials

/// One text file of the repository, with its path from the top.
struct TextFile: Sendable {
    let path: String
    let text: String
    let lines: [Substring]
    /// Empty, like the declarations, unless the file is Swift.
    let tokens: [Token]
    let declarations: [Declaration]

    init(path: String, text: String) {
        self.path = path
        self.text = text
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        tokens = path.hasSuffix(".swift") ? Lexer.tokens(of: text) : []
        declarations = Declaration.all(in: tokens)
    }

    var isSwift: Bool { path.hasSuffix(".swift") }
    var isTest: Bool { path.hasPrefix("Tests/") }
    var isShipped: Bool { path.hasPrefix("Sources/") || path.hasPrefix("Mocks/") }
}

/// Where a rule is broken, and how to mend it.
struct Finding: Sendable, Equatable, CustomStringConvertible {
    let path: String
    var line: Int?
    let message: String

    var description: String { "\(path)\(line.map { ":\($0)" } ?? ""): \(message)" }
}

/// The repository that this file stands in, read once.
enum Repository {
    /// What builds and tools leave behind; everything else is read.
    private static let leftovers: Set<String> = [".git", ".build", ".swiftpm", "__pycache__"]

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let topLevel: [String] = names(in: root)

    static let files: [TextFile] = paths(in: root, prefix: "").map { path in
        TextFile(path: path, text: text(of: path) ?? "\u{FFFD}")
    }

    static let swift = files.filter(\.isSwift)

    /// Nil for what is not UTF-8.
    static func text(of path: String) -> String? {
        guard let data = try? Data(contentsOf: root.appending(path: path)) else { return nil }
        return String(validating: data, as: UTF8.self)
    }

    private static func names(in folder: URL) -> [String] {
        let found = try? FileManager.default.contentsOfDirectory(atPath: folder.path())
        return (found ?? []).filter { !leftovers.contains($0) && !$0.hasSuffix(".profraw") }.sorted()
    }

    private static func paths(in folder: URL, prefix: String) -> [String] {
        names(in: folder).flatMap { name in
            let file = folder.appending(path: name)
            var isFolder = false
            _ = FileManager.default.fileExists(atPath: file.path(), isDirectory: &isFolder)
            return isFolder ? paths(in: file, prefix: "\(prefix)\(name)/") : [prefix + name]
        }
    }
}
