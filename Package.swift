// swift-tools-version: 6.2
import PackageDescription

// No package dependencies, on purpose: Foundation, libcurl and OpenSSL are all that a user needs.

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

func source(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/\(name)", swiftSettings: strict)
}

// Mocks hop to no other executor at each call: in a simulation that would be a good part of all that is done.
func mock(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "Mocks/\(name)",
        swiftSettings: strict + [.enableUpcomingFeature("NonisolatedNonsendingByDefault")])
}

func process(_ name: String, in folder: String = "Sources", _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, path: "\(folder)/\(name)", swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, path: "Tests/\(name)", swiftSettings: strict)
}

let package = Package(
    name: "pecule",
    products: [
        .library(name: "Pecule", targets: ["Pecule", "PeculeBanks", "PeculeCurl", "PeculeCrypto", "PeculeHTTP"]),
        .library(name: "PeculeSQLite", targets: ["PeculeSQLite"]),
        .library(name: "PeculePostgres", targets: ["PeculePostgres"]),
        .library(name: "PeculeGatewayAPI", targets: ["PeculeGatewayAPI"]),
        .library(name: "PeculeClient", targets: ["PeculeClient", "Pecule", "PeculeHTTP", "PeculeCurl", "PeculeCrypto"]),
        .library(
            name: "PeculeFranceConnect", targets: ["PeculeFranceConnect", "PeculeHTTP", "PeculeCrypto", "PeculeCurl"]),
        .library(name: "PeculeMockBank", targets: ["PeculeMockBank"]),
        .library(name: "PeculeConformance", targets: ["PeculeConformance"]),
        .executable(name: "pecule", targets: ["PeculeCLI"]),
        .executable(name: "mock-bank", targets: ["PeculeMockBankCLI"]),
        .executable(name: "example", targets: ["PeculeExample"]),
        .executable(name: "audit", targets: ["PeculeAuditCLI"]),
        .executable(name: "bench", targets: ["PeculeBench"]),
    ],
    dependencies: [],
    targets: [
        // Ground: C libraries, each behind one module; pure Swift that knows no socket.
        .systemLibrary(
            name: "CPeculeCurl", path: "Sources/CPeculeCurl", pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(
            name: "CPeculeOpenSSL", path: "Sources/CPeculeOpenSSL", pkgConfig: "openssl",
            providers: [.apt(["libssl-dev"])]),
        .systemLibrary(
            name: "CPeculeSQLite", path: "Sources/CPeculeSQLite", pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(
            name: "CPeculePostgres", path: "Sources/CPeculePostgres", pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"])]),
        .systemLibrary(
            name: "CPeculeZlib", path: "Sources/CPeculeZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(
            name: "CPeculeQREncode", path: "Sources/CPeculeQREncode", pkgConfig: "libqrencode",
            providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CPeculeSystem", path: "Sources/CPeculeSystem"),
        source("Pecule"),
        source("PeculeHTTP"),
        source("PeculeCrypto", ["CPeculeOpenSSL"]),
        source("PeculeThreads"),

        // Machinery: the two ends of a wire.
        source("PeculeCurl", ["PeculeHTTP", "CPeculeCurl"]),
        source("PeculeServer", ["PeculeHTTP", "CPeculeOpenSSL", "CPeculeSystem"]),

        // Adapters: real banks and real databases behind the core's ports.
        source("PeculeBanks", ["Pecule", "PeculeHTTP", "PeculeCrypto"]),
        source("PeculeFranceConnect", ["PeculeHTTP", "PeculeCrypto"]),
        source("PeculeSQLite", ["Pecule", "PeculeThreads", "CPeculeSQLite"]),
        source("PeculePostgres", ["Pecule", "PeculeThreads", "CPeculePostgres"]),

        // Faces: the gateway for backends elsewhere, and their end of the wire.
        source("PeculeGatewayAPI", ["Pecule", "PeculeHTTP", "PeculeCrypto"]),
        source("PeculeClient", ["Pecule", "PeculeHTTP", "PeculeCrypto"]),
        source(
            "PeculePortal",
            ["Pecule", "PeculeHTTP", "PeculeCrypto", "PeculeFranceConnect", "CPeculeZlib", "CPeculeQREncode"]),
        // A face's adapter: what is sent by mail, absent from the client kit.
        source("PeculeMail", ["Pecule", "PeculeHTTP", "PeculeCurl"]),

        // What every bank provider has to keep, for those who write one. Needs no test framework.
        source("PeculeConformance", ["Pecule"]),

        // The auditor shares no code with what it audits.
        source("PeculeAudit"),

        // Mocks: never import the gateway they test.
        mock("PeculeMockBank", ["PeculeHTTP", "PeculeServer", "PeculeCrypto"]),
        mock("PeculeMockFranceConnect", ["PeculeHTTP", "PeculeCrypto"]),

        // The real gateway and the real mock bank on virtual time. In no product.
        mock(
            "PeculeSimulation",
            [
                "Pecule", "PeculeHTTP", "PeculeBanks", "PeculeMockBank", "PeculeAudit", "PeculeSQLite", "CPeculeSQLite",
            ]),

        // Processes.
        process(
            "PeculeCLI",
            [
                "Pecule", "PeculeHTTP", "PeculeBanks", "PeculeCurl", "PeculeServer", "PeculeMockBank",
                "PeculeSimulation", "PeculeSQLite", "PeculePostgres", "PeculeGatewayAPI", "PeculeFranceConnect",
                "PeculeMockFranceConnect", "PeculePortal", "PeculeCrypto", "PeculeClient", "PeculeMail",
            ]),
        process(
            "PeculeExample",
            ["Pecule", "PeculeSQLite", "PeculeBanks", "PeculeCurl", "PeculeHTTP", "PeculeServer", "PeculeMockBank"]),
        process(
            "PeculeBench",
            [
                "Pecule", "PeculeBanks", "PeculeSQLite", "PeculeHTTP", "PeculeCurl", "PeculeServer", "PeculeMockBank",
                "PeculeGatewayAPI", "PeculeClient", "PeculeFranceConnect", "PeculeMockFranceConnect", "PeculePortal",
            ]),
        process("PeculeAuditCLI", ["PeculeAudit", "CPeculeSQLite", "CPeculePostgres"]),
        process(
            "PeculeMockBankCLI", in: "Mocks",
            ["PeculeMockBank", "PeculeMockFranceConnect", "PeculeCurl"]),

        tests("PeculeTests", ["Pecule"]),
        tests("PeculeHTTPTests", ["PeculeHTTP"]),
        tests("PeculeCryptoTests", ["PeculeCrypto"]),
        tests("PeculeCurlTests", ["PeculeCurl", "PeculeHTTP", "CPeculeOpenSSL"]),
        tests("PeculeServerTests", ["PeculeServer", "PeculeHTTP", "PeculeCrypto", "CPeculeSystem"]),
        tests("PeculeBanksTests", ["PeculeBanks", "Pecule", "PeculeHTTP", "PeculeCrypto"]),
        tests(
            "PeculeSQLiteTests",
            ["PeculeSQLite", "CPeculeSQLite", "Pecule", "PeculeCrypto", "PeculeStoreSamples", "PeculeStoreWriter"]),
        tests("PeculePostgresTests", ["PeculePostgres", "Pecule", "PeculeCrypto", "PeculeStoreSamples"]),
        tests("StoreContractTests", ["Pecule", "PeculeSQLite", "PeculePostgres", "PeculeStoreSamples"]),
        tests(
            "PeculeGatewayAPITests",
            [
                "PeculeGatewayAPI", "Pecule", "PeculeHTTP", "PeculeServer", "PeculeCrypto", "PeculeCurl",
                "PeculeSQLite", "PeculeStoreSamples",
            ]),
        tests(
            "ServiceContractTests",
            [
                "Pecule", "PeculeGatewayAPI", "PeculeClient", "PeculeHTTP", "PeculeCurl", "PeculeServer",
                "PeculeCrypto", "PeculeStoreSamples", "PeculeTestNetwork",
            ]),
        tests("PeculeMockBankTests", ["PeculeMockBank", "PeculeHTTP", "PeculeCrypto", "PeculeTestNetwork"]),
        tests(
            "PeculeMockFranceConnectTests",
            ["PeculeMockFranceConnect", "PeculeHTTP", "PeculeCrypto", "PeculeTestNetwork"]),
        tests(
            "PeculeFranceConnectTests",
            [
                "PeculeFranceConnect", "PeculeMockFranceConnect", "PeculeHTTP", "PeculeCrypto", "PeculeCurl",
                "PeculeServer", "PeculeTestNetwork",
            ]),
        tests("PeculeMailTests", ["PeculeMail", "Pecule", "PeculeCurl"]),
        tests(
            "PeculePortalTests",
            [
                "PeculePortal", "Pecule", "PeculeHTTP", "PeculeCrypto", "PeculeFranceConnect",
                "PeculeMockFranceConnect", "PeculeTestNetwork", "CPeculeZlib",
            ]),
        tests(
            "PeculeConformanceTests",
            [
                "PeculeConformance", "Pecule", "PeculeHTTP", "PeculeBanks", "PeculeMockBank", "PeculeCLI",
                "PeculeTestNetwork",
            ]),
        tests("PeculeCLITests", ["PeculeCLI", "Pecule", "PeculeGatewayAPI", "PeculeHTTP", "PeculeStoreSamples"]),
        tests(
            "PeculeAuditTests",
            [
                "PeculeAudit", "PeculeAuditCLI", "Pecule", "PeculeSQLite", "PeculePostgres", "PeculeHTTP",
                "PeculeBanks", "PeculeMockBank", "PeculeCLI", "PeculeStoreSamples", "PeculeTestNetwork",
            ]),
        tests("PeculeSimulationTests", ["PeculeSimulation", "PeculeSQLite", "Pecule", "PeculeStoreSamples"]),
        tests(
            "ScenarioTests",
            [
                "Pecule", "PeculeHTTP", "PeculeBanks", "PeculeCurl", "PeculeServer", "PeculeMockBank", "PeculeCLI",
                "PeculeTestNetwork",
            ]),
        tests(
            "TidyTests",
            ["Pecule", "PeculeGatewayAPI", "PeculeHTTP", "PeculeMockBank", "PeculeMockFranceConnect"]),

        // What several test targets share, and a process for tests to kill.
        .target(
            name: "PeculeTestNetwork", dependencies: ["PeculeHTTP"], path: "Tests/PeculeTestNetwork",
            swiftSettings: strict),
        .target(
            name: "PeculeStoreSamples", dependencies: ["Pecule", "CPeculePostgres"], path: "Tests/PeculeStoreSamples",
            swiftSettings: strict),
        .executableTarget(
            name: "PeculeStoreWriter", dependencies: ["Pecule", "PeculeSQLite", "PeculeStoreSamples"],
            path: "Tests/Crash/PeculeStoreWriter", swiftSettings: strict),
        .executableTarget(
            name: "PeculeWebhookTool",
            dependencies: ["PeculeGatewayAPI", "Pecule", "PeculeHTTP", "PeculeCrypto", "PeculeCurl"],
            path: "Tests/Outside/PeculeWebhookTool", swiftSettings: strict),
        // Its functions have to be seen by the libraries that call them.
        .executableTarget(
            name: "PeculeCrashGateway",
            dependencies: [
                "Pecule", "PeculeSQLite", "PeculePostgres", "PeculeBanks", "PeculeCurl", "PeculeHTTP",
                "PeculeStoreSamples",
            ],
            path: "Tests/Crash/PeculeCrashGateway", swiftSettings: strict,
            linkerSettings: [.unsafeFlags(["-Xlinker", "--export-dynamic"])]),
    ]
)
