import PeculeHTTP
import Testing

@Suite("Forms with files")
struct MultipartTests {
    private static let type = "multipart/form-data; boundary=X"

    /// What a body reads as: its parts, or why it is none.
    private func read(
        _ body: String, type: String? = type, _ limits: MultipartForm.Limits = MultipartForm.Limits()
    ) -> String {
        do throws(MultipartError) {
            let form = try MultipartForm(Array(body.utf8), contentType: type, within: limits)
            return form.parts.map { part in
                let file = part.filename.map { "@\($0)" } ?? ""
                return "\(part.name)\(file)=\(String(decoding: part.body, as: UTF8.self))"
            }.joined(separator: "|")
        } catch { return error.rawValue }
    }

    private static func part(_ fields: String, _ body: String) -> String { "--X\r\n\(fields)\r\n\r\n\(body)\r\n" }

    /// The parts, and the boundary that ends them.
    private static func form(_ parts: String...) -> String { parts.joined() + "--X--" }

    private static func value(_ name: String, _ body: String) -> String {
        part("Content-Disposition: form-data; name=\"\(name)\"", body)
    }

    private static let goodForms: [(String, String)] = [
        (form(value("a", "1")) + "\r\n", "a=1"), (form(value("a", "1")), "a=1"), ("--X--", ""),
        (form(value("a", "1"), value("b", "")), "a=1|b="),
        (form(value("a", "1"), value("a", "2")), "a=1|a=2"),
        (form(value("é ü", "œ")), "é ü=œ"),
        (form(value("a", "\r\n--Y\r\n-- X\r\n--\r\n")), "a=\r\n--Y\r\n-- X\r\n--\r\n"),
        (form(value("a", "\r")), "a=\r"), (form(value("a", "\r\n")), "a=\r\n"),
        (form(value("a", "--X")), "a=--X"),
        (form(part("content-disposition:form-data;name=a", "1")), "a=1"),
        (form(part("CONTENT-DISPOSITION: Form-Data; NAME=\"a\"", "1")), "a=1"),
        (
            form(part("Content-Disposition: form-data; name=a; filename=\"C:\\b %22.jpg\"\r\nContent-Type: x/y", "1")),
            "a@C:\\b %22.jpg=1"
        ),
        (form(part("Content-Disposition: form-data; name=\"a\"; filename=\"\"", "")), "a@="),
        (form(part("Content-Disposition: form-data; name=\"a;b=c\"", "1")), "a;b=c=1"),
        (form(part("X-Other: 1\r\nContent-Disposition: form-data; name=\"a\"", "1")), "a=1"),
    ]

    @Test("parts are read", arguments: goodForms)
    func good(_ body: String, result: String) { #expect(read(body) == result) }

    private static let contentTypes: [(String?, String)] = [
        ("multipart/form-data; boundary=X", "a=1"), ("Multipart/Form-Data;boundary=\"X\"", "a=1"),
        ("multipart/form-data; charset=utf-8; boundary=X", "a=1"), (nil, "not_multipart"), ("", "not_multipart"),
        ("text/plain", "not_multipart"), ("multipart/mixed; boundary=X", "not_multipart"),
        ("multipart/form-data", "bad_boundary"), ("multipart/form-data; boundary=", "not_multipart"),
        ("multipart/form-data; boundary=\"\"", "bad_boundary"),
        ("multipart/form-data; boundary=\"X \"", "bad_boundary"),
        ("multipart/form-data; boundary=\"X\r\n\"", "bad_boundary"),
        ("multipart/form-data; boundary=\"X", "not_multipart"),
        ("multipart/form-data; boundary=X; boundary=Y", "not_multipart"),
        ("multipart/form-data; boundary=X, multipart/form-data; boundary=Y", "not_multipart"),
        ("multipart/form-data; boundary=\(String(repeating: "a", count: 71))", "bad_boundary"),
        ("multipart/form-data; boundary=Y", "stray_bytes"),
    ]

    @Test("the boundary is one that RFC 2046 allows", arguments: contentTypes)
    func boundaries(_ type: String?, result: String) {
        #expect(read(Self.value("a", "1") + "--X--", type: type) == result)
    }

    private static let badForms: [(String, String)] = [
        ("", "truncated"), ("--", "truncated"), ("--X", "truncated"), ("--X-", "truncated"), ("--X--Z", "stray_bytes"),
        ("--X--\r\nepilogue", "stray_bytes"), ("preamble\r\n--X--", "stray_bytes"), ("\r\n--X--", "stray_bytes"),
        ("--X \r\n", "stray_bytes"), ("--X\na", "stray_bytes"), ("--XY\r\n", "stray_bytes"),
        (value("a", "1"), "truncated"), (value("a", "1") + "--X", "truncated"),
        (value("a", "1") + "--X\r\n", "truncated"), ("--X\r\nContent-Disposition: form-data; name=\"a\"", "truncated"),
        ("--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n--X--", "truncated"),
        ("--X\r\n\r\n1\r\n--X--", "bad_disposition"), (form(part("Content-Type: a/b", "1")), "bad_disposition"),
        (form(part("Content-Disposition: attachment; name=\"a\"", "1")), "bad_disposition"),
        (form(part("Content-Disposition: form-data", "1")), "bad_disposition"),
        (form(part("Content-Disposition: form-data; name=\"\"", "1")), "bad_disposition"),
        (form(part("Content-Disposition: form-data; name=\"a", "1")), "bad_disposition"),
        (form(part("Content-Disposition: form-data; name=\"a\"b", "1")), "bad_disposition"),
        (form(part("Content-Disposition: form-data; name=\"a\"; name=\"b\"", "1")), "bad_disposition"),
        (
            form(part("Content-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"", "1")),
            "bad_disposition"
        ),
        (
            form(part("Content-Disposition: form-data; name=\"a\"; filename*=UTF-8''b.jpg", "1")),
            "bad_disposition"
        ),
        (form(part("Content-Disposition: form-data;\r\n name=\"a\"", "1")), "bad_part_field"),
        (form(part("Content-Disposition : form-data; name=\"a\"", "1")), "bad_part_field"),
        (form(part("Content-Disposition: form-data; name=\"a\u{0}\"", "1")), "bad_part_field"),
        (form(part("Content-Disposition: form-data; name=\"a\rb\"", "1")), "bad_part_field"),
        (form(part(": b\r\nContent-Disposition: form-data; name=\"a\"", "1")), "bad_part_field"),
        (
            form(part("Content-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64", "1")),
            "transfer_encoding"
        ),
        (
            form(part("Content-Disposition: form-data; name=\"a\"\r\nContent-Type: multipart/mixed; boundary=Y", "1")),
            "nested"
        ),
    ]

    @Test("what one reader takes otherwise than another is refused", arguments: badForms)
    func bad(_ body: String, result: String) { #expect(read(body) == result) }

    @Test(
        "every limit holds to the byte",
        arguments: [
            (MultipartForm.Limits(body: 57), "a=1"), (MultipartForm.Limits(body: 56), "body_too_large"),
            (MultipartForm.Limits(parts: 1), "a=1"), (MultipartForm.Limits(parts: 0), "too_many_parts"),
            (MultipartForm.Limits(head: 44), "a=1"), (MultipartForm.Limits(head: 43), "part_head_too_large"),
            (MultipartForm.Limits(head: 41), "part_head_too_large"),
            (MultipartForm.Limits(head: 0), "part_head_too_large"),
            (MultipartForm.Limits(value: 1), "a=1"), (MultipartForm.Limits(value: 0), "part_value_too_large"),
        ])
    func limits(_ limits: MultipartForm.Limits, result: String) {
        let body = Self.value("a", "1") + "--X--"
        #expect(read(body, limits) == result)
    }

    @Test("names that stand twice give no single part")
    func repeated() throws {
        let body = Self.value("a", "1") + Self.value("a", "2") + Self.value("b", "3") + "--X--"
        let form = try MultipartForm(Array(body.utf8), contentType: Self.type)
        #expect(form["a"] == nil)
        #expect(form["b"]?.text == "3")
        #expect(form.parts(named: "a").map(\.text) == ["1", "2"])
        #expect(form.fields.repeated == ["a"])
    }

    @Test("a file is no text, and a file that nobody chose is none")
    func files() throws {
        let body = Self.part("Content-Disposition: form-data; name=\"a\"; filename=\"b\"", "1")
            + Self.part("Content-Disposition: form-data; name=\"c\"; filename=\"\"", "") + "--X--"
        let form = try MultipartForm(Array(body.utf8), contentType: Self.type)
        #expect(form["a"]?.text == nil)
        #expect(form["a"]?.isNoFile == false)
        #expect(form["c"]?.isNoFile == true)
        #expect(form.fields.pairs.isEmpty)
    }

    @Test("a body cut anywhere, or with any byte changed, is refused or read, and never read past its end")
    func mangled() {
        let body = Array((Self.value("a", "\r\n--") + Self.value("b", "2") + "--X--\r\n").utf8)
        for end in body.indices.dropLast(2) {
            #expect(throws: MultipartError.self) {
                try MultipartForm(Array(body[..<end]), contentType: Self.type)
            }
        }
        for index in body.indices {
            for byte: UInt8 in [0, 0x0A, 0x0D, 0x22, 0x2D, 0x3A, 0x3B, 0xFF] {
                var mangled = body
                mangled[index] = byte
                let form = try? MultipartForm(mangled, contentType: Self.type)
                #expect((form?.parts.map(\.body.count).reduce(0, +) ?? 0) <= body.count)
            }
        }
    }
}
