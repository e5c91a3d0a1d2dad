public import Pecule
import PeculeCrypto

/// The portal's secret, made once and kept in its store, for those who set none of their own.
public enum PortalSecret {
    private static let kind = "portal-secret"

    /// 32 bytes: the same for every process on this store.
    public static func kept(
        in items: any ItemStore, environment: Environment = .system
    ) async throws(StoreFault) -> [UInt8] {
        while true {
            if let item = try await items.item(kind, "1") {
                guard let bytes = Base64.decode(item.text), bytes.count == 32 else { throw .corrupt("item \(kind)") }
                return bytes
            }
            let bytes = environment.randomBytes(32)
            if try await items.put(StoredItem(kind: kind, id: "1", text: Base64.encode(bytes))) { return bytes }
        }
    }
}
