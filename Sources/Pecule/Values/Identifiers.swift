/// Names one transfer, made by the caller before anything else; also its end-to-end id at the bank.
///
/// 1 to 35 of `A-Z a-z 0-9 -`: inside the pattern that STET and SEPA allow for identifiers, and safe in a URL.
public struct TransferID: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    public init?(_ text: String) {
        guard Identifier.isValid(text, longest: 35), !text.hasPrefix("-"), !text.hasSuffix("-") else { return nil }
        self.text = text
    }

    /// A new id of 128 random bits.
    public init(random bytes: (Int) -> [UInt8]) {
        text = "PEC" + Identifier.hex(bytes(16)).uppercased().prefix(32)
    }

    public var description: String { text }
}

/// Names a bank in the directory: `deux-rives`.
public struct BankID: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    public init?(_ text: String) {
        guard Identifier.isValid(text, longest: 35) else { return nil }
        self.text = text
    }

    public var description: String { text }
}

/// Names an establishment in the list.
public struct EstablishmentID: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    public init?(_ text: String) {
        guard Identifier.isValid(text, longest: 35) else { return nil }
        self.text = text
    }

    public var description: String { text }
}

/// Names the payer's account on the portal (FranceConnect's `sub`), 1 to 128 printable characters.
public struct AccountID: Sensitive, Hashable {
    public let revealed: String

    public init?(_ text: String) {
        guard (1...128).contains(text.utf8.count), text.isAll({ (0x21...0x7E).contains($0) })
        else { return nil }
        revealed = text
    }

    public var mask: String { "account •••" }
}

/// The number of a visiting permit, 1 to 20 letters, digits or hyphens.
public struct PermitNumber: Sensitive, Hashable {
    public let revealed: String

    public init?(_ text: String) {
        guard Identifier.isValid(text, longest: 20) else { return nil }
        revealed = text.uppercased()
    }

    public var mask: String { "permit •••" }
}

/// What ties a return from the bank to one transfer: 128 random bits, used as the `state` of RFC 6749.
public struct ReturnState: Sensitive, Hashable {
    public let revealed: String

    public init?(_ text: String) {
        guard text.utf8.count == 32, Identifier.isValid(text, longest: 32) else { return nil }
        revealed = text
    }

    public init(random bytes: (Int) -> [UInt8]) { revealed = Identifier.hex(bytes(16)) }

    public var mask: String { "state •••" }
}

/// Ties together what one request caused, from the caller's log to the transfer's: 1 to 64 of `A-Z a-z 0-9 -`, such as
/// the trace id of a `traceparent` (W3C Trace Context). Says nothing of anybody.
public struct CorrelationID: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    public init?(_ text: String) {
        guard Identifier.isValid(text, longest: 64) else { return nil }
        self.text = text
    }

    public init(random bytes: (Int) -> [UInt8]) { text = Identifier.hex(bytes(16)) }

    /// What the calls of this task are part of; one is made for each call where there is none.
    @TaskLocal public static var current: CorrelationID?

    public var description: String { text }
}

/// The browser that chose the bank, as the portal knows it: any text that only that browser can present again,
/// best a hash of its session cookie. 16 to 128 printable characters.
public struct BrowserSession: Sensitive, Hashable {
    public let revealed: String

    public init?(_ text: String) {
        guard (16...128).contains(text.utf8.count), text.isAll({ (0x21...0x7E).contains($0) })
        else { return nil }
        revealed = text
    }

    public var mask: String { "browser •••" }
}

package enum Identifier {
    static func isValid(_ text: String, longest: Int) -> Bool {
        (1...longest).contains(text.utf8.count)
            && text.isAll { $0.isLetterOrDigit || $0 == UInt8(ascii: "-") }
    }

    static func isUpperHex(_ byte: UInt8) -> Bool {
        byte.isDigit || (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte)
    }

    private static let digits = Array("0123456789abcdef".utf8)

    package static func hex(_ bytes: [UInt8]) -> String {
        String(unsafeUninitializedCapacity: 2 * bytes.count) { text in
            for (index, byte) in bytes.enumerated() {
                text[2 * index] = digits[Int(byte >> 4)]
                text[2 * index + 1] = digits[Int(byte & 15)]
            }
            return 2 * bytes.count
        }
    }
}
