/// A type or a function as it stands in a file.
struct Declaration: Sendable, Equatable {
    /// `struct`, `enum`, `class`, `actor`, `protocol`, `func`, `init`, `deinit`, `subscript`, `var`.
    let kind: String
    let name: String
    let line: Int
    /// Of the closing brace; nil for a requirement of a protocol and for what has no body.
    let lastLine: Int?
    /// By its own modifier, or as a member of a public protocol or `public extension`.
    let isPublic: Bool
    let isRequirement: Bool

    /// Lines from the keyword to the closing brace; nil for types and for what has no body.
    var length: Int? {
        Self.types.contains(kind) ? nil : lastLine.map { $0 - line + 1 }
    }

    static let types: Set<String> = ["struct", "enum", "class", "actor", "protocol"]
    static let functions: Set<String> = ["func", "init", "deinit", "subscript", "var"]

    /// The declarations of a file, in order.
    static func all(in tokens: [Token]) -> [Declaration] {
        var reader = DeclarationReader(tokens: tokens)
        return reader.read()
    }
}

private struct DeclarationReader {
    private enum Scope { case publicProtocol, otherProtocol, publicExtension, other }

    private let tokens: [Token]
    private var scopes: [Scope] = []
    private var opening: Scope = .other

    /// What ends a signature that has no body.
    private static let starters: Set<String> = [
        "}", "func", "var", "let", "init", "deinit", "subscript", "case", "static", "mutating", "public", "private",
        "internal", "fileprivate", "typealias", "associatedtype", "struct", "enum", "class", "extension", "protocol",
    ]
    private static let modifiers: Set<String> = [
        "public", "package", "internal", "fileprivate", "private", "open", "static", "class", "final", "mutating",
        "nonmutating", "override", "convenience", "required", "indirect", "nonisolated", "consuming", "borrowing",
        "lazy", "weak", "unowned", "prefix", "postfix", "(", ")", "set", "unsafe",
    ]

    init(tokens: [Token]) { self.tokens = tokens }

    mutating func read() -> [Declaration] {
        var found: [Declaration] = []
        for index in tokens.indices {
            switch tokens[index].text {
            case "{":
                scopes.append(opening)
                opening = .other
            case "}": _ = scopes.popLast()
            case "extension": opening = modifiers(before: index).contains("public") ? .publicExtension : .other
            default:
                if let declaration = declaration(at: index) { found.append(declaration) }
            }
        }
        return found
    }

    private mutating func declaration(at index: Int) -> Declaration? {
        let kind = tokens[index].text
        let isType = Declaration.types.contains(kind)
        guard isType || Declaration.functions.contains(kind), index + 1 < tokens.count else { return nil }
        let previous = index > 0 ? tokens[index - 1].text : ""
        guard ![".", ":", "import"].contains(previous), !isType || tokens[index + 1].isWord else { return nil }
        guard kind != "class" || !Declaration.functions.contains(tokens[index + 1].text) else { return nil }
        let scope = scopes.last ?? .other
        let isPublic =
            scope == .publicProtocol || scope == .publicExtension || modifiers(before: index).contains("public")
        if kind == "protocol" { opening = isPublic ? .publicProtocol : .otherProtocol }
        return Declaration(
            kind: kind, name: tokens[index + 1].text, line: tokens[index].line, lastLine: lastLine(from: index),
            isPublic: isPublic, isRequirement: scope == .publicProtocol || scope == .otherProtocol)
    }

    private func modifiers(before index: Int) -> Set<String> {
        Set(tokens[..<index].reversed().prefix { Self.modifiers.contains($0.text) }.map(\.text))
    }

    private func lastLine(from index: Int) -> Int? {
        var depth = 0
        for position in tokens.indices[(index + 1)...] {
            let token = tokens[position]
            if token.text == "(" || token.text == "[" { depth += 1 }
            if token.text == ")" || token.text == "]" { depth -= 1 }
            if depth < 0 { return nil }
            guard depth == 0, position > index + 1 else { continue }
            if token.text == "{" { return closingLine(from: position) }
            // A stored property ends with its line, or where its value begins.
            if tokens[index].text == "var", token.line != tokens[index].line || token.text == "=" { return nil }
            if Self.starters.contains(token.text) { return nil }
        }
        return nil
    }

    private func closingLine(from index: Int) -> Int? {
        var depth = 0
        for token in tokens[index...] {
            if token.text == "{" { depth += 1 }
            if token.text == "}" { depth -= 1 }
            if depth == 0 { return token.line }
        }
        return nil
    }
}
