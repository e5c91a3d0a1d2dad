import PeculeHTTP
import Testing

@Suite struct JSONTests {
    @Test(arguments: [
        "null", "true", "false", "0", "-0", "42.50", "1e400", "-1.5E+10", "\"\"", "[]", "{}",
        "[1,[2,[3]]]", "{\"b\":1,\"a\":{\"c\":[null,\"x\"]}}", "\"é€😀/\"", "\"\\u0001\\\"\\\\\\n\\r\\t\"",
    ])
    func givesBackWhatItRead(text: String) throws {
        #expect(try JSON(parsing: Array(text.utf8)).text == text)
    }

    @Test(arguments: [
        (" \t\r\n1 ", "1"),
        ("\"\\/\\b\\f\\u00e9\\uD83D\\uDE00\"", "\"/\\u0008\\u000cé😀\""),
        ("{ \"a\" : [ 1 , 2 ] }", "{\"a\":[1,2]}"),
    ])
    func writesTheShortestForm(text: String, written: String) throws {
        #expect(try JSON(parsing: Array(text.utf8)).text == written)
    }

    @Test(arguments: [
        ("", JSONError.Problem.syntax), ("nul", .syntax), ("nulll", .trailing), ("NaN", .syntax), ("Infinity", .syntax),
        ("+1", .syntax), ("01", .trailing), ("1.", .syntax), (".5", .syntax), ("1e", .syntax), ("-", .syntax),
        ("0x1", .trailing), ("1 2", .trailing), ("[1,]", .syntax), ("[1 2]", .syntax), ("[", .syntax),
        ("{\"a\"}", .syntax), ("{\"a\":1,}", .syntax), ("{a:1}", .syntax), ("{\"a\":1,\"a\":1}", .repeatedName),
        ("{\"a\":1,\"\\u0061\":2}", .repeatedName), ("\"", .syntax), ("\"\\x\"", .syntax), ("\"\\u12\"", .syntax),
        ("\"\\u+123\"", .syntax), ("\"\n\"", .syntax), ("\"\\uD800\"", .loneSurrogate), ("\"\\uDC00\"", .loneSurrogate),
        ("\"\\uD800\\u0041\"", .loneSurrogate), ("\u{FEFF}1", .syntax),
        (String(repeating: "9", count: 65), .tooLong), (String(repeating: "[", count: 100_000), .tooDeep),
        (String(repeating: "{\"a\":", count: 65), .tooDeep), ("// a\n1", .syntax),
    ])
    func refuses(text: String, problem: JSONError.Problem) {
        #expect(error(Array(text.utf8))?.problem == problem)
    }

    @Test("every byte means the same wherever it stands in a text", arguments: UInt8.min...UInt8.max)
    func bytesOfTexts(byte: UInt8) {
        for place in 0...17 {
            let bytes = Array(repeating: UInt8(ascii: "x"), count: place) + [byte]
            let document = [0x22] + bytes + Array("yyyyyyyyy\"".utf8)
            let read = try? JSON(parsing: document).string
            switch byte {
            case UInt8(ascii: "\""): #expect(error(document)?.problem == .trailing, "at \(place)")
            case ..<0x20, UInt8(ascii: "\\"): #expect(error(document)?.problem == .syntax, "at \(place)")
            case 0x80...: #expect(error(document)?.problem == .notUTF8, "at \(place)")
            default: #expect(read == String(decoding: bytes, as: UTF8.self) + "yyyyyyyyy", "at \(place)")
            }
        }
    }

    @Test(arguments: [[0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xC3]] as [[UInt8]])
    func refusesWhatIsNotUTF8(bytes: [UInt8]) {
        #expect(error([0x22] + bytes + [0x22])?.problem == .notUTF8)
    }

    @Test func refusesFullWidthHexDigits() {
        #expect(error(Array("\"\\u００００\"".utf8))?.problem == .syntax)
    }

    @Test func keepsNumbersOf64Digits() throws {
        let digits = String(repeating: "9", count: 64)
        #expect(try JSON(parsing: Array(digits.utf8)) == .number(digits))
    }

    /// Equal for Swift's strings, though not for every reader's; the last two are the sign for kelvin.
    @Test(arguments: [("\u{E9}", "e\u{301}"), ("e\u{301}", "\\u00e9"), ("K", "\u{212A}"), ("\\u212a", "K")])
    func refusesNamesThatDifferOnlyInNormalisation(one: String, other: String) {
        #expect(error(Array("{\"\(one)\":1,\"a\":{\"b\":1},\"\(other)\":2}".utf8))?.problem == .repeatedName)
    }

    @Test("a repeated name is refused wherever it stands, in small objects and in large",
        arguments: [1, 15, 16, 17, 40])
    func repeated(count: Int) {
        let members = (0..<count).map { "\"m\($0)\":\($0)" }
        #expect((try? JSON(parsing: Array("{\(members.joined(separator: ","))}".utf8))) != nil)
        for name in [0, count / 2, count - 1] {
            let text = "{\((members + ["\"m\(name)\":0"]).joined(separator: ","))}"
            #expect(error(Array(text.utf8))?.problem == .repeatedName)
        }
    }

    @Test func readsMembers() throws {
        let document = try JSON(parsing: Array("{\"a\":[1,\"2\",3.5,true],\"b\":{}}".utf8))
        #expect(document["a"]?[0]?.integer == 1 && document["a"]?[1]?.integer == nil)
        #expect(document["a"]?[1]?.scalar == "2" && document["a"]?[2]?.scalar == "3.5")
        #expect(document["a"]?[2]?.integer == nil)
        #expect(document["a"]?[3]?.bool == true && document["a"]?[4] == nil && document["c"] == nil)
    }

    @Test func comparesObjectsWithoutOrder() {
        #expect(JSON.object([("a", true), ("b", "x")]) == JSON.object([("b", "x"), ("a", true)]))
        #expect(JSON.object([("a", true)]) != JSON.object([("a", true), ("b", "x")]))
    }

    private func error(_ bytes: [UInt8]) -> JSONError? {
        do throws(JSONError) {
            _ = try JSON(parsing: bytes)
            return nil
        } catch { return error }
    }
}
