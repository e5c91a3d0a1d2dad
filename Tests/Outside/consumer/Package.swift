// swift-tools-version: 6.2
import PackageDescription

// A stranger's package: what a portal's backend writes to use Pécule and to test against its mock bank.
let package = Package(
    name: "consumer",
    dependencies: [.package(name: "pecule", path: "../../..")],
    targets: [
        .executableTarget(
            name: "consumer",
            dependencies: [
                .product(name: "Pecule", package: "pecule"), .product(name: "PeculeMockBank", package: "pecule"),
                .product(name: "PeculeConformance", package: "pecule"),
            ])
    ]
)
