import Foundation
public import Pecule
import PeculeCrypto

/// From a draft to an establishment's queue.
extension ApplicationDesk {
    /// Sends the application. Calling it again gives the same answer and sends nothing twice.
    ///
    /// Where one for the same visitor and detained person is open already, throws `.refused(.duplicate)` with its
    /// reference: of two that are sent at once, one comes through.
    public func submit(
        _ id: ApplicationID, of account: AccountID
    ) async throws(ApplicationError) -> PermitApplication {
        let owner = KeptApplication.accountKey(account)
        while true {
            let (item, kept) = try await load(id, owner: owner)
            if kept.application.reached(.submitted) != nil { return kept.application }
            // What is refused claims nothing.
            _ = try refusing { () throws(ApplicationRefusal) in
                try kept.application.applying(.submitted, at: environment.now())
            }
            try await claim(for: kept.application, owner: owner)
            // Before the application, so that none is ever sent to nobody; entries without one are passed over.
            if let place = QueuePlace(kept.application) {
                _ = try await stored { () throws(StoreFault) in try await store.put(place.entry) }
            }
            // That very version: the claim was made for what stands in it.
            if let sent = try await put(.submitted, on: item, kept) {
                // What fails here is done by the next sweep.
                try? await enqueue(sent)
                return sent
            }
        }
    }

    static let claimKind = "permit-open"

    static func claimID(_ key: ApplicationDuplicateKey) -> String {
        let parts = [
            key.applicant.revealed, key.visitor, key.detainee.establishment.text, key.detainee.ecrouNumber.revealed,
        ]
        return Base64URL.encode(SHA256.digest(parts.joined(separator: "\n").utf8))
    }

    private func claim(for application: PermitApplication, owner: String) async throws(ApplicationError) {
        guard let key = application.duplicateKey else { return }
        let (id, text) = (Self.claimID(key), application.id.text)
        while true {
            let kept = try await stored { () throws(StoreFault) in try await store.item(Self.claimKind, id) }
            if kept?.text == text { return }
            if let other = kept.flatMap({ ApplicationID($0.text) }), try await holds(other, key, owner: owner) {
                throw .refused(.duplicate(other))
            }
            let claim = kept?.next(text: text) ?? StoredItem(kind: Self.claimKind, id: id, text: text)
            if try await stored({ () throws(StoreFault) in try await store.put(claim) }) { return }
        }
    }

    /// Whether another application is open under that key, or on its way there: a draft whose claim stands may be sent
    /// at any moment, until it is changed, cancelled or erased.
    private func holds(
        _ id: ApplicationID, _ key: ApplicationDuplicateKey, owner: String
    ) async throws(ApplicationError) -> Bool {
        do throws(ApplicationError) {
            let application = try await load(id, owner: owner).kept.application
            return !application.status.kind.isFinal && application.duplicateKey == key
        } catch {
            guard error == .notFound else { throw error }
            return false
        }
    }

    /// Into the pile of what waits, at the place of its reception: again and again, until a sweep has seen it done.
    func enqueue(_ application: PermitApplication) async throws(StoreFault) {
        if let queued = QueuePlace(application)?.queued { _ = try await store.put(queued) }
    }
}
