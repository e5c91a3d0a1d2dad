import Foundation
import Pecule
import PeculeCrypto
import Testing

@testable import PeculePortal

@Suite("Documents at rest")
struct VaultTests {
    private let clock = DeskClock()
    private let store: any ItemStore = InMemoryStore()
    private let application = ApplicationID { [UInt8](repeating: 1, count: $0) }
    private let other = ApplicationID { [UInt8](repeating: 2, count: $0) }
    private let piece = PieceID { [UInt8](repeating: 3, count: $0) }
    private let second = PieceID { [UInt8](repeating: 4, count: $0) }

    private func vault(_ current: String = "a", _ ids: [String] = ["a"]) throws -> DocumentVault {
        let keys = Dictionary(uniqueKeysWithValues: ids.map { ($0, Array(SHA256.digest($0.utf8))) })
        return DocumentVault(
            store: store, keys: try #require(DocumentKeys(current: current, keys: keys)),
            environment: clock.environment)
    }

    @Test("a file comes back as it was, in as many parts as it needs", arguments: [1, 100, 786_416, 786_417, 3_000_000])
    func kept(_ size: Int) async throws {
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try await vault().keep(bytes, of: application, as: piece, owner: "o")
        #expect(try await vault().open(piece, of: application) == bytes)
        let parts = try await store.allItems("permit-document-part", startingWith: "")
        #expect(parts.count == (size + 16 + 786_431) / 786_432)
        #expect(parts.allSatisfy { $0.text.utf8.count <= 1 << 20 })
    }

    @Test("nothing of a file stands in the store as it is")
    func enciphered() async throws {
        let secret = Array("a very secret scan of a passport".utf8)
        try await vault().keep(secret, of: application, as: piece, owner: "o")
        try await vault().keep(secret, of: application, as: second, owner: "o")
        let parts = try await store.allItems("permit-document-part", startingWith: "")
        let texts = parts.compactMap { Base64.decode($0.text) }
        #expect(texts.count == 2)
        #expect(texts[0] != texts[1])
        for text in texts {
            #expect(!text.indices.contains { text[$0...].starts(with: secret.prefix(6)) })
        }
    }

    @Test("a file in another's place does not open")
    func moved() async throws {
        try await vault().keep([1, 2, 3], of: application, as: piece, owner: "o")
        let head = try #require(try await store.item("permit-document", "\(application)/\(piece)"))
        let part = try #require(try await store.item("permit-document-part", "\(application)/\(piece)/0"))
        for (to, id) in [(application, second), (other, piece)] {
            _ = try await store.put(StoredItem(kind: head.kind, id: "\(to)/\(id)", text: head.text))
            _ = try await store.put(StoredItem(kind: part.kind, id: "\(to)/\(id)/0", text: part.text))
            await #expect(throws: StoreFault.self) { try await vault().open(id, of: to) }
        }
    }

    @Test("after a change of keys old files open as long as their key is there")
    func rotation() async throws {
        try await vault("a").keep([1], of: application, as: piece, owner: "o")
        try await vault("b", ["a", "b"]).keep([2], of: application, as: second, owner: "o")
        #expect(try await vault("b", ["a", "b"]).open(piece, of: application) == [1])
        #expect(try await vault("b", ["b"]).open(second, of: application) == [2])
        await #expect(throws: StoreFault.self) { try await vault("b", ["b"]).open(piece, of: application) }
    }

    @Test("erasing leaves nothing, and may be done again")
    func erased() async throws {
        for id in [piece, second] { try await vault().keep([1], of: application, as: id, owner: "o") }
        try await vault().keep([9], of: other, as: piece, owner: "o")
        #expect(try await vault().erase(piece, of: application))
        #expect(try await !vault().erase(piece, of: application))
        #expect(try await vault().open(piece, of: application) == nil)
        #expect(try await vault().open(second, of: application) == [1])
        for _ in 1...2 { try await vault().eraseAll(of: application) }
        #expect(try await store.allItems("permit-document", startingWith: "").map(\.id) == ["\(other)/\(piece)"])
        #expect(try await store.allItems("permit-document-part", startingWith: "").count == 1)
    }

    @Test("keys are 32 bytes, and never shown")
    func keys() {
        #expect(DocumentKeys(current: "a", keys: ["a": [UInt8](repeating: 7, count: 31)]) == nil)
        #expect(DocumentKeys(current: "b", keys: ["a": [UInt8](repeating: 7, count: 32)]) == nil)
        let keys = DocumentKeys(current: "a", keys: ["a": [UInt8](repeating: 7, count: 32)])
        var dumped = ""
        dump(keys, to: &dumped)
        #expect(!"\(keys as Any)\(dumped)".contains("7"))
    }

    @Test(
        "a label is no path",
        arguments: [
            ("photo.jpg", "photo.jpg"), ("/etc/passwd", "passwd"), ("C:\\Users\\Léa\\œuvre.png", "œuvre.png"),
            ("../../x.pdf", "x.pdf"), ("..", "document"), ("", "document"), ("a\u{202E}gpj.exe", "agpj.exe"),
            ("a\r\nSet-Cookie: b", "aSet-Cookie b"), ("<script>\".jpg", "script.jpg"), (".htaccess", "htaccess"),
            (String(repeating: "a", count: 200), String(repeating: "a", count: 80)),
        ])
    func labels(_ name: String, label: String) { #expect(FileLabel.made(of: name) == label) }
}

@Suite("Proofs of erasure")
struct ErasureLogTests {
    private let store: any ItemStore = InMemoryStore()
    private var log: ErasureLog { ErasureLog(store: store) }

    private func proof(_ object: String) -> ErasureProof {
        ErasureProof(object, .documents, rule: "documents", at: Date(timeIntervalSince1970: 1000), count: 3)
    }

    @Test("proofs stand in their order, and each once, however many there are")
    func order() async throws {
        for number in 1...250 { try await log.append(proof("\(number)")) }
        #expect(try await log.count() == 250)
        #expect(try await log.firstBreak() == nil)
        #expect(try await log.proofs(after: 248) == [proof("249"), proof("250")])
        try await log.append(proof("3"), unlessAfter: 2)
        #expect(try await log.count() == 250)
        try await log.append(proof("3"), unlessAfter: 3)
        #expect(try await log.count() == 251)
    }

    @Test("of many writers at once each has its place")
    func race() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 { group.addTask { try await log.append(proof("\(number)")) } }
            try await group.waitForAll()
        }
        #expect(try await log.count() == 40)
        #expect(try await log.firstBreak() == nil)
        #expect(Set(try await log.proofs().map(\.object)).count == 40)
    }

    @Test(
        "a proof that is changed, taken out or put in is seen",
        arguments: [("change", 3), ("remove", 3), ("insert", 4)])
    func tampering(_ how: String, number: Int) async throws {
        for number in 1...5 { try await log.append(proof("\(number)")) }
        let item = try #require(try await store.item("erasure", "000000000003"))
        switch how {
        case "change": _ = try await store.put(item.next(text: item.text.replacing("\"count\":3", with: "\"count\":2")))
        case "remove": _ = try await store.remove(item)
        default: _ = try await store.put(StoredItem(kind: "erasure", id: "0000000000025", text: item.text))
        }
        #expect(try await log.firstBreak() == number)
    }
}
