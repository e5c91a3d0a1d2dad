import Foundation
import Pecule
import PeculeCurl
import PeculeHTTP

/// A mail in the store; once it is done with, only that it is.
struct KeptMail: ItemText, JSONText {
    static let kind = "mail"

    /// Nil once it is done with.
    private(set) var mail: Mail?
    private(set) var state = MailState.waiting(attempts: 0)

    init(_ mail: Mail) { self.mail = mail }

    func done(_ state: MailState) -> KeptMail {
        var next = self
        (next.mail, next.state) = (nil, state)
        return next
    }

    func failed(_ error: SMTPError) -> KeptMail {
        let attempts = attempts + 1
        guard !error.isPermanent, attempts < Self.pauses.count + 1 else { return done(.givenUp("\(error)")) }
        var next = self
        next.state = .waiting(attempts: attempts)
        return next
    }

    private var attempts: Int { if case .waiting(let attempts) = state { attempts } else { 0 } }

    /// Seconds after each attempt: five days in all, as RFC 5321, section 4.5.4.1 wants.
    private static let pauses: [TimeInterval] = [60, 300, 1800, 7200, 21_600, 43_200, 86_400, 86_400, 86_400, 86_400]

    /// How long nobody looks at it.
    var pause: TimeInterval {
        switch state {
        case .waiting(let attempts): Self.pauses[max(attempts, 1) - 1]
        case .sent, .givenUp: Outbox.memory
        }
    }

    var json: JSON {
        var members: [JSON.Member] = []
        if let mail {
            members = [
                ("to", .string(mail.to.revealed)), ("subject", .string(mail.subject)), ("body", .string(mail.body)),
            ]
        }
        switch state {
        case .waiting(let attempts): members.append(("attempts", .integer(attempts)))
        case .sent: members.append(("sent", .bool(true)))
        case .givenUp(let why): members.append(("given_up", .string(why)))
        }
        return .object(members)
    }

    init?(_ json: JSON) {
        if json["sent"]?.bool == true {
            state = .sent
            return
        }
        if let why = json["given_up"]?.string {
            state = .givenUp(why)
            return
        }
        guard let attempts = json["attempts"]?.integer, (0...Self.pauses.count).contains(attempts),
            let to = json["to"]?.string.flatMap(EmailAddress.init), let subject = json["subject"]?.string,
            let body = json["body"]?.string, let mail = Mail(to: to, subject: subject, body: body)
        else { return nil }
        (self.mail, state) = (mail, .waiting(attempts: attempts))
    }
}
