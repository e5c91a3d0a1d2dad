import Foundation
public import Pecule
import PeculeCrypto
import PeculeHTTP

/// Where the files of applications lie, enciphered with AES-256-GCM and bound to their application and piece: one that
/// is put in another's place does not open.
///
/// An item of the store is a text, so a file is kept as base 64 in parts of 1 MB; a file of 10 MB takes 14 parts and
/// 13.4 MB. What belongs to no application, because a process ended between two writes, is found by its due time.
public struct DocumentVault: Sendable {
    private let store: any ItemStore
    private let keys: DocumentKeys
    private let environment: Environment

    public init(store: any ItemStore, keys: DocumentKeys, environment: Environment = .system) {
        (self.store, self.keys, self.environment) = (store, keys, environment)
    }

    /// Bytes that become one part: 1 MB of text.
    private static let part = 768 << 10
    /// How long a file may lie here before somebody looks whose it is.
    static let patience: TimeInterval = 86_400

    /// Keeps a file under ids that are new.
    /// - Parameter owner: the key of the account under which the application is found.
    func keep(
        _ bytes: [UInt8], of application: ApplicationID, as piece: PieceID, owner: String
    ) async throws(StoreFault) {
        guard let key = keys[keys.current] else { return }
        let place = DocumentPlace(application, piece)
        let nonce = environment.randomBytes(AESGCM.nonceLength)
        let sealed = AESGCM.seal(bytes, key: key, nonce: nonce, context: place.context(key: keys.current))
        let starts = Array(stride(from: 0, to: sealed.count, by: Self.part))
        let head = DocumentHead(key: keys.current, nonce: nonce, parts: starts.count, owner: owner)
        // The head first: what has a head is found, whatever happens next.
        let due = environment.now() + Self.patience
        _ = try await store.put(StoredItem(kind: DocumentHead.kind, id: place.id, text: head.text, due: due))
        for (number, start) in starts.enumerated() {
            let text = Base64.encode(sealed[start..<min(start + Self.part, sealed.count)])
            _ = try await store.put(
                StoredItem(kind: DocumentHead.partKind, id: place.part(number), text: text))
        }
    }

    /// The bytes of a file; nil when it is not there (any more). What does not open is corrupt.
    func open(_ piece: PieceID, of application: ApplicationID) async throws(StoreFault) -> [UInt8]? {
        let place = DocumentPlace(application, piece)
        guard let item = try await store.item(DocumentHead.kind, place.id) else { return nil }
        let head = try DocumentHead(item)
        guard let key = keys[head.key] else { throw .corrupt("\(item): there is no key \(head.key)") }
        var sealed: [UInt8] = []
        for number in 0..<head.parts {
            let part = try await store.item(DocumentHead.partKind, place.part(number))
            guard let bytes = part.flatMap({ Base64.decode($0.text) }) else { throw .corrupt("\(item)") }
            sealed += bytes
        }
        let context = place.context(key: head.key)
        guard let bytes = AESGCM.open(sealed, key: key, nonce: head.nonce, context: context) else {
            throw .corrupt("\(item): it was changed, or belongs elsewhere")
        }
        return bytes
    }

    /// Erases a file.
    /// - Returns: false when it was gone already.
    func erase(_ piece: PieceID, of application: ApplicationID) async throws(StoreFault) -> Bool {
        let place = DocumentPlace(application, piece)
        guard let item = try await store.item(DocumentHead.kind, place.id) else { return false }
        try await erase(item, place)
        return true
    }

    /// Erases every file of an application.
    func eraseAll(of application: ApplicationID) async throws(StoreFault) {
        for item in try await store.allItems(DocumentHead.kind, startingWith: "\(application)/") {
            if let place = DocumentPlace(item.id) { try await erase(item, place) }
        }
    }

    /// The head last: what is left of an erasure that was interrupted is still found by it.
    private func erase(_ item: StoredItem, _ place: DocumentPlace) async throws(StoreFault) {
        for number in 0..<(try DocumentHead(item).parts) {
            _ = try await store.remove(
                StoredItem(kind: DocumentHead.partKind, id: place.part(number), text: ""))
        }
        try await store.removeItem(item.kind, item.id)
    }

    /// Files at which somebody has to look whose they are.
    func due(limit: Int) async throws(StoreFault) -> [(item: StoredItem, place: DocumentPlace)] {
        let items = try await store.dueItems(DocumentHead.kind, at: environment.now(), limit: limit)
        return items.compactMap { item in DocumentPlace(item.id).map { (item, $0) } }
    }

    /// It has its place: look again another day.
    func leave(_ item: StoredItem) async throws(StoreFault) {
        _ = try await store.put(item.next(text: item.text, due: environment.now() + Self.patience))
    }
}

/// Where a file lies: under its application.
struct DocumentPlace: Sendable, Hashable {
    let application: ApplicationID
    let piece: PieceID

    init(_ application: ApplicationID, _ piece: PieceID) { (self.application, self.piece) = (application, piece) }

    init?(_ id: String) {
        let parts = id.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let application = ApplicationID(parts[0]), let piece = PieceID(parts[1])
        else { return nil }
        self.init(application, piece)
    }

    var id: String { "\(application)/\(piece)" }

    func part(_ number: Int) -> String { "\(id)/\(number)" }

    /// What a file is bound to.
    func context(key: String) -> [UInt8] { Array("pecule-document 1 \(id) \(key)".utf8) }
}

/// What opens a file, but for its key.
struct DocumentHead: TextItem {
    static let kind = "permit-document"
    static let partKind = "permit-document-part"

    /// The id of its key.
    let key: String
    let nonce: [UInt8]
    let parts: Int
    let owner: String

    init(key: String, nonce: [UInt8], parts: Int, owner: String) {
        (self.key, self.nonce, self.parts, self.owner) = (key, nonce, parts, owner)
    }

    var json: JSON {
        [
            "key": .string(key), "nonce": .string(Base64URL.encode(nonce)), "parts": .integer(parts),
            "owner": .string(owner),
        ]
    }

    init?(_ json: JSON) {
        guard let key = json["key"]?.string, let nonce = json["nonce"]?.string.flatMap({ Base64URL.decode($0) }),
            nonce.count == AESGCM.nonceLength, let parts = json["parts"]?.integer, (1...1000).contains(parts),
            let owner = json["owner"]?.string
        else { return nil }
        self.init(key: key, nonce: nonce, parts: parts, owner: owner)
    }
}
