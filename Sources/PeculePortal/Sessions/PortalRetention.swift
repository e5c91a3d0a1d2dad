public import Foundation
import Pecule
import PeculeCrypto
import PeculeHTTP

/// What the portal tells whoever has an account.
public enum PortalNotice: Sendable, Hashable {
    /// A message to the support has come, under that reference.
    case messageReceived(reference: String)
    /// Nobody has logged in for long: the account is erased then, unless somebody does.
    case accountUnused(erasedAt: Date)
}

/// How long is kept what is no application, and its end. The times are a proposal: the controller of the data decides.
struct PortalRetention {
    let desk: PortalDesk
    let tell: Portal.Tell

    /// An account after its last login.
    static let unused: TimeInterval = 731 * 86_400
    /// How long before that its owner is told.
    static let notice: TimeInterval = 30 * 86_400
    /// A message to the support.
    static let message: TimeInterval = 365 * 86_400

    private var items: any ItemStore { desk.accounts.items }

    /// Does what is due, at most so much of each; may be interrupted anywhere.
    func sweep(limit: Int) async throws(StoreFault) {
        try await items.removeDue(MessageBook.kind, at: desk.now, limit: limit)
        for item in try await items.dueItems(AccountBook.kind, at: desk.now, limit: limit) {
            guard let account = AccountID(item.id) else { throw .corrupt("item \(AccountBook.kind)") }
            let kept = try KeptAccount(item)
            if kept.isToldUnused { try await erase(account, item) } else { try await warn(account, item, kept) }
        }
    }

    /// The mail first: nobody's account is erased untold. At the end of a day, so that what is told again is the same.
    private func warn(_ account: AccountID, _ item: StoredItem, _ kept: KeptAccount) async throws(StoreFault) {
        let day: TimeInterval = 86_400
        let end = Date(timeIntervalSince1970: (desk.now.timeIntervalSince1970 / day).rounded(.up) * day) + Self.notice
        try await tell(.accountUnused(erasedAt: end), account)
        var told = kept
        told.isToldUnused = true
        _ = try await items.put(item.next(text: told.text, due: end))
    }

    /// Its permits leave the space, the account goes, and a proof stays that names nobody. Whoever logs in meanwhile
    /// keeps the account.
    private func erase(_ account: AccountID, _ item: StoredItem) async throws(StoreFault) {
        let permits = try await desk.permits.registered(by: account)
        for permit in permits { try await desk.permits.remove(permit, from: account) }
        guard try await items.remove(item) else { return }
        let name = Base64URL.encode(SHA256.digest(account.revealed.utf8).prefix(12))
        let proof = ErasureProof(name, .account, rule: "unused", at: desk.now, count: permits.count + 1)
        try await desk.applications.erasures.append(proof)
    }
}
