import FoundationEssentials

/// A document of FranceConnect that is fetched once an hour, and once however many wait for it.
actor KeptDocument<Document: Sendable> {
    typealias Fetch = @Sendable () async throws(FranceConnectError) -> Document

    private let fetch: Fetch
    private var kept: (document: Document, staleAt: Date)?
    private var fetching: Task<Result<Document, FranceConnectError>, Never>?
    private var nextRenewal = Date.distantPast

    static var lifetime: TimeInterval { 3600 }
    /// Seconds between two renewals out of turn: whoever names a key that does not exist cannot make us ask often.
    static var renewalPause: TimeInterval { 60 }

    init(fetch: @escaping Fetch) { self.fetch = fetch }

    func value(at now: Date) async throws(FranceConnectError) -> Document {
        if let kept, now < kept.staleAt { return kept.document }
        return try await fetched(at: now)
    }

    /// The document as it is now, or as it was so short a while ago that it is not asked for again.
    func renewed(at now: Date) async throws(FranceConnectError) -> Document {
        if fetching == nil, now < nextRenewal, let kept { return kept.document }
        let document = try await fetched(at: now)
        nextRenewal = now.addingTimeInterval(Self.renewalPause)
        return document
    }

    /// The task belongs to nobody who waits, so that one who leaves does not take it from the others.
    private func fetched(at now: Date) async throws(FranceConnectError) -> Document {
        if let fetching { return try await fetching.value.get() }
        let task = Task { [fetch] () -> Result<Document, FranceConnectError> in
            do throws(FranceConnectError) { return .success(try await fetch()) } catch { return .failure(error) }
        }
        fetching = task
        let outcome = await task.value
        fetching = nil
        if case .success(let document) = outcome { kept = (document, now.addingTimeInterval(Self.lifetime)) }
        return try outcome.get()
    }
}
