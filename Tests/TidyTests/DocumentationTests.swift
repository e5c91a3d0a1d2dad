import Testing

/// Public types and functions say what they mean.
struct DocumentationRule {
    /// Documented where a protocol asks for them.
    let inherited: Set<String>

    init(_ files: [TextFile]) {
        inherited = Set(
            files.flatMap { file in
                file.declarations.filter { $0.isRequirement && Self.isDocumented($0, in: file) }
            }.map(\.name))
    }

    func findings(in file: TextFile) -> [Finding] {
        file.declarations.filter { declaration in
            let isFunction = declaration.kind == "func"
            return declaration.isPublic && (isFunction || Declaration.types.contains(declaration.kind))
                && !(isFunction && (inherited.contains(declaration.name) || Self.isWellKnown(declaration.name)))
                && !Self.isDocumented(declaration, in: file)
        }.map { Finding(path: file.path, line: $0.line, message: "\($0.kind) \($0.name) has no documentation") }
    }

    /// Operators, and what the standard library's protocols ask for.
    private static func isWellKnown(_ name: String) -> Bool {
        name.first?.isLetter != true || ["hash", "encode", "next"].contains(name)
    }

    private static func isDocumented(_ declaration: Declaration, in file: TextFile) -> Bool {
        let above = file.lines[..<(declaration.line - 1)].reversed().lazy.map { $0.drop { $0 == " " } }
        return above.first { !$0.hasPrefix("@") }?.hasPrefix("///") == true
    }
}

@Suite("Documentation")
struct DocumentationTests {
    private static let sources = Repository.swift.filter { $0.path.hasPrefix("Sources/") }

    @Test("Every public type and function of Sources is documented")
    func tree() { record(Self.sources.flatMap(DocumentationRule(Self.sources).findings)) }

    @Test(
        "A missing comment is found",
        arguments: [
            ("public struct A {}", 1), ("/// A.\npublic struct A {}", 0), ("struct A {}", 0),
            ("/// A.\n@frozen\npublic enum A {}", 0), ("/// A.\n\npublic enum A {}", 1), ("public func f() {}", 1),
            ("// A.\npublic actor A {}", 1), ("public static func == (a: A, b: A) -> Bool { true }", 0),
            ("/// P.\npublic protocol P {\n    func f()\n}", 1),
            ("/// P.\npublic protocol P {\n    /// F.\n    func f()\n}\npublic func f() {}", 0),
            ("public extension A {\n    func f() {}\n}", 1),
        ])
    func bad(_ code: String, count: Int) {
        let file = TextFile(path: "Sources/A.swift", text: code)
        #expect(DocumentationRule([file]).findings(in: file).count == count)
    }
}
