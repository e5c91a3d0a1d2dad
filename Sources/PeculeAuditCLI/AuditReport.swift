import Foundation
import PeculeAudit

/// What the audit says, for people and for machines.
struct AuditReport {
    let audit: Audit
    let tables: Tables
    let hasBooks: Bool

    /// A table of the findings, then one line that says it all.
    var text: String {
        let rows = audit.findings.map(cells)
        let widths = Self.heads.indices.map { column in
            ([Self.heads] + rows).map { $0[column].count }.max() ?? 0
        }
        let lines = rows.isEmpty ? [] : ([Self.heads] + rows).map { Self.line($0, widths) }
        return (lines + [verdict, ""]).joined(separator: "\n")
    }

    private static let heads = ["finding", "where", "row", "expected", "found", "difference"]

    private func cells(_ finding: Finding) -> [String] {
        let number = finding.place.number.map { " \(finding.place.table == .events ? "v" : "")\($0)" } ?? ""
        return [
            finding.code.rawValue, finding.place.table.rawValue, finding.place.row + number, finding.expected,
            finding.found, finding.differenceCents.map(Self.euros) ?? "",
        ]
    }

    private static func line(_ cells: [String], _ widths: [Int]) -> String {
        let padded = zip(cells, widths).map { $0 + String(repeating: " ", count: max(0, $1 - $0.count)) }
        return String(padded.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
    }

    /// `-25.50 EUR`: whole cents, no rounding.
    private static func euros(_ cents: Int) -> String {
        let digits = String(cents.magnitude % 100)
        let sign = cents < 0 ? "-" : "+"
        return "\(sign)\(cents.magnitude / 100).\(digits.count == 1 ? "0" : "")\(digits) EUR"
    }

    private var verdict: String {
        let size = "\(tables.transfers.rows.count) transfers, \(tables.events.rows.count) events"
        let scope = hasBooks ? "" : " (the banks' books were not compared)"
        let warnings = audit.findings.count { $0.code.isWarning }
        let faults = audit.findings.count - warnings
        let open = warnings == 0 ? "" : ", \(warnings) not ended yet"
        let words = faults == 1 ? "1 finding" : "\(faults) findings"
        return (audit.isSound ? "sound: " : "NOT SOUND: \(words) in ") + size + open + scope
    }

    /// One object with everything; members in alphabetical order.
    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        let summary = Summary(
            sound: audit.isSound, booksCompared: hasBooks, transfers: tables.transfers.rows.count,
            events: tables.events.rows.count, findings: audit.findings.map(Line.init))
        // Texts and integers can always be encoded.
        return (try? encoder.encode(summary)).map { String(decoding: $0, as: UTF8.self) + "\n" } ?? ""
    }

    private struct Summary: Encodable {
        let sound: Bool
        let booksCompared: Bool
        let transfers: Int
        let events: Int
        let findings: [Line]
    }

    private struct Line: Encodable {
        let code: String
        let severity: String
        let table: String
        let row: String
        let number: Int?
        let expected: String
        let found: String
        let differenceCents: Int?

        init(_ finding: Finding) {
            code = finding.code.rawValue
            severity = finding.code.isWarning ? "warning" : "fault"
            table = finding.place.table.rawValue
            row = finding.place.row
            number = finding.place.number
            expected = finding.expected
            found = finding.found
            differenceCents = finding.differenceCents
        }
    }
}
