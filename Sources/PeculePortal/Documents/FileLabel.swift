/// What a device called a file, as a label for its owner: never a path, never a type.
enum FileLabel {
    /// Letters, digits and a few signs of what stands after the last slash, at most 80 of them.
    static func made(of filename: String) -> String {
        let name = filename.split { $0 == "/" || $0 == "\\" }.last ?? ""
        let plain = String(name.unicodeScalars.prefix(400).filter(isHarmless).map(Character.init))
        let label = plain.drop { $0 == "." || $0 == " " }.prefix(80)
        return label.isEmpty ? "document" : String(label)
    }

    /// No control, no mark that turns the direction of what follows.
    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark
            || ("0"..."9").contains(scalar) || " ._-()'’".unicodeScalars.contains(scalar)
    }
}
