import PeculeCrypto

/// Comparison of what only one side may know, in a time that does not tell how far it matches.
enum Secret {
    static func equal(_ given: String?, _ expected: String) -> Bool {
        guard let given else { return false }
        return ConstantTime.equal(Array(given.utf8), Array(expected.utf8))
    }
}
