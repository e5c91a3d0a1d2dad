public import Pecule

/// A payer's transfers, newest first; each page is asked for when the one before is used up.
public struct TransferPages<Service: PeculeService>: AsyncSequence, Sendable {
    let service: Service
    let payer: AccountID
    let limit: Int

    /// From the newest transfer on.
    public func makeAsyncIterator() -> Iterator { Iterator(pages: self) }

    /// Where one reader stands.
    public struct Iterator: AsyncIteratorProtocol {
        let pages: TransferPages
        private var page: ArraySlice<TransferSummary> = []
        private var cursor: TransferHistory.Cursor?
        private var isLast = false

        init(pages: TransferPages) { self.pages = pages }

        /// The next transfer; nil after the last.
        public mutating func next() async throws(PeculeError) -> TransferSummary? {
            while page.isEmpty, !isLast {
                let found = try await pages.service.history(of: pages.payer, after: cursor, limit: pages.limit)
                (page, cursor, isLast) = (found.transfers[...], found.next, found.next == nil)
            }
            return page.popFirst()
        }
    }
}
