public import Foundation

/// A page of a payer's transfers over the last six calendar months, newest first.
public struct TransferHistory: Sendable, Hashable {
    public let transfers: [TransferSummary]
    /// Where the next page begins; nil on the last.
    public let next: Cursor?

    public init(transfers: [TransferSummary], next: Cursor?) {
        self.transfers = transfers
        self.next = next
    }

    /// The start of the same day of the month six months before `now` in Paris, or of that month's last day where
    /// there is no such day (31 August → 28 or 29 February). Transfers from that moment on are shown.
    public static func start(at now: Date) -> Date {
        let calendar = ParisCalendar.calendar
        let sameDay = calendar.date(byAdding: .month, value: -6, to: now) ?? now
        return calendar.startOfDay(for: sameDay)
    }

    /// A place between two transfers that stays where it is while new transfers arrive.
    public struct Cursor: Sendable, Hashable, Comparable {
        public let draftedAt: Date
        public let id: TransferID

        public init(draftedAt: Date, id: TransferID) {
            self.draftedAt = draftedAt
            self.id = id
        }

        init(_ transfer: Transfer) { self.init(draftedAt: transfer.order.draftedAt, id: transfer.id) }

        init(_ transfer: TransferSummary) { self.init(draftedAt: transfer.draftedAt, id: transfer.id) }

        /// For those who write a place into a link or an answer, and read it back: milliseconds and id.
        public var text: String { "\(Int((draftedAt.timeIntervalSince1970 * 1000).rounded()))_\(id.text)" }

        /// Nil unless `text` gives the same.
        public init?(text: String) {
            let parts = text.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, let milliseconds = Int(parts[0]), String(milliseconds) == parts[0],
                (1...9_999_999_999_999).contains(milliseconds), let id = TransferID(parts[1])
            else { return nil }
            self.init(draftedAt: Date(timeIntervalSince1970: TimeInterval(milliseconds) / 1000), id: id)
        }

        /// Newer first; at the same moment by id.
        public static func < (one: Cursor, other: Cursor) -> Bool {
            (other.draftedAt, one.id.text) < (one.draftedAt, other.id.text)
        }
    }
}
