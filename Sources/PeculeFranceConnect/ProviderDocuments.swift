import FoundationEssentials
import PeculeCrypto
import PeculeHTTP

/// What FranceConnect publishes of itself: where its endpoints are, and its keys.
struct ProviderDocuments: Sendable {
    private let metadata: KeptDocument<ProviderMetadata>
    private let keys: KeptDocument<KeySet>
    private let clock: @Sendable () -> Date

    init(
        _ configuration: FranceConnectConfiguration, exchange: ProviderExchange, clock: @escaping @Sendable () -> Date
    ) {
        let (issuer, algorithm) = (configuration.issuer, configuration.algorithm)
        let metadata = KeptDocument<ProviderMetadata> { () async throws(FranceConnectError) in
            try ProviderMetadata(try await exchange.document(issuer + ProviderMetadata.path), issuer: issuer)
        }
        keys = KeptDocument { () async throws(FranceConnectError) in
            let address = try await metadata.value(at: clock()).keys
            return try KeySet(try await exchange.document(address), for: algorithm)
        }
        (self.metadata, self.clock) = (metadata, clock)
    }

    func endpoints() async throws(FranceConnectError) -> ProviderMetadata { try await metadata.value(at: clock()) }

    /// The key of that id; keys that FranceConnect has changed since are fetched again once. Nil when there is none.
    func key(_ id: String) async throws(FranceConnectError) -> PublicKey? {
        if let key = try await keys.value(at: clock())[id] { return key }
        return try await keys.renewed(at: clock())[id]
    }
}
