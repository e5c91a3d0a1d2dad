public import Foundation

/// How long what an application holds is kept. The times are a proposal: the controller of the data decides.
public struct ApplicationRetention: Sendable, Hashable {
    /// A draft after its last change; then nothing of it stays.
    public var draft: TimeInterval
    /// Files after the decision: as long as it can be appealed. Those of a cancelled application go at once.
    public var documents: TimeInterval
    /// The rest after the end: the life of the permit, at most two years unused.
    public var record: TimeInterval

    public init(days draft: Int = 7, documents: Int = 92, record: Int = 731) {
        self.draft = TimeInterval(draft) * 86_400
        self.documents = TimeInterval(documents) * 86_400
        self.record = TimeInterval(record) * 86_400
    }

    /// What is to be erased of an application next, and when; nil while it is open.
    public func nextErasure(of application: PermitApplication) -> ApplicationErasure? {
        switch application.status.kind {
        case .draft: ApplicationErasure(.draft, at: application.changedAt + draft)
        case .submitted, .underReview, .complementRequested: nil
        case .accepted, .refused, .cancelled: erasureAfterEnd(of: application)
        }
    }

    private func erasureAfterEnd(of application: PermitApplication) -> ApplicationErasure? {
        guard let end = application.milestones.last?.at else { return nil }
        guard application.documentsErasedAt == nil else { return ApplicationErasure(.record, at: end + record) }
        let wait = application.status == .cancelled ? 0 : documents
        return ApplicationErasure(.documents, at: end + wait)
    }
}

/// One erasure by rule.
public struct ApplicationErasure: Sendable, Hashable {
    /// What goes, and the rule by which.
    public enum Rule: String, Sendable, Hashable, CaseIterable {
        /// All of a draft that was left alone.
        case draft
        /// The files of an application that has ended.
        case documents
        /// What is left of an application that ended long ago.
        case record
    }

    public let rule: Rule
    public let at: Date

    init(_ rule: Rule, at moment: Date) { (self.rule, self.at) = (rule, moment) }
}
