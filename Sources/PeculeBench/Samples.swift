/// What one contestant measured, a figure for each round.
struct Samples {
    let name: String
    private(set) var figures: [Double] = []

    init(_ name: String) { self.name = name }

    mutating func add(_ figure: Double) { figures.append(figure) }

    var median: Double {
        let sorted = figures.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    /// `14.3 (13.9-15.0)`: median, least and greatest.
    var text: String {
        "\(Self.round(median)) (\(Self.round(figures.min() ?? 0))-\(Self.round(figures.max() ?? 0)))"
    }

    /// `from 1.08 to 1.31`: least and greatest.
    var range: String {
        let hundredths = [figures.min() ?? 0, figures.max() ?? 0].map { ($0 * 100).rounded() / 100 }
        return "from \(hundredths[0]) to \(hundredths[1])"
    }

    /// One decimal below a thousand, none above.
    static func round(_ figure: Double) -> String {
        figure < 1000 ? "\((figure * 10).rounded() / 10)" : "\(Int(figure.rounded()))"
    }
}

/// Prints a table, its columns as wide as their widest cell.
func printTable(_ rows: [[String]]) {
    let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    for row in rows {
        let cells = zip(row, widths).map { cell, width in cell + String(repeating: " ", count: width - cell.count) }
        print("  " + cells.joined(separator: "   "))
    }
}

/// Tells a measured figure, its limit, and whether it holds.
func printVerdict(_ name: String, _ figure: Double, limit: Double, unit: String = "") {
    let measured = "\((figure * 100).rounded() / 100)\(unit)"
    print("  \(name): \(measured), limit \(limit)\(unit): \(figure <= limit ? "met" : "NOT met")")
}

/// Tells a measured figure, the least that it should be, and whether it is.
func printVerdict(_ name: String, _ figure: Double, atLeast limit: Double) {
    print("  \(name): \(Samples.round(figure)), at least \(limit): \(figure >= limit ? "met" : "NOT met")")
}
