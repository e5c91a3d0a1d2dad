/// Why a text is no scenario: points at the word. Its description is for people.
public struct ScenarioError: Error, Equatable, CustomStringConvertible {
    /// Counted from 1.
    public let position: Int
    /// Nil where the text ends too early.
    public let word: String?
    public let problem: String

    public var description: String {
        word.map { "word \(position), \"\($0)\": \(problem)" } ?? "after word \(position - 1): \(problem)"
    }
}
