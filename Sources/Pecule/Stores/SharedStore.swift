/// A store that can tell whether anybody else has changed something in it: another process, or another opening of it.
public protocol SharedStore: Sendable {
    /// Another value than ever before once somebody else has committed a change since the last call, or may have.
    func changesElsewhere() async throws(StoreFault) -> ChangesElsewhere
}

/// What somebody else had changed in a store at one moment; it can only be compared.
public struct ChangesElsewhere: Sendable, Hashable {
    private let numbers: [Int]

    public init(_ numbers: Int...) { self.numbers = numbers }
}
