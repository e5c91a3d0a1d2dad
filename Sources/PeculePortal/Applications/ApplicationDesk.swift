import Foundation
public import Pecule
import PeculeHTTP

/// Permit applications, from the first screen to the proof of their erasure, on a store that compares and swaps.
///
/// A call that returns has made its effect durable. What has to follow (mails, erasures) stands in the store with the
/// change that causes it, and `sweep` does it: call that every few seconds, from any number of processes.
public struct ApplicationDesk: Sendable {
    /// Takes a notice over for good, so that its mail goes out once: a second call with the same `id` has no effect.
    public typealias Notify = @Sendable (ApplicationNotice, PermitApplication) async throws(StoreFault) -> Void

    let store: any ItemStore
    let register: any DetaineeRegister
    let vault: DocumentVault
    let environment: Environment
    let retention: ApplicationRetention
    let permits: PermitBook
    /// What the law attaches to an application.
    let terms: LegalTerms
    let notify: Notify

    /// - Parameters:
    ///   - permits: where an acceptance is written down, so that its holder can register the permit.
    ///   - notify: hands the mail of an act to an outbox.
    public init(
        store: any ItemStore, register: any DetaineeRegister, permits: PermitBook, keys: DocumentKeys,
        environment: Environment = .system, retention: ApplicationRetention = ApplicationRetention(),
        terms: LegalTerms = .general, notify: @escaping Notify
    ) {
        (self.store, self.register, self.environment, self.retention) = (store, register, environment, retention)
        (self.permits, self.terms, self.notify) = (permits, terms, notify)
        vault = DocumentVault(store: store, keys: keys, environment: environment)
    }

    /// Unfinished applications of one account.
    static let mostDrafts = 10
    /// Checks of a detained person that one account may ask for in an hour.
    static let mostChecks = 10

    /// The proofs of what was erased.
    public var erasures: ErasureLog { ErasureLog(store: store) }

    // MARK: - One application

    /// An application of that account.
    public func application(
        _ id: ApplicationID, of account: AccountID
    ) async throws(ApplicationError) -> PermitApplication {
        try await load(id, owner: KeptApplication.accountKey(account)).kept.application
    }

    /// Every application of an account, the newest first.
    public func applications(of account: AccountID) async throws(ApplicationError) -> [PermitApplication] {
        let prefix = "\(KeptApplication.accountKey(account))/"
        let kept = try await stored { () throws(StoreFault) in
            try await store.allItems(KeptApplication.kind, startingWith: prefix).map { item throws(StoreFault) in
                try KeptApplication(item)
            }
        }
        return kept.filter(\.isVisible).map(\.application).sorted {
            ($0.startedAt, $0.id.text) > ($1.startedAt, $1.id.text)
        }
    }

    static let numberKind = "permit-number"

    // MARK: - Loading and changing

    func load(
        _ id: ApplicationID, owner: String
    ) async throws(ApplicationError) -> (item: StoredItem, kept: KeptApplication) {
        let item = try await stored { () throws(StoreFault) in
            try await store.item(KeptApplication.kind, "\(owner)/\(id)")
        }
        guard let item else { throw .notFound }
        let kept = try await stored { () throws(StoreFault) in try KeptApplication(item) }
        guard kept.isVisible else { throw .notFound }
        return (item, kept)
    }

    /// Applies an event to what is kept, whatever others do to it meanwhile.
    @discardableResult
    func apply(
        _ event: ApplicationEvent, to id: ApplicationID, owner: String
    ) async throws(ApplicationError) -> PermitApplication {
        while true {
            let (item, kept) = try await load(id, owner: owner)
            if let next = try await put(event, on: item, kept) { return next }
        }
    }

    /// The application after the event; nil when another version is kept by now.
    func put(
        _ event: ApplicationEvent, on item: StoredItem, _ kept: KeptApplication
    ) async throws(ApplicationError) -> PermitApplication? {
        let now = environment.now()
        var next = kept
        next.application = try refusing { () throws(ApplicationRefusal) in
            try kept.application.applying(event, at: now)
        }
        if next.application.milestones.count > kept.application.milestones.count { next.noteReached(at: now) }
        let change = item.next(text: next.text, due: next.due(retention))
        guard try await stored({ () throws(StoreFault) in try await store.put(change) }) else { return nil }
        await eraseDropped(from: kept.application, to: next.application)
        return next.application
    }

    /// Files that the change has taken out. One that is left behind by a fault is found by its due time.
    private func eraseDropped(from old: PermitApplication, to new: PermitApplication) async {
        for piece in old.pieces where !new.pieces.contains(piece) {
            try? await eraseUnused(DocumentPlace(old.id, piece.id))
        }
    }

    /// Erases a file that no application refers to, and proves it.
    func eraseUnused(_ place: DocumentPlace) async throws(StoreFault) {
        guard try await vault.erase(place.piece, of: place.application) else { return }
        let proof = ErasureProof(place.piece.text, .piece, rule: "unused", at: environment.now(), count: 1)
        try await erasures.append(proof)
    }

    // MARK: - Faults

    func stored<Value>(_ work: () async throws(StoreFault) -> Value) async throws(ApplicationError) -> Value {
        do throws(StoreFault) { return try await work() } catch { throw .store(error) }
    }

    func refusing<Value>(_ work: () throws(ApplicationRefusal) -> Value) throws(ApplicationError) -> Value {
        do throws(ApplicationRefusal) { return try work() } catch { throw .refused(error) }
    }
}

extension KeptApplication {
    /// What is being erased whole is gone already for everybody but the sweep.
    var isVisible: Bool { erasing == nil || erasing?.rule == .documents }
}
