import Foundation
import Pecule
import PeculeCrypto
import PeculeHTTP
import Synchronization

/// A code as it is kept: a salted, slow digest, with what it was made with.
struct StaffCode: Sendable {
    private let digest: [UInt8]
    private let salt: [UInt8]
    private let cost: Scrypt.Cost

    init(_ code: String, random: (Int) -> [UInt8]) {
        (salt, cost) = (random(16), .advised)
        digest = Scrypt.digest(code.utf8, salt: salt, cost: cost)
    }

    /// What stands in for the code of somebody who is unknown: it takes as long as another, and no code opens it.
    static let nobody = StaffCode()

    private init() { (digest, salt, cost) = ([], [UInt8](repeating: 0, count: 16), .advised) }

    func opens(to typed: String) -> Bool {
        ConstantTime.equal(Scrypt.digest(typed.utf8, salt: salt, cost: cost), digest)
    }

    var json: JSON {
        [
            "kdf": "scrypt", "work": .integer(cost.work), "blocks": .integer(cost.blocks),
            "passes": .integer(cost.passes), "salt": .string(Base64URL.encode(salt)),
            "digest": .string(Base64URL.encode(digest)),
        ]
    }

    init?(_ json: JSON) {
        guard json["kdf"] == "scrypt", let work = json["work"]?.integer, let blocks = json["blocks"]?.integer,
            let passes = json["passes"]?.integer, let salt = json["salt"]?.string.flatMap({ Base64URL.decode($0) }),
            let digest = json["digest"]?.string.flatMap({ Base64URL.decode($0) }), digest.count == Scrypt.length,
            let cost = Scrypt.Cost(work: work, blocks: blocks, passes: passes)
        else { return nil }
        (self.digest, self.salt, self.cost) = (digest, salt, cost)
    }
}

/// Where codes are checked, one at a time: many attempts take no more memory than one, and no more than one processor.
final class StaffCodeDesk: Sendable {
    /// Attempts that may wait: each is over in some tenths of a second.
    private static let most = 10

    private let waiting = Mutex(0)
    private let checker = Checker()

    private actor Checker {
        func opens(_ code: StaffCode, to typed: String) -> Bool { code.opens(to: typed) }
    }

    /// Nil when so many wait already that this one is sent away.
    func opens(_ code: StaffCode, to typed: String) async -> Bool? {
        let isTaken = waiting.withLock { count in
            guard count < Self.most else { return false }
            count += 1
            return true
        }
        guard isTaken else { return nil }
        defer { waiting.withLock { $0 -= 1 } }
        return await checker.opens(code, to: typed)
    }
}
