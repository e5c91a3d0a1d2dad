package import Foundation
import Pecule
import PeculeHTTP

/// Mails as they travel (RFC 5322, 2045 and 2047): ASCII lines of at most 76 characters, ended by CR LF.
package enum MessageWriter {
    /// - Parameter id: makes the `Message-ID`: the same for every attempt, so that receivers can know a mail again.
    package static func message(_ mail: Mail, id: String, from sender: MailSender, at moment: Date) -> [UInt8] {
        let head = [
            "Date: \(date(moment))",
            "From: \(encoded(sender.name)) <\(sender.address.revealed)>",
            "To: <\(mail.to.revealed)>",
            "Subject: \(encoded(mail.subject))",
            "Message-ID: <\(id)@\(sender.domain)>",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable",
            // No vacation message answers it (RFC 3834, section 5).
            "Auto-Submitted: auto-generated",
        ]
        return Array((head.joined(separator: "\r\n") + "\r\n\r\n" + quotedPrintable(mail.body)).utf8)
    }

    /// `Fri, 27 Nov 2026 10:00:00 +0000`.
    private static func date(_ moment: Date) -> String {
        HTTPDate.text(Int(moment.timeIntervalSince1970)).replacing("GMT", with: "+0000")
    }

    // MARK: - Heads

    /// A text of a head in encoded words of at most 60 characters (RFC 2047, section 4.2), each of whole characters.
    /// Always encoded: one form, whatever stands in it.
    static func encoded(_ text: String) -> String {
        var words = [""]
        for scalar in text.unicodeScalars {
            let next = String(scalar).utf8.map(wordSymbol).joined()
            if words[words.count - 1].utf8.count + next.utf8.count > 48 { words.append("") }
            words[words.count - 1] += next
        }
        return words.map { "=?utf-8?Q?\($0)?=" }.joined(separator: "\r\n ")
    }

    /// As in a phrase, the strictest place for an encoded word (section 5, rule 3).
    private static func wordSymbol(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: " "): "_"
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            String(UnicodeScalar(byte))
        default: hex(byte)
        }
    }

    private static func hex(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.utf8.count == 1 ? "=0\(digits)" : "=\(digits)"
    }

    // MARK: - Bodies

    /// RFC 2045, section 6.7: lines of at most 76 characters, spaces at their ends written out.
    static func quotedPrintable(_ text: String) -> String {
        let lines = text.replacing("\r\n", with: "\n").utf8.split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return lines.map(quotedLine).joined(separator: "\r\n") + "\r\n"
    }

    private static func quotedLine(_ line: Substring.UTF8View) -> String {
        var (out, width) = ("", 0)
        for index in line.indices {
            let isLast = line.index(after: index) == line.endIndex
            let next = bodySymbol(line[index], isLast: isLast)
            // A soft line break needs the last place.
            if width + next.utf8.count > 75 {
                out += "=\r\n"
                width = 0
            }
            out += next
            width += next.utf8.count
        }
        return out
    }

    private static func bodySymbol(_ byte: UInt8, isLast: Bool) -> String {
        let isSpace = byte == 0x20 || byte == 0x09
        let isPlain = (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=")
        return isPlain || (isSpace && !isLast) ? String(UnicodeScalar(byte)) : hex(byte)
    }
}
