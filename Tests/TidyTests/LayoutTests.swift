import Testing

/// Rules on the form of files, and on what lies where.
enum LayoutRules {
    static let longestLine = 120
    static let longestFile = 300
    static let longestTestFile = 400
    static let longestFunction = 60

    static let topLevel: Set<String> = [
        "Package.swift", "Sources", "Tests", "Mocks", "README.md", "openapi.yaml", "Scripts", "LICENSE",
    ]

    /// Inputs of the fuzzers: what counts is every byte, however it looks.
    private static let bytes = "Tests/Fuzz/Corpus/"

    static func whitespace(in file: TextFile) -> [Finding] {
        if file.path.hasPrefix(bytes) { return [] }
        var found: [Finding] = []
        if file.text.contains("\u{FFFD}") { found.append(Finding(path: file.path, message: "is not UTF-8 text")) }
        if file.lines.last != "" { found.append(Finding(path: file.path, message: "ends without a line break")) }
        for (number, line) in zip(1..., file.lines) {
            let fault: String? =
                switch true {
                case line.contains("\t"): "tab"
                case line.utf8.last == UInt8(ascii: " ") || line.utf8.last == UInt8(ascii: "\r"): "space at the end"
                case file.isSwift && line.count > longestLine: "\(line.count) characters; at most \(longestLine)"
                default: nil
                }
            if let fault { found.append(Finding(path: file.path, line: number, message: fault)) }
        }
        return found
    }

    static func size(of file: TextFile) -> [Finding] {
        let limit = file.isTest ? longestTestFile : longestFile
        let count = file.lines.count - 1
        return count > limit ? [Finding(path: file.path, message: "\(count) lines; at most \(limit)")] : []
    }

    static func longFunctions(in file: TextFile) -> [Finding] {
        functions(in: file).compactMap { function in
            guard let length = function.length, length > longestFunction else { return nil }
            return Finding(
                path: file.path, line: function.line,
                message: "\(function.name) has \(length) lines; at most \(longestFunction)")
        }
    }

    static func functions(in file: TextFile) -> [Declaration] {
        file.declarations.filter { $0.length != nil && !$0.isRequirement }
    }

    static func strangers(in names: [String]) -> [String] {
        names.filter { !$0.hasPrefix(".") && !topLevel.contains($0) }
    }

    /// The value below which that share of the values lies.
    static func quantile(_ share: Int, of values: [Int]) -> Int {
        values.isEmpty ? 0 : values.sorted()[(values.count - 1) * share / 100]
    }
}

@Suite("Layout")
struct LayoutTests {
    private static let shipped = Repository.swift.filter(\.isShipped)

    @Test("Lines are short, and no space is wasted")
    func whitespace() { record(Repository.files.flatMap(LayoutRules.whitespace)) }

    @Test("Files are short")
    func files() { record(Repository.swift.flatMap(LayoutRules.size)) }

    @Test("Functions are short")
    func functions() { record(Repository.swift.flatMap(LayoutRules.longFunctions)) }

    @Test("Most functions and files are very short")
    func distribution() {
        let functions = Self.shipped.flatMap(LayoutRules.functions).compactMap(\.length)
        let files = Self.shipped.map { $0.lines.count - 1 }
        let (median, p90) = (LayoutRules.quantile(50, of: functions), LayoutRules.quantile(90, of: functions))
        let (fileMedian, fileP90) = (LayoutRules.quantile(50, of: files), LayoutRules.quantile(90, of: files))
        print("\(functions.count) functions: median \(median) lines, p90 \(p90), longest \(functions.max() ?? 0)")
        print("\(files.count) files: median \(fileMedian) lines, p90 \(fileP90), longest \(files.max() ?? 0)")
        #expect(functions.count > 100)
        #expect(median < 10)
        #expect(p90 < 25)
        #expect(fileMedian < 120)
    }

    @Test("Nothing new lies at the top")
    func topLevel() {
        #expect(Repository.topLevel.contains("Package.swift"))
        #expect(LayoutRules.strangers(in: Repository.topLevel) == [])
    }

    @Test(
        "A badly formed file is found",
        arguments: [
            ("let a = 1\n", 0), ("let a = 1", 1), ("\tlet a = 1\n", 1), ("let a = 1 \n", 1), ("let a = 1\r\n", 1),
            ("// \(String(repeating: "é", count: 117))\n", 0), ("// \(String(repeating: "é", count: 118))\n", 1),
        ])
    func badWhitespace(_ text: String, count: Int) {
        #expect(LayoutRules.whitespace(in: TextFile(path: "A.swift", text: text)).count == count)
    }

    @Test("A long file is found", arguments: [("Sources/A.swift", 300), ("Mocks/A.swift", 300), ("Tests/A.swift", 400)])
    func badSize(_ path: String, limit: Int) {
        let lines = String(repeating: "\n", count: limit)
        #expect(LayoutRules.size(of: TextFile(path: path, text: lines)) == [])
        #expect(LayoutRules.size(of: TextFile(path: path, text: lines + "\n")).count == 1)
    }

    @Test("A long function is found", arguments: [(58, 0), (59, 1)])
    func badFunction(_ lines: Int, count: Int) {
        let text = "func f(\n) {\n" + String(repeating: "x()\n", count: lines - 1) + "}\n"
        #expect(LayoutRules.longFunctions(in: TextFile(path: "A.swift", text: text)).count == count)
    }

    @Test("A stranger at the top is found")
    func badTopLevel() {
        #expect(LayoutRules.strangers(in: ["Sources", ".ci", "docs", "a.md"]) == ["docs", "a.md"])
    }

    @Test("Quantiles are those of sorted values", arguments: [([3, 1, 2], 50, 2), (Array(1...11), 90, 10), ([], 50, 0)])
    func quantile(_ values: [Int], share: Int, result: Int) {
        #expect(LayoutRules.quantile(share, of: values) == result)
    }
}
