/// How much a store has to do, for those who watch it. Counts begin when the store is opened.
public struct StoreLoad: Sendable, Hashable {
    /// Connections that share one kind of work.
    public struct Pool: Sendable, Hashable {
        /// How many there are at most, and how many work now.
        public let connections: Int
        public let busy: Int
        /// What waits for one of them now.
        public let waiting: Int
        /// What was taken so far; how long it, and what still waits, waited for a connection, and how long connections
        /// worked, summed.
        public let done: Int
        public let waited: Duration
        public let worked: Duration

        public init(connections: Int, busy: Int, waiting: Int, done: Int, waited: Duration, worked: Duration) {
            (self.connections, self.busy, self.waiting) = (connections, busy, waiting)
            (self.done, self.waited, self.worked) = (done, waited, worked)
        }
    }

    /// Transactions committed; what is written at the same time shares one.
    public let commits: Int
    public let writers: Pool
    public let readers: Pool

    public init(commits: Int, writers: Pool, readers: Pool) {
        (self.commits, self.writers, self.readers) = (commits, writers, readers)
    }
}

/// A store that can be watched.
public protocol WatchedStore: Sendable {
    var load: StoreLoad { get }
}
