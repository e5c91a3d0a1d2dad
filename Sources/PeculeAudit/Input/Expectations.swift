/// What neither the store nor the bank knows, and an auditor may be told.
public struct Expectations: Sendable, Equatable {
    /// A change that a client saw acknowledged.
    public struct Acknowledged: Sendable, Equatable {
        public let transfer: String
        public let version: Int

        public init(transfer: String, version: Int) {
            self.transfer = transfer
            self.version = version
        }
    }

    /// The most that a detained person may receive in a calendar month (Europe/Paris), in cents, by establishment.
    public var caps: [String: Int]
    public var acknowledged: [Acknowledged]
    /// Whether every transfer must have ended.
    public var allFinal: Bool

    public init(caps: [String: Int] = [:], acknowledged: [Acknowledged] = [], allFinal: Bool = false) {
        self.caps = caps
        self.acknowledged = acknowledged
        self.allFinal = allFinal
    }
}
