/// Why a text is no scenario: points at the word.
struct ScenarioError: Error, Equatable, CustomStringConvertible {
    /// Counted from 1.
    let position: Int
    /// Nil where the text ends too early.
    let word: String?
    let problem: String

    var description: String {
        word.map { "word \(position), \"\($0)\": \(problem)" } ?? "after word \(position - 1): \(problem)"
    }
}
