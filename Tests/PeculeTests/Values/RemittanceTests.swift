import Pecule
import Testing

@Suite struct RemittanceTests {
    private static let carried = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-?:().,'+ ")

    /// What was written, and what travels.
    @Test(arguments: [
        ("ECROU 012345 PETIT EMILE", "ECROU 012345 PETIT EMILE"),
        ("Élève à Noël, ça coûte", "Eleve a Noel, ca coute"),
        ("Œuvre et cæcum", "OEuvre et caecum"),
        ("Straße, Łódź, Ærø, Þór", "Strasse, Lodz, AEro, THor"),
        ("l’été – d\u{2BC}un an", "l'ete - d'un an"),
        ("« oui »", "' oui '"),
        ("25 €", "25 E"),
        ("a & b; [c] {d} _e", "a + b, (c) (d) -e"),
        ("ﬁn ½ №5", "fin 1.2 No5"),
        ("２５", "25"),
        ("oui 🙂", "oui ."),
        ("a\nb\tc", "a b c"),
        ("  a   b  ", "a b"),
        ("/a//b/", "a/b"),
        ("/ a / / b /", "a / / b"),
        ("///a", "a"),
        ("http://x", "http:/x"),
        ("a|b\\c", "a/b/c"),
        ("a/|b", "a/b"),
        ("=cmd()", ".cmd()"),
        ("\u{202E}abc", ".abc"),
    ])
    func carriedOver(_ text: String, plain: String) throws {
        #expect(try Remittance(text).revealed == plain)
    }

    @Test(arguments: ["", "  ", "/", " / / ", "\n"])
    func empty(_ text: String) { #expect(throws: Remittance.Problem.empty) { try Remittance(text) } }

    @Test func length() throws {
        #expect(try Remittance(String(repeating: "a", count: 140)).revealed.count == 140)
        #expect(try Remittance(String(repeating: "a", count: 140) + "   /").revealed.count == 140)
        #expect(throws: Remittance.Problem.tooLong(141)) { try Remittance(String(repeating: "a", count: 141)) }
        #expect(throws: Remittance.Problem.tooLong(142)) { try Remittance(String(repeating: "œ", count: 71)) }
    }

    @Test func namesTheAccountThatIsCredited() {
        #expect(Remittance(for: Sample.detainee).revealed == "ECROU 012345 PETIT EMILE JEAN")
    }

    @Test func isCutAfter140Characters() {
        let long = Array(repeating: String(repeating: "Œ", count: 35), count: 4)
        let name = try? PersonName(birthName: "Straße", givenNames: long)
        guard let name else { preconditionFailure("not a name") }
        let detainee = Detainee(establishment: Sample.prison, ecrouNumber: Sample.ecrou("1"), name: name)
        let text = Remittance(for: detainee).revealed
        #expect(text.hasPrefix("ECROU 1 STRASSE OEOE"))
        #expect(text.count == 140)
    }

    /// Whatever is typed, what travels is in the SEPA set and keeps its rules on spaces and slashes.
    @Test func anythingTypedTravelsSafely() {
        var random = SplitMix(140)
        let alphabet = Array("/// \\|  éœ🙂<>&;\"'\n\tаaA0_{}[]~`€ﬁ\u{301}\u{202E}")
        for _ in 0..<5_000 {
            let text = String((0..<random.below(40)).map { _ in alphabet[random.below(alphabet.count)] })
            guard let plain = try? Remittance(text).revealed else { continue }
            #expect(Set(plain).isSubset(of: Self.carried), "\(text.debugDescription)")
            #expect(!plain.contains("//") && !plain.contains("  "), "\(text.debugDescription)")
            #expect(!plain.hasPrefix("/") && !plain.hasSuffix("/") && !plain.hasPrefix(" ") && !plain.hasSuffix(" "))
            #expect((try? Remittance(plain).revealed) == plain, "\(text.debugDescription)")
        }
    }

    /// European letters are looked up, others are taken apart: both spell a letter in the same way.
    @Test func aLetterIsSpelledAlikeAmongAnyOthers() throws {
        for value in UInt32(0x21)..<0x180 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let alone = try Remittance("x\(scalar)y").revealed
            #expect(try Remittance("x\(scalar)yǎ").revealed == alone + "a", "U+\(String(value, radix: 16))")
        }
    }
}
