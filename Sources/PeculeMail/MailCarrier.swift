public import Foundation
import Pecule
public import PeculeCurl

/// Whoever hands a mail to a server.
public protocol MailCarrier: Sendable {
    /// - Parameter id: the same for every attempt of one mail.
    func carry(_ mail: Mail, id: String, at moment: Date) async throws(SMTPError)
}

/// Hands mails over by SMTP, in one sender's name.
public struct SMTPCarrier: MailCarrier {
    private let client: SMTPClient
    private let sender: MailSender

    public init(_ client: SMTPClient, from sender: MailSender) { (self.client, self.sender) = (client, sender) }

    public func carry(_ mail: Mail, id: String, at moment: Date) async throws(SMTPError) {
        let message = MessageWriter.message(mail, id: id, from: sender, at: moment)
        try await client.send(message, from: sender.address.revealed, to: mail.to.revealed)
    }
}
