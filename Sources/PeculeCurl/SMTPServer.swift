/// Whom mails are handed to.
public struct SMTPServer: Sendable, CustomStringConvertible, CustomReflectable {
    /// How the connection is protected.
    public enum Security: String, Sendable, CaseIterable {
        /// Nothing: for a server on this machine.
        case none
        /// TLS after the greeting (RFC 3207); a server that does not offer it gets nothing.
        case startTLS = "starttls"
        /// TLS from the first byte (RFC 8314, section 3.3).
        case tls
    }

    public let host: String
    public let port: Int
    public let security: Security
    /// Nil for a server that asks for no login.
    public let login: (user: String, password: String)?
    /// What this side calls itself in its greeting.
    public let helloName: String
    /// A PEM file of authorities trusted beside those of the system's certificate folder.
    public let trustedAuthoritiesFile: String?

    /// Nil for a host, port or name that cannot stand in an address.
    public init?(
        host: String, port: Int, security: Security = .none, login: (user: String, password: String)? = nil,
        helloName: String = "localhost", trustedAuthoritiesFile: String? = nil
    ) {
        guard Self.isName(host), Self.isName(helloName), (1...65_535).contains(port) else { return nil }
        (self.host, self.port, self.security, self.login) = (host, port, security, login)
        (self.helloName, self.trustedAuthoritiesFile) = (helloName, trustedAuthoritiesFile)
    }

    /// A name or an address, an IPv6 address in brackets.
    private static func isName(_ text: String) -> Bool {
        (1...253).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: ".-:[]".utf8.contains(byte)
                }
            }
    }

    var url: String { "\(security == .tls ? "smtps" : "smtp")://\(host):\(port)/\(helloName)" }

    /// Without the login.
    public var description: String { "\(host):\(port), \(security.rawValue)" }
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}

/// Why a mail was not handed over, and what decides everything after it: whether the server may have taken it.
public struct SMTPError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What went wrong, without its consequences.
    public enum Reason: String, Sendable {
        case badAddress, resolve, connect, tls, login, refused, timeout, lost
    }

    public let reason: Reason
    /// The server's last word (RFC 5321, section 4.2), where it said one that refuses.
    public let status: Int?
    /// False when it is certain that the server has not taken it.
    public let mayHaveBeenTaken: Bool

    public init(_ reason: Reason, status: Int? = nil, mayHaveBeenTaken: Bool) {
        (self.reason, self.status, self.mayHaveBeenTaken) = (reason, status, mayHaveBeenTaken)
    }

    /// The server will say the same next time: the address is wrong, or the mail.
    public var isPermanent: Bool {
        reason == .badAddress || (reason == .refused && (status.map { (500..<600).contains($0) } ?? false))
    }

    public var description: String {
        let what = status.map { "\(reason.rawValue), \($0)" } ?? reason.rawValue
        return mayHaveBeenTaken ? "\(what) (the mail may have been taken)" : "\(what) (the mail was not taken)"
    }
}
