import Foundation
import Pecule
import PeculeMail
import Testing

@Suite("Mails as they travel")
struct MessageTests {
    private static let address = EmailAddress("jeanne@mail.example")
    private static let moment = Date(timeIntervalSince1970: 1_795_773_600)

    private func message(_ subject: String, _ body: String, from name: String = "Portail") throws -> String {
        let to = try #require(Self.address)
        let mail = try #require(Mail(to: to, subject: subject, body: body))
        let address = try #require(EmailAddress("no-reply@portal.example"))
        let sender = try #require(MailSender(name: name, address: address))
        return String(decoding: MessageWriter.message(mail, id: "m-1", from: sender, at: Self.moment), as: UTF8.self)
    }

    @Test("a head has what RFC 5322 asks for, each field once")
    func head() throws {
        let head = try message("Reçu", "Bonjour").components(separatedBy: "\r\n\r\n")[0]
        #expect(head.components(separatedBy: "\r\n") == [
            "Date: Fri, 27 Nov 2026 10:00:00 +0000",
            "From: =?utf-8?Q?Portail?= <no-reply@portal.example>",
            "To: <jeanne@mail.example>",
            "Subject: =?utf-8?Q?Re=C3=A7u?=",
            "Message-ID: <m-1@portal.example>",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable",
            "Auto-Submitted: auto-generated",
        ])
    }

    @Test(
        "a body is quoted as RFC 2045 wants",
        arguments: [
            ("Bonjour", "Bonjour\r\n"), ("été", "=C3=A9t=C3=A9\r\n"), ("a=b", "a=3Db\r\n"), ("a \nb", "a=20\r\nb\r\n"),
            ("a\t\n", "a=09\r\n\r\n"), ("a b", "a b\r\n"), ("a\r\nb", "a\r\nb\r\n"), ("a\rb", "a=0Db\r\n"),
            ("", "\r\n"), (".", ".\r\n"),
            (String(repeating: "a", count: 75), "\(String(repeating: "a", count: 75))\r\n"),
            (String(repeating: "a", count: 76), "\(String(repeating: "a", count: 75))=\r\na\r\n"),
        ])
    func bodies(_ body: String, quoted: String) throws {
        let text = try message("x", body)
        #expect(text.components(separatedBy: "\r\n\r\n").dropFirst().joined(separator: "\r\n\r\n") == quoted)
    }

    @Test("no line is longer than 76 characters, all are ASCII, and each encoded word holds whole characters")
    func lines() throws {
        let long = String(repeating: "Où l’œuvre à été reçue 👨‍👩‍👧 ", count: 6)
        let text = try message(String(long.prefix(200)), long, from: "Régie — œuvre")
        let lines = text.components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 76 })
        #expect(lines.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 && $0 != 0x0D && $0 != 0x0A } })
        #expect(decoded(subjectOf: lines) == String(long.prefix(200)))
    }

    /// A reader of RFC 2047 that shares nothing with the writer.
    private func decoded(subjectOf lines: [String]) -> String {
        let start = lines.drop { !$0.hasPrefix("Subject: ") }
        let folded = start.dropFirst().prefix { $0.hasPrefix(" ") }.map { $0.dropFirst(1) }
        let words = [start.first?.dropFirst(9) ?? ""] + folded
        return words.map { word in
            var bytes: [UInt8] = []
            var rest = Array(word.dropFirst(10).dropLast(2).utf8)[...]
            while let byte = rest.popFirst() {
                if byte == UInt8(ascii: "=") {
                    bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
                    rest = rest.dropFirst(2)
                } else {
                    bytes.append(byte == UInt8(ascii: "_") ? 0x20 : byte)
                }
            }
            return String(validating: bytes, as: UTF8.self) ?? "!"
        }.joined()
    }

    @Test(
        "no subject and no name can forge a header",
        arguments: [
            ("Reçu", true), ("", false), ("a\r\nBcc: c@d.example", false), ("a\nb", false), ("a\rb", false),
            ("a\u{0}b", false), ("a\u{2028}b", false), ("a\u{85}b", false), (String(repeating: "a", count: 201), false),
        ])
    func forging(_ text: String, isTaken: Bool) throws {
        let to = try #require(Self.address)
        #expect((Mail(to: to, subject: text, body: "") != nil) == isTaken)
        #expect((MailSender(name: text, address: to) != nil) == isTaken)
    }

    @Test("a mail says nothing when it is printed")
    func masked() throws {
        let to = try #require(Self.address)
        let mail = try #require(Mail(to: to, subject: "Reçu", body: "secret"))
        var dumped = ""
        dump(mail, to: &dumped)
        #expect(!"\(mail)\(dumped)".contains("jeanne"))
        #expect(!"\(mail)\(dumped)".contains("secret"))
    }
}
