public import Foundation
public import Pecule
import PeculeCrypto
import PeculeHTTP

/// The proof that something was erased, without anything of what it was (GDPR, article 5(2)).
public struct ErasureProof: Sendable, Hashable {
    /// What was erased: an application, a file or an account.
    public enum Subject: String, Sendable, Hashable {
        case draft, documents, record, piece, account
    }

    /// The id of what was erased, which names nobody.
    public let object: String
    public let subject: Subject
    /// The rule that asked for it.
    public let rule: String
    public let at: Date
    /// Things erased.
    public let count: Int

    init(_ object: String, _ subject: Subject, rule: String, at moment: Date, count: Int) {
        (self.object, self.subject, self.rule, at, self.count) = (object, subject, rule, moment, count)
    }
}

/// Proofs of erasure, each chained to the one before by SHA-256: one that is changed, taken out or put in between is
/// seen. Whoever takes away the newest ones is seen only by who noted their hash: publish it from time to time.
public struct ErasureLog: Sendable {
    private let store: any ItemStore

    public init(store: any ItemStore) { self.store = store }

    /// The proofs after that many, the first first; at most so many.
    public func proofs(after count: Int = 0, limit: Int = 100) async throws(StoreFault) -> [ErasureProof] {
        try await entries(after: count, limit: limit).map(\.proof)
    }

    /// The number of the first proof that does not follow from those before; nil when the chain is whole.
    public func firstBreak() async throws(StoreFault) -> Int? {
        var (number, hash) = (0, ErasureEntry.beginning)
        while true {
            let entries = try await entries(after: number, limit: 100)
            for entry in entries {
                guard entry.number == number + 1, entry.previous == hash, entry.isSound else { return number + 1 }
                (number, hash) = (entry.number, entry.hash)
            }
            if entries.count < 100 { return nil }
        }
    }

    /// How many proofs there are.
    func count() async throws(StoreFault) -> Int { try await last()?.number ?? 0 }

    /// Adds a proof, unless it stands there already after that many: so an erasure that was interrupted is proved once.
    func append(_ proof: ErasureProof, unlessAfter known: Int? = nil) async throws(StoreFault) {
        if let known, try await contains(proof, after: known) { return }
        while true {
            let entry = ErasureEntry(proof, after: try await last())
            guard try await store.put(entry.item) else { continue }
            return try await store.change(ErasureEntry.tail, "", as: ErasureTail.self) { kept, _ in
                (ErasureTail(number: max(entry.number, kept?.number ?? 0)), nil)
            }
        }
    }

    private func contains(_ proof: ErasureProof, after known: Int) async throws(StoreFault) -> Bool {
        var number = known
        while true {
            let entries = try await entries(after: number, limit: 100)
            if entries.contains(where: { $0.proof.object == proof.object && $0.proof.subject == proof.subject }) {
                return true
            }
            guard let last = entries.last, entries.count == 100 else { return false }
            number = last.number
        }
    }

    /// From where the last writer said the end is; it may have gone on since.
    private func last() async throws(StoreFault) -> ErasureEntry? {
        var hint = 0
        if let item = try await store.item(ErasureEntry.tail, "") { hint = try ErasureTail(item).number }
        var last: ErasureEntry?
        var page = try await entries(after: max(hint - 1, 0), limit: 100)
        while let end = page.last {
            last = end
            page = try await entries(after: end.number, limit: 100)
        }
        return last
    }

    private func entries(after number: Int, limit: Int) async throws(StoreFault) -> [ErasureEntry] {
        let after = number == 0 ? "" : ErasureEntry.id(number)
        let items = try await store.items(ErasureEntry.kind, after: after, limit: limit)
        return try items.map { item throws(StoreFault) in try ErasureEntry(item) }
    }
}

/// One link of the chain.
struct ErasureEntry: TextItem {
    static let kind = "erasure"
    static let tail = "erasure-tail"
    static let beginning = "pecule"

    let number: Int
    let proof: ErasureProof
    /// The hash of the entry before.
    let previous: String
    let hash: String

    init(_ proof: ErasureProof, after last: ErasureEntry?) {
        let (number, previous) = ((last?.number ?? 0) + 1, last?.hash ?? Self.beginning)
        let hash = Self.hash(number, proof, previous)
        (self.number, self.proof, self.previous, self.hash) = (number, proof, previous, hash)
    }

    var isSound: Bool { hash == Self.hash(number, proof, previous) }

    /// Twelve digits, so that ids stand in the order of numbers.
    static func id(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 12 - digits.count)) + digits
    }

    var item: StoredItem { StoredItem(kind: Self.kind, id: Self.id(number), text: text) }

    private static func members(_ number: Int, _ proof: ErasureProof, _ previous: String) -> [JSON.Member] {
        [
            ("number", .integer(number)), ("object", .string(proof.object)),
            ("subject", .string(proof.subject.rawValue)), ("rule", .string(proof.rule)),
            ("at", .integer(proof.at.milliseconds)), ("count", .integer(proof.count)), ("previous", .string(previous)),
        ]
    }

    private static func hash(_ number: Int, _ proof: ErasureProof, _ previous: String) -> String {
        Base64URL.encode(SHA256.digest(JSON.object(members(number, proof, previous)).bytes))
    }

    var json: JSON { .object(Self.members(number, proof, previous) + [("hash", .string(hash))]) }

    init?(_ json: JSON) {
        guard let number = json["number"]?.integer, let object = json["object"]?.string,
            let subject = json["subject"]?.string.flatMap(ErasureProof.Subject.init), let rule = json["rule"]?.string,
            let at = json["at"]?.integer, let count = json["count"]?.integer,
            let previous = json["previous"]?.string, let hash = json["hash"]?.string
        else { return nil }
        proof = ErasureProof(object, subject, rule: rule, at: Date(milliseconds: at), count: count)
        (self.number, self.previous, self.hash) = (number, previous, hash)
    }
}

/// Where the chain ended when somebody last looked.
private struct ErasureTail: TextItem {
    let number: Int

    init(number: Int) { self.number = number }

    var json: JSON { ["number": .integer(number)] }

    init?(_ json: JSON) {
        guard let number = json["number"]?.integer else { return nil }
        self.number = number
    }
}
