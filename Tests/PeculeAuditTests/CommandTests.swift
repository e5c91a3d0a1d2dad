import Foundation
import PeculeAudit
import Testing

@testable import PeculeAuditCLI

@Suite("The command") struct CommandTests {
    @Test(
        "says what is wrong with its command line",
        arguments: [
            ([], "--store is missing: name a file, or a postgres:// URL"),
            (["--store"], "--store needs a value"),
            (["--store", "a", "--cap", "valmont"], "--cap valmont: write ESTABLISHMENT=CENTS, in whole cents above 0"),
            (["--store", "a", "--cap", "v=1,5"], "--cap v=1,5: write ESTABLISHMENT=CENTS, in whole cents above 0"),
            (["--store", "a", "--fast"], "unknown option --fast"),
            (
                ["--store", "a", "--ledger", "-", "--acknowledged", "-"],
                "only one of --ledger and --acknowledged can be standard input"
            ),
        ])
    func usage(_ words: [String], message: String) {
        do throws(AuditOptions.Fault) {
            _ = try AuditOptions.read(words)
            Issue.record("accepted")
        } catch { #expect(error.description == message) }
    }

    @Test("reads its command line")
    func options() throws {
        let words = "--store a.sqlite --ledger - --cap v=100 --cap w=200 --acknowledged b --json --all-final"
        var expected = AuditOptions()
        (expected.store, expected.ledger, expected.acknowledged) = ("a.sqlite", "-", "b")
        (expected.caps, expected.wantsJSON, expected.allFinal) = (["v": 100, "w": 200], true, true)
        #expect(try AuditOptions.read(words.split(separator: " ").map(String.init)) == .audit(expected))
    }

    @Test(
        "says what cannot be read, without what stands in it",
        arguments: [
            ("/nowhere/at/all", "the store cannot be read: unable to open database file"),
            ("postgres://u:secret@127.0.0.1:1/x", "the PostgreSQL server cannot be reached with that URL"),
        ])
    func unreadable(_ store: String, message: String) {
        do throws(UnreadableInput) {
            _ = try StoreInput.read(store)
            Issue.record("read")
        } catch { #expect(error.description == message) }
    }

    @Test("tells people and machines of row and cents, and shows no account")
    func report() async throws {
        var evidence = try await Evidence.sample.value
        evidence.deleteEntry("execution", "SETTLED-1")
        evidence.set("WAITING", "state", .text("FR7699901000010000000000107"))
        let audit = Audit(tables: evidence.tables, books: evidence.books)
        let report = AuditReport(audit: audit, tables: evidence.tables, hasBooks: true)
        #expect(report.text.contains("debit.missing   ledger     SETTLED-1"))
        #expect(report.text.contains("-25.50 EUR"))
        #expect(report.text.contains("NOT SOUND: 3 findings in 13 transfers, "))
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [String: Any])
        let findings = try #require(json["findings"] as? [[String: Any]])
        #expect(json["sound"] as? Bool == false)
        #expect(findings.map { $0["code"] as? String } == ["books.balance", "debit.missing", "row.unreadable"])
        #expect(findings.map { $0["differenceCents"] as? Int } == [-2550, -2550, nil])
        for text in [report.text, report.json] {
            #expect(text.firstMatch(of: /[A-Z]{2}[0-9]{2}[0-9]{6,}/) == nil)
        }
    }

    @Test("says so when the books were not compared")
    func withoutBooks() async throws {
        let evidence = try await Evidence.sample.value
        let audit = Audit(tables: evidence.tables, books: nil)
        let report = AuditReport(audit: audit, tables: evidence.tables, hasBooks: false)
        #expect(report.text.hasPrefix("sound: 13 transfers, "))
        #expect(report.text.hasSuffix("(the banks' books were not compared)\n"))
    }
}
