import Testing

/// What each target may see. The compiler proves what is absent from a target only as long as this table holds.
enum ImportRules {
    private static let pure: Set<String> = ["Foundation", "FoundationEssentials", "Synchronization"]
    private static let system = pure.union(["Glibc"])

    /// Our own modules, as `Package.swift` must declare them, and those of the toolchain.
    static let allowed: [String: Set<String>] = [
        // Ground.
        "Pecule": pure,
        "PeculeHTTP": ["FoundationEssentials"],
        "PeculeCrypto": pure.union(["CPeculeOpenSSL"]),
        "PeculeThreads": pure.union(["Dispatch"]),
        // Machinery.
        "PeculeCurl": system.union(["PeculeHTTP", "CPeculeCurl"]),
        "PeculeServer": system.union(["PeculeHTTP", "CPeculeOpenSSL", "CPeculeSystem"]),
        // Adapters.
        "PeculeBanks": pure.union(["Pecule", "PeculeHTTP", "PeculeCrypto"]),
        "PeculeFranceConnect": pure.union(["PeculeHTTP", "PeculeCrypto"]),
        "PeculeSQLite": system.union(["Pecule", "PeculeThreads", "CPeculeSQLite"]),
        "PeculePostgres": system.union(["Pecule", "PeculeThreads", "CPeculePostgres"]),
        "PeculeMail": pure.union(["Pecule", "PeculeHTTP", "PeculeCurl"]),
        // Faces.
        "PeculeGatewayAPI": pure.union(["Pecule", "PeculeHTTP", "PeculeCrypto"]),
        "PeculeClient": pure.union(["Pecule", "PeculeHTTP", "PeculeCrypto"]),
        "PeculePortal": pure.union(
            ["Pecule", "PeculeHTTP", "PeculeCrypto", "PeculeFranceConnect", "CPeculeZlib", "CPeculeQREncode"]),
        // For those who write a bank provider.
        "PeculeConformance": pure.union(["Pecule"]),
        // The auditor.
        "PeculeAudit": pure,
        // Mocks.
        "PeculeMockBank": pure.union(["PeculeHTTP", "PeculeServer", "PeculeCrypto"]),
        "PeculeMockFranceConnect": pure.union(["PeculeHTTP", "PeculeCrypto"]),
        "PeculeSimulation": pure.union(
            [
                "Pecule", "PeculeHTTP", "PeculeBanks", "PeculeMockBank", "PeculeAudit", "PeculeSQLite", "CPeculeSQLite",
            ]),
        // Processes.
        "PeculeCLI": system.union(
            [
                "Pecule", "PeculeHTTP", "PeculeBanks", "PeculeCurl", "PeculeServer", "PeculeMockBank",
                "PeculeSimulation", "PeculeSQLite", "PeculePostgres", "PeculeGatewayAPI", "PeculeFranceConnect",
                "PeculeMockFranceConnect", "PeculePortal", "PeculeMail", "PeculeCrypto", "PeculeClient", "Dispatch",
            ]),
        "PeculeExample": system.union(
            [
                "Pecule", "PeculeBanks", "PeculeCurl", "PeculeHTTP", "PeculeServer", "PeculeMockBank", "PeculeSQLite",
            ]),
        "PeculeBench": system.union(
            [
                "Pecule", "PeculeBanks", "PeculeSQLite", "PeculeHTTP", "PeculeCurl", "PeculeServer", "PeculeMockBank",
                "PeculeGatewayAPI", "PeculeClient", "PeculeFranceConnect", "PeculeMockFranceConnect",
                "PeculePortal",
            ]),
        "PeculeAuditCLI": system.union(["PeculeAudit", "CPeculeSQLite", "CPeculePostgres"]),
        // Gives the bank what carries its notifications.
        "PeculeMockBankCLI": system.union(["PeculeMockBank", "PeculeMockFranceConnect", "PeculeCurl"]),
    ]

    static let adapters: Set<String> = [
        "PeculeBanks", "PeculeFranceConnect", "PeculeMail", "PeculeSQLite", "PeculePostgres",
    ]

    static func findings(in file: TextFile) -> [Finding] {
        let parts = file.path.split(separator: "/").map(String.init)
        guard file.isShipped, parts.count > 2, let allowed = allowed[parts[1]] else {
            return [Finding(path: file.path, message: "belongs to no target of the import table")]
        }
        return imports(in: file.tokens).filter { !allowed.contains($0.module) }.map { module, line in
            Finding(path: file.path, line: line, message: "\(parts[1]) may not import \(module)")
        }
    }

    static func imports(in tokens: [Token]) -> [(module: String, line: Int)] {
        let kinds: Set<String> = ["struct", "class", "enum", "protocol", "func", "let", "var", "typealias"]
        return tokens.indices.dropLast().compactMap { index in
            guard tokens[index].text == "import" else { return nil }
            let rest = tokens[(index + 1)...].drop { kinds.contains($0.text) }
            return rest.first.map { ($0.text, tokens[index].line) }
        }
    }
}

@Suite("Imports")
struct ImportTests {
    @Test("Every file imports only what its target may see")
    func sources() {
        let files = Repository.swift.filter(\.isShipped)
        #expect(Set(files.compactMap { $0.path.split(separator: "/").dropFirst().first }).count > 5)
        record(files.flatMap(ImportRules.findings))
    }

    @Test("Nothing imports FoundationNetworking: twice the memory, and no client certificates on Linux")
    func networking() {
        #expect(!ImportRules.allowed.values.contains { $0.contains("FoundationNetworking") })
        record(
            Repository.swift.flatMap { file in
                ImportRules.imports(in: file.tokens).filter { $0.module == "FoundationNetworking" }.map {
                    Finding(path: file.path, line: $0.line, message: "use PeculeCurl")
                }
            })
    }

    @Test("The table itself keeps the architecture: arrows point down, mocks and the auditor do not know the gateway")
    func architecture() {
        let ours = ImportRules.allowed.mapValues { $0.filter { $0.contains("Pecule") } }
        #expect(ours["Pecule"] == [])
        #expect(ours["PeculeHTTP"] == [])
        for adapter in ImportRules.adapters { #expect(ours[adapter]?.isDisjoint(with: ImportRules.adapters) == true) }
        for (target, modules) in ours where target.hasPrefix("PeculeMock") {
            #expect(modules.isDisjoint(with: ["Pecule", "PeculeBanks", "PeculeFranceConnect"]), "\(target)")
        }
        #expect(ours["PeculeMockBank"]?.contains("PeculeCurl") == false)
        #expect(ours["PeculeAudit"] == [])
        #expect(ours["PeculeAuditCLI"]?.filter { !$0.hasPrefix("CPecule") } == ["PeculeAudit"])
        let libraries = [
            "CPeculeCurl": ["PeculeCurl"], "CPeculeSystem": ["PeculeServer"],
            "CPeculeZlib": ["PeculePortal"],
            // The simulation puts a disk of its own under SQLite.
            "CPeculeSQLite": ["PeculeAuditCLI", "PeculeSQLite", "PeculeSimulation"],
            "CPeculePostgres": ["PeculeAuditCLI", "PeculePostgres"], "CPeculeQREncode": ["PeculePortal"],
        ]
        for (library, users) in libraries {
            #expect(ours.filter { $0.value.contains(library) }.keys.sorted() == users)
        }
    }

    @Test(
        "A forbidden import is found in every spelling",
        arguments: [
            ("import Foundation", []),
            ("public import PeculeHTTP", ["Sources/Pecule/A.swift:1: Pecule may not import PeculeHTTP"]),
            ("\nimport struct PeculeHTTP.JSON", ["Sources/Pecule/A.swift:2: Pecule may not import PeculeHTTP"]),
            ("@preconcurrency import Glibc.math", ["Sources/Pecule/A.swift:1: Pecule may not import Glibc"]),
            ("// import PeculeHTTP", []),
        ])
    func badImport(_ code: String, findings: [String]) {
        let file = TextFile(path: "Sources/Pecule/A.swift", text: code)
        #expect(ImportRules.findings(in: file).map(\.description) == findings)
    }

    @Test("A file outside the table's targets is found", arguments: ["Sources/A.swift", "Mocks/New/A.swift"])
    func noTarget(_ path: String) {
        #expect(ImportRules.findings(in: TextFile(path: path, text: "")).count == 1)
    }
}
