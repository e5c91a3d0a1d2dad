import Testing

@Suite("The lexer behind the rules")
struct LexerTests {
    @Test(
        "sees code, and code only",
        arguments: [
            ("a // b", ["a"]),
            ("a /* b /* c */ d */ e", ["a", "e"]),
            (#"f("x! // y")"#, ["f", "(", #""x! // y"#, ")"]),
            (#""a\(b!)c""#, ["(", "b", "!", ")", #""ac"#]),
            (##"#"a\(b)"c"# d"##, [##""a\(b)"c"##, "d"]),
            ("\"\"\"\n a \"b\" c\n\"\"\" d", ["\"\n a \"b\" c\n", "d"]),
            (#""\"" a"#, ["\"", "a"]),
            ("x.0.1 + 1.5", ["x", ".", "0", ".", "1", "+", "1.5"]),
            ("a != b", ["a", "!=", "b"]),
        ])
    func tokens(of code: String, are expected: [String]) {
        #expect(Lexer.tokens(of: code).map(\.text) == expected)
    }

    @Test("knows lines and neighbours")
    func places() {
        let tokens = Lexer.tokens(of: "/*\n*/ a!\n\"\"\"\nb\n\"\"\"\nc !d")
        #expect(tokens.map(\.line) == [2, 2, 3, 6, 6, 6])
        #expect(tokens.map(\.isAttached) == [false, true, false, false, false, true])
    }

    @Test("finds declarations, their reach and their publicity")
    func declarations() {
        let code = """
            public protocol P {
                func asked() -> Int
            }
            public extension S {
                func added() {}
            }
            struct S {
                public private(set) var stored: Int = 1
                var computed: Int {
                    if stored > 0 { 1 } else { 2 }
                }
                init(_ a: () -> Int = { 1 }) {
                    self.init()
                }
                public static func == (a: S, b: S) -> Bool { true }
            }
            """
        let found = Declaration.all(in: Lexer.tokens(of: code))
        #expect(found.map(\.name) == ["P", "asked", "added", "S", "stored", "computed", "(", "="])
        #expect(found.map(\.isPublic) == [true, true, true, false, true, false, false, true])
        #expect(found.map(\.length) == [nil, nil, 1, nil, nil, 3, 3, 1])
        #expect(found.map(\.isRequirement) == [false, true, false, false, false, false, false, false])
    }
}
