import CPeculeZlib
import Pecule
import PeculePortal
import Testing

@Suite("The compressed objects of a PDF")
struct PDFObjectTests {
    private static func deflated(_ bytes: [UInt8]) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: bytes.count / 2 + 1000)
        var count = UInt(out.count)
        return compress(&out, &count, bytes, UInt(bytes.count)) == Z_OK ? Array(out.prefix(Int(count))) : []
    }

    /// A PDF with one stream, whose dictionary and data are these.
    private static func pdf(_ dictionary: String, _ data: [UInt8], between: String = "stream\r\n") -> [UInt8] {
        Array("%PDF-1.5\n1 0 obj\n\(dictionary)\n\(between)".utf8) + data
            + Array("\nendstream\nendobj\nstartxref\n9\n%%EOF\n".utf8)
    }

    private static let usual = "<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length 99 >>"
    private static let script = deflated(Array("7 0 << /S /JavaScript /JS (app.alert(1)) >>".utf8))
    private static let harmless = deflated(Array("7 0 << /Type /Catalog /Pages 2 0 R >>".utf8))

    private func verdict(_ bytes: [UInt8]) -> String {
        do throws(DocumentProblem) { return try CheckedDocument(bytes, for: .proofOfAddress).format.rawValue } catch {
            return error.code
        }
    }

    @Test("are read as those that stand in the file as they are")
    func contents() {
        #expect(verdict(Self.pdf(Self.usual, Self.harmless)) == "pdf")
        for inside in ["/S /JavaScript", "/S/J#61vaScript", "/S /Launch", "/Names << /EmbeddedFiles 3 0 R >>"] {
            #expect(verdict(Self.pdf(Self.usual, Self.deflated(Array(inside.utf8)))) == "active_content", "\(inside)")
        }
    }

    @Test("are found however they are written", arguments: [
        ("<</Type/ObjStm/N 1/First 4/Filter/FlateDecode>>", "stream\n"),
        ("<< /N 1 /First 4 /Filter /FlateDecode >>", "stream\r\n"),
        ("<< /Type /Obj#53tm /N 1 /Fi#72st 4 /Filter [ /Fl#61teDecode ] >>", "stream\r\n"),
        ("<< /First 4 /N 1 /Filter /Fl /X (endobj \\) obj) /Y (a(b)c) /Z <3e3e> >>", "stream\r\n"),
        ("<< /First 4 /N 1 % >> stream\n /Filter /FlateDecode /D << /E /F >> >> % more\n", "stream\r\n"),
        ("<< /First 4 /N 1 /Filter /FlateDecode >>", "stream \r\n"), ("<< /First 4 /Filter /Fl >>", "stream\r"),
        ("<< /Subtype /Image /First 4 /Filter /FlateDecode >>", "stream\n"),
    ])
    func spellings(_ dictionary: String, between: String) {
        #expect(verdict(Self.pdf(dictionary, Self.script, between: between)) == "active_content")
        #expect(verdict(Self.pdf(dictionary, Self.harmless, between: between)) == "pdf")
    }

    @Test("are refused where they cannot be looked into", arguments: [
        ("/Filter /LZWDecode", "hidden_objects"), ("/Filter [/FlateDecode /FlateDecode]", "hidden_objects"),
        ("/Filter [/ASCIIHexDecode /FlateDecode]", "hidden_objects"), ("/Filter 7 0 R", "hidden_objects"),
        ("/Filter /FlateDecode /DecodeParms << /Predictor 12 >>", "hidden_objects"), ("/Filter /Fl", "pdf"),
        ("", "pdf"),
    ])
    func filters(_ filter: String, result: String) {
        #expect(verdict(Self.pdf("<< /Type /ObjStm /N 1 /First 4 \(filter) >>", Self.harmless)) == result)
    }

    @Test("are refused when they are damaged or cut, and never read past their end")
    func damaged() {
        for end in 0..<Self.harmless.count {
            let cut = Array("%PDF-1.5\n1 0 obj\n\(Self.usual)\nstream\n".utf8) + Self.harmless[..<end]
            #expect(verdict(cut + Array("%%EOF".utf8)) == "hidden_objects", "\(end)")
        }
        #expect(verdict(Self.pdf(Self.usual, Array("no data".utf8))) == "hidden_objects")
    }

    @Test("hold a name wherever it stands, also across the windows in which they are read")
    func windows() {
        for place in (65_536 - 60)...(65_536 + 5) {
            let text = [UInt8](repeating: 0x20, count: place) + Array("/JavaScript ".utf8)
            #expect(verdict(Self.pdf(Self.usual, Self.deflated(text))) == "active_content", "\(place)")
            let longer = [UInt8](repeating: 0x20, count: place) + Array("/JavaScripts ".utf8)
            #expect(verdict(Self.pdf(Self.usual, Self.deflated(longer))) == "pdf", "\(place)")
        }
    }

    @Test("that swell are refused; pictures, which swell as well, are not looked into")
    func bombs() {
        let bomb = Self.deflated([UInt8](repeating: 0x20, count: 40 << 20))
        #expect(bomb.count < 100_000)
        #expect(verdict(Self.pdf(Self.usual, bomb)) == "hidden_objects")
        #expect(verdict(Self.pdf("<< /Subtype /Image /Filter /FlateDecode >>", bomb)) == "pdf")
    }

    @Test("that hide in one another are given up in bounded time")
    func nested() {
        let inside = String(repeating: "1 0 obj << /A ", count: 20_000)
        #expect(verdict(Array("%PDF-1.5\n\(inside)\n%%EOF".utf8)) == "hidden_objects")
    }
}
