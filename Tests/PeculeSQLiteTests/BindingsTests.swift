import Pecule
import Testing

@testable import PeculeSQLite

@Suite("Values of a statement")
struct BindingsTests {
    @Test(
        "come back as they were given",
        arguments: [
            [.null],
            [.integer(.min), .integer(0), .integer(.max)],
            [.text("")],
            [.text(""), .text("")],
            [.text("a"), .null, .text(""), .integer(7), .text("é€𝄞"), .text(String(repeating: "long", count: 2_000))],
        ] as [[ColumnValue]])
    func comeBack(_ cells: [ColumnValue]) throws {
        let folder = try Folder()
        _ = try SQLiteStore(path: folder.file)
        let places = cells.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
        let statement = try folder.connect().statement("SELECT \(places), ?\(cells.count + 1)")
        for number in [1, 2] {
            #expect(try statement.run(Bindings(cells), number) == [cells + [.integer(number)]])
        }
    }
}
