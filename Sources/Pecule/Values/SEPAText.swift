/// Text as SEPA messages carry it: a-z A-Z 0-9 / - ? : ( ) . , ' + and space.
enum SEPAText {
    /// Folds accents, replaces what SEPA cannot carry by its customary stand-in (EPC217-08), closes up spaces and
    /// slashes: a text may neither start nor end with `/` nor hold `//`.
    static func carried(_ typed: String) -> String {
        let carried = PlainLetters.folded(typed).unicodeScalars.map { scalar in
            Character(isCarried(scalar) ? scalar : standIn[scalar] ?? (scalar.properties.isWhitespace ? " " : "."))
        }
        var text = ""
        for character in carried {
            let closesUp = character == " " || character == "/"
            if closesUp, text.isEmpty || text.last == character { continue }
            text.append(character)
        }
        while let last = text.last, last == " " || last == "/" { text.removeLast() }
        return text
    }

    private static func isCarried(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        default: "/-?:().,'+ ".unicodeScalars.contains(scalar)
        }
    }

    private static let standIn: [Unicode.Scalar: Unicode.Scalar] = [
        "&": "+", ";": ",", "[": "(", "]": ")", "{": "(", "}": ")", "_": "-", "`": "'", "|": "/", "~": "-", "\\": "/",
        "\"": "'",
    ]
}
