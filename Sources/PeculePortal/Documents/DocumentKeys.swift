import PeculeCrypto

/// The keys that documents are enciphered with. They come from outside the store: who copies the store alone has
/// nothing.
public struct DocumentKeys: Sendable, CustomStringConvertible, CustomReflectable {
    /// Names the key for new documents.
    let current: String
    private let keys: [String: [UInt8]]

    /// - Parameters:
    ///   - current: the id of the key for new documents, such as `2026-1`.
    ///   - keys: 32 bytes each, by id; those of older documents stay until their documents are gone.
    /// Nil when the current key is missing, or a key has another length.
    public init?(current: String, keys: [String: [UInt8]]) {
        guard keys[current] != nil, keys.values.allSatisfy({ $0.count == AESGCM.keyLength }) else { return nil }
        (self.current, self.keys) = (current, keys)
    }

    /// The key of that id; nil when it is not there any more.
    subscript(_ id: String) -> [UInt8]? { keys[id] }

    public var description: String { "document keys •••" }
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
