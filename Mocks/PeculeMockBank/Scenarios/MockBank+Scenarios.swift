import FoundationEssentials
import PeculeHTTP

/// Why a file of scenarios is not taken.
public struct ScenarioFileError: Error, Equatable, CustomStringConvertible {
    /// Counted from 1.
    public let line: Int
    public let problem: String

    public var description: String { "line \(line): \(problem)" }
}

extension MockBank {
    /// Plays a scenario for every order of one bank, or of all, that says nothing else; an empty text ends it.
    public func play(_ text: String, at bank: String? = nil) throws(ScenarioError) {
        try desk.play(text, at: bank)
    }

    /// Lets the cents of an amount call a scenario of the catalogue, or no longer.
    public func readCents(_ isOn: Bool = true) { desk.books.changeAll { $0.readsCents = isOn } }

    /// Adds the scenarios of a file to the catalogue: `name: scenario` in each line, `#` before a remark. A line may
    /// call the names above it.
    public func addScenarios(_ text: String) throws(ScenarioFileError) {
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.prefix { $0 != "#" }.trimmingPrefix(while: \.isWhitespace)
            guard !line.allSatisfy(\.isWhitespace) else { continue }
            let halves = line.split(separator: ":", maxSplits: 1)
            guard halves.count == 2, Self.isName(halves[0]) else {
                throw ScenarioFileError(
                    line: number + 1, problem: "expected a name of a-z, 0-9 and -, then : and a scenario")
            }
            do throws(ScenarioError) {
                try desk.learn { (catalogue) throws(ScenarioError) in
                    catalogue.add(String(halves[0]), try catalogue.read(halves[1]))
                }
            } catch { throw ScenarioFileError(line: number + 1, problem: error.description) }
        }
    }

    /// Adds the customers and accounts of a seed file (JSON, as `PUT /mock/customers` takes it) to every bank, and
    /// makes the books anew.
    /// - Throws: an error whose description names the member that is wrong.
    public func loadCustomers(_ file: [UInt8]) throws {
        let document = try JSON(parsing: file)
        try desk.reseed { (seed) throws(ControlFault) in try seed.load(document) }
    }

    private static func isName(_ text: Substring) -> Bool {
        text.first?.isLetter == true
            && text.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
    }
}
