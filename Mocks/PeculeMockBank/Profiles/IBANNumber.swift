/// The arithmetic of account numbers (ISO 13616, section 6; the key of French account numbers).
enum IBANNumber {
    /// Whether the text has the form of an IBAN and check digits that hold (remainder 1 modulo 97).
    static func isValid(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard (5...34).contains(bytes.count), bytes[..<2].allSatisfy(isUpper), bytes[2..<4].allSatisfy(isDigit),
            bytes[4...].allSatisfy({ isUpper($0) || isDigit($0) })
        else { return false }
        return remainder(Array(bytes[4...] + bytes[..<4])) == 1
    }

    /// A French IBAN whose account number is made of digits.
    static func french(bank: Int, branch: Int, account: Int) -> String {
        let key = 97 - (89 * bank + 15 * branch + 3 * account) % 97
        let national = digits(bank, 5) + digits(branch, 5) + digits(account, 11) + digits(key, 2)
        let check = 98 - remainder(national + Array("FR00".utf8))
        return "FR" + String(decoding: digits(check, 2) + national, as: UTF8.self)
    }

    /// Groups of four, as people read them.
    static func grouped(_ iban: String) -> String {
        var out: [UInt8] = []
        for (index, byte) in iban.utf8.enumerated() {
            if index > 0, index.isMultiple(of: 4) { out.append(UInt8(ascii: " ")) }
            out.append(byte)
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func remainder(_ bytes: [UInt8]) -> Int {
        bytes.reduce(0) { rest, byte in
            isDigit(byte) ? (rest * 10 + Int(byte) - 48) % 97 : (rest * 100 + Int(byte) - 55) % 97
        }
    }

    private static func digits(_ number: Int, _ width: Int) -> [UInt8] {
        var rest = number
        var digits = [UInt8](repeating: UInt8(ascii: "0"), count: width)
        for place in digits.indices.reversed() {
            digits[place] += UInt8(rest % 10)
            rest /= 10
        }
        return digits
    }

    private static func isUpper(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
