import Pecule
import PeculePortal
import Testing

@Suite("What is kept of a file that somebody sent")
struct DocumentCheckTests {
    private func verdict(_ bytes: [UInt8], _ kind: PieceKind) -> String {
        do throws(DocumentProblem) { return try CheckedDocument(bytes, for: kind).format.rawValue } catch {
            return error.code
        }
    }

    private static let beginnings: [([UInt8], String)] = [
        (SampleFile.jpeg(), "jpeg"), (SampleFile.png(), "png"), (SampleFile.pdf(), "photo_is_no_picture"),
        ([], "empty"), (Array("GIF89a".utf8), "unknown_format"), (Array("MZ".utf8), "unknown_format"),
        (Array("<html>".utf8), "unknown_format"), (Array("<svg/>".utf8), "unknown_format"),
        (Array("PK\u{3}\u{4}".utf8), "unknown_format"), (Array(" %PDF-1.7".utf8), "unknown_format"),
        ([0xFF, 0xD8], "unknown_format"), ([0xFF, 0xD8, 0xFF], "damaged"),
    ]

    @Test("a format is told by content", arguments: beginnings)
    func formats(_ bytes: [UInt8], result: String) { #expect(verdict(bytes, .identityPhoto) == result) }

    @Test(
        "a photo has enough pixels, and no picture has too many",
        arguments: [
            (300, 400, "photo", "jpeg"), (400, 300, "photo", "jpeg"), (299, 400, "photo", "too_small"),
            (300, 399, "photo", "too_small"), (1, 1, "scan", "jpeg"), (0, 800, "scan", "damaged"),
            (800, 0, "scan", "damaged"), (8000, 6250, "scan", "jpeg"), (8000, 6251, "scan", "too_many_pixels"),
            (65_535, 65_535, "photo", "too_many_pixels"),
        ])
    func pixels(_ width: Int, _ height: Int, _ what: String, result: String) {
        let kind = what == "photo" ? PieceKind.identityPhoto : .proofOfAddress
        #expect(verdict(SampleFile.jpeg(width, height), kind) == result)
        #expect(verdict(SampleFile.png(width, height), kind) == result.replacing("jpeg", with: "png"))
    }

    @Test("a picture of billions of pixels is refused by its head alone")
    func bomb() {
        #expect(verdict(SampleFile.png(0x7FFF_FFFF, 0x7FFF_FFFF), .identityPhoto) == "too_many_pixels")
    }

    @Test("files have a size to the byte")
    func sizes() {
        let empty = SampleFile.jpeg().count
        #expect(verdict(SampleFile.jpeg(padding: (5 << 20) - empty), .identityPhoto) == "jpeg")
        for (kind, limit) in [(PieceKind.identityPhoto, 5 << 20), (.additional, 10 << 20)] {
            #expect(verdict(SampleFile.jpeg(padding: limit - empty + 1), kind) == "too_large")
        }
    }

    @Test("what stands behind a picture is not kept")
    func behind() throws {
        for picture in [SampleFile.jpeg(), SampleFile.png()] {
            let checked = try CheckedDocument(picture + Array("PK\u{3}\u{4}<script>".utf8), for: .identityPhoto)
            #expect(checked.bytes == picture)
        }
    }

    @Test("a picture cut anywhere is damaged")
    func cut() {
        for picture in [SampleFile.jpeg(), SampleFile.png()] {
            for end in 8..<picture.count {
                #expect(verdict(Array(picture[..<end]), .identityPhoto) == "damaged", "\(end)")
            }
        }
    }

    @Test("two frames, or none, or no data are no picture")
    func odd() {
        let (whole, scan) = (SampleFile.jpeg(), SampleFile.segment(0xDA, [1, 1, 0, 0, 63, 0]))
        let frame = SampleFile.segment(0xC0, [8, 0, 9, 0, 9, 1, 1, 0x11, 0])
        #expect(verdict([0xFF, 0xD8] + frame + Array(whole.dropFirst(2)), .additional) == "damaged")
        #expect(verdict([0xFF, 0xD8] + scan + [0xFF, 0xD9], .additional) == "damaged")
        #expect(verdict([0xFF, 0xD8] + frame + [0xFF, 0xD9], .additional) == "damaged")
        let head = SampleFile.png().prefix(33)
        #expect(verdict(head + SampleFile.chunk("IEND", []), .additional) == "damaged")
    }

    @Test(
        "a PDF neither acts nor hides nor carries",
        arguments: [
            ("/OpenAction [2 0 R /Fit]", "pdf"), ("/S /JavaScript /JS (app.alert(1))", "active_content"),
            ("/S/J#61vaScript", "active_content"), ("/#4aavaScript", "active_content"), ("/JavaScripts", "pdf"),
            ("/S /Launch /F (cmd.exe)", "active_content"), ("/Names << /EmbeddedFiles 3 0 R >>", "active_content"),
            ("/Type /EmbeddedFile", "active_content"), ("/Subtype /RichMedia", "active_content"),
            ("/S /SubmitForm", "active_content"), ("/Encrypt 5 0 R", "encrypted"), ("/EncryptMetadata false", "pdf"),
            ("(JavaScript)", "pdf"), ("%%EOF\nmore\n%%EOF", "pdf"),
        ])
    func documents(_ inside: String, result: String) {
        #expect(verdict(SampleFile.pdf(inside), .proofOfAddress) == result)
    }

    private static let endings: [([UInt8], String)] = [
        (SampleFile.pdf() + Array("PK\u{3}\u{4}".utf8), "damaged"), (SampleFile.pdf() + [0x20, 0x0A], "pdf"),
        (Array(SampleFile.pdf().dropLast(3)), "damaged"), (Array("%PDF-1.7\n%%EOF".utf8), "damaged"),
        (Array("%PDF-9.7\n1 0 obj\n%%EOF".utf8), "damaged"), (Array("%PDF-1.7\n1 0 obj\n%%EOF".utf8), "pdf"),
    ]

    @Test("a PDF begins and ends as one", arguments: endings)
    func wholeness(_ bytes: [UInt8], result: String) { #expect(verdict(bytes, .proofOfAddress) == result) }

    @Test("any byte changed is read or refused, and never read past the end")
    func mangled() {
        for (file, kind) in [(SampleFile.jpeg(), PieceKind.identityPhoto), (SampleFile.png(), .identityPhoto)] {
            for index in file.indices {
                for byte: UInt8 in [0x00, 0x01, 0x7F, 0x80, 0xD8, 0xD9, 0xFF] {
                    var mangled = file
                    mangled[index] = byte
                    #expect(!verdict(mangled, kind).isEmpty)
                }
            }
        }
    }

    @Test("every problem names the field, in French, and says what to do")
    func words() {
        let reasons: [DocumentProblem.Reason] = [
            .empty, .tooLarge(megabytes: 5), .unknownFormat, .photoIsNoPicture, .damaged,
            .tooSmall(width: 300, height: 400), .tooManyPixels, .activeContent, .encrypted,
            .hiddenObjects,
        ]
        let problem = #expect(throws: DocumentProblem.self) { try CheckedDocument([], for: .identityPhoto) }
        #expect(problem?.french == "Photo d’identité : choisissez un fichier ; celui-ci est vide.")
        #expect(problem?.description == "identityPhoto: empty")
        #expect(Set(reasons).count == 10)
    }
}
