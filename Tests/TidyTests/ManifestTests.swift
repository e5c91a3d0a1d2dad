import Testing

/// `Package.swift`, read for what must never creep in.
struct Manifest {
    let tokens: [Token]

    /// The targets made by one of the manifest's helpers, with the modules they depend on.
    func targets(madeBy helpers: Set<String>) -> [String: Set<String>] {
        var found: [String: Set<String>] = [:]
        for index in tokens.indices.dropLast() where helpers.contains(tokens[index].text) {
            guard tokens[index + 1].text == "(", index == 0 || tokens[index - 1].text != "func" else { continue }
            var strings = tokens[index...].prefix { $0.text != ")" }.indices.filter { tokens[$0].text.hasPrefix("\"") }
            strings.removeAll { tokens[$0 - 1].text == ":" && tokens[$0 - 2].text == "in" }
            let names = strings.map { String(tokens[$0].text.dropFirst()) }
            if let name = names.first { found[name] = Set(names.dropFirst()) }
        }
        return found
    }

    /// What ties us to another package.
    var packageDependencies: [String] {
        let words = tokens.map(\.text)
        let ties = [[".", "package", "("], [".", "product", "("]].filter(words.containsRun).map { $0.joined() }
        return ties + (words.containsRun(["dependencies", ":", "[", "]"]) ? [] : ["no `dependencies: []`"])
    }
}

extension [String] {
    func containsRun(_ run: [String]) -> Bool {
        indices.contains { self[$0...].starts(with: run) }
    }
}

@Suite("The manifest")
struct ManifestTests {
    private static let manifest = Manifest(tokens: Lexer.tokens(of: Repository.text(of: "Package.swift") ?? ""))

    @Test("Pecule depends on no package")
    func dependencies() {
        #expect(Self.manifest.packageDependencies == [])
    }

    @Test("Declared dependencies and the import table agree")
    func table() {
        let ours = ImportRules.allowed.mapValues { $0.filter { $0.contains("Pecule") } }
        #expect(Self.manifest.targets(madeBy: ["source", "mock", "process"]) == ours)
    }

    @Test("Every test target has files", arguments: manifest.targets(madeBy: ["tests"]).keys.sorted())
    func testTargets(_ target: String) {
        #expect(Repository.swift.contains { $0.path.hasPrefix("Tests/\(target)/") })
    }

    @Test(
        "A dependency on a package is found",
        arguments: [
            ("Package(dependencies: [], targets: [])", 0),
            ("Package(dependencies: [.package(url: \"https://x.example\", from: \"1.0.0\")])", 2),
            ("Package(dependencies: [], targets: [.target(dependencies: [.product(name: \"A\", package: \"B\")])])", 1),
            ("Package(targets: [])", 1),
        ])
    func badManifest(_ code: String, count: Int) {
        #expect(Manifest(tokens: Lexer.tokens(of: code)).packageDependencies.count == count)
    }

    @Test("Targets are read with their dependencies")
    func targets() {
        let code = #"func mock(_ n: String) {} mock("A"), mock("B", in: "M", ["A"])"#
        let manifest = Manifest(tokens: Lexer.tokens(of: code))
        #expect(manifest.targets(madeBy: ["mock"]) == ["A": [], "B": ["A"]])
    }
}
