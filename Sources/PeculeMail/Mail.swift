public import Pecule

/// A mail in plain text to one person.
public struct Mail: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    public let to: EmailAddress
    /// One line, 1 to 200 characters; it is read on locked screens, so it says nothing of anybody.
    public let subject: String
    /// Lines ended by line feeds.
    public let body: String

    /// Nil for a subject that is empty, too long, or holds a control character: so no text can forge a header.
    public init?(to: EmailAddress, subject: String, body: String) {
        let isLine = subject.unicodeScalars.allSatisfy { scalar in
            scalar.properties.generalCategory != .control && !"\u{2028}\u{2029}".unicodeScalars.contains(scalar)
        }
        guard isLine, (1...200).contains(subject.count), subject.utf8.count <= 1000 else { return nil }
        (self.to, self.subject, self.body) = (to, subject, body)
    }

    public var description: String { "mail to \(to)" }
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}

/// From whom mails come.
public struct MailSender: Sendable, Hashable {
    public let name: String
    public let address: EmailAddress

    /// Nil for a name that could not be a subject.
    public init?(name: String, address: EmailAddress) {
        guard Mail(to: address, subject: name, body: "") != nil else { return nil }
        (self.name, self.address) = (name, address)
    }

    /// What stands behind the @: message ids are made with it.
    var domain: Substring { address.revealed.split(separator: "@").last ?? "" }
}
