import PeculeHTTP

/// A place in a posted document: reads members by the rules of the standard, and names the place where one is broken.
struct StetReader {
    let value: JSON
    let path: String

    /// What is wrong, in at most the 140 characters of `ErrorModel.message`.
    static func fault(_ text: String) -> RequestRefusal {
        .invalid(String(String.UnicodeScalarView(text.unicodeScalars.prefix(140))))
    }

    func fault(_ problem: String) -> RequestRefusal { Self.fault("\(path) \(problem)") }

    func optional(_ name: String) -> StetReader? {
        value[name].map { StetReader(value: $0, path: path.isEmpty ? name : "\(path).\(name)") }
    }

    func required(_ name: String) throws(RequestRefusal) -> StetReader {
        guard let member = optional(name) else {
            throw Self.fault("\(path.isEmpty ? name : "\(path).\(name)") is required")
        }
        return member
    }

    func items() throws(RequestRefusal) -> [StetReader] {
        guard let values = value.array else { throw fault("must be an array") }
        return values.enumerated().map { StetReader(value: $1, path: "\(path)[\($0)]") }
    }

    func object() throws(RequestRefusal) {
        guard value.object != nil else { throw fault("must be an object") }
    }

    /// 1 to `limit` characters, none of them a control character.
    @discardableResult
    func text(_ limit: Int) throws(RequestRefusal) -> String {
        guard let text = value.string, (1...limit).contains(text.unicodeScalars.count),
            !text.unicodeScalars.contains(where: Self.isControl)
        else { throw fault("must be a text of 1 to \(limit) characters") }
        return text
    }

    /// `^([a-zA-Z0-9 /\-?:\()\.,']{1,35})$`, the identifiers of the standard.
    func identifier() throws(RequestRefusal) -> String {
        guard let text = value.string, (1...35).contains(text.utf8.count),
            text.utf8.allSatisfy({ Self.isAlphanumeric($0) || " /-?:().,'".utf8.contains($0) })
        else { throw fault("must be 1 to 35 characters out of a-z A-Z 0-9 / - ? : ( ) . , ' and space") }
        return text
    }

    func one(of allowed: [String]) throws(RequestRefusal) {
        guard let text = value.string, allowed.contains(text) else {
            throw fault("must be one of \(allowed.joined(separator: ", "))")
        }
    }

    func iban() throws(RequestRefusal) -> String {
        guard let text = value.string, IBANNumber.isValid(text) else { throw fault("is not a valid IBAN") }
        return text
    }

    /// `^[A-Z]{6,6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3,3}){0,1}$`
    func bic() throws(RequestRefusal) {
        guard let bytes = value.string.map({ Array($0.utf8) }), bytes.count == 8 || bytes.count == 11,
            bytes.allSatisfy({ Self.isUpper($0) || Self.isDigit($0) }), bytes[..<6].allSatisfy(Self.isUpper),
            bytes[6] != UInt8(ascii: "0"), bytes[6] != UInt8(ascii: "1"), bytes[7] != UInt8(ascii: "O")
        else { throw fault("is not a valid BIC") }
    }

    func dateTime() throws(RequestRefusal) -> Int {
        guard let seconds = value.string.flatMap(StetDate.seconds) else { throw fault("is not a date-time") }
        return seconds
    }

    /// An amount in cents: a text or a number, as banks write either; at most two decimals that are not zero.
    func cents() throws(RequestRefusal) -> Int {
        guard let text = value.scalar, let cents = StetAmount.cents(text) else {
            throw fault("must be a positive amount with at most two decimals")
        }
        return cents
    }

    func address() throws(RequestRefusal) -> String {
        guard let text = value.string, WebAddress(text)?.isSafeReturn == true else {
            throw fault("must be an https address, or http on loopback")
        }
        return text
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isUpper(byte) || isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }
    private static func isUpper(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
