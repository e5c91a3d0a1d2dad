import Foundation
import Pecule
import PeculeHTTP

/// A message to the support.
struct SupportMessage: Sendable {
    let subject: String
    let text: String
    let address: EmailAddress
}

/// What was written to the support, and what people ask to be done with their data: kept for those who answer.
struct MessageBook: Sendable {
    let items: any ItemStore
    let random: @Sendable (Int) -> [UInt8]
    let tell: Portal.Tell

    static let kind = "portal-message"

    /// - Returns: the reference that its sender is told.
    func keep(
        _ message: SupportMessage, from account: AccountID?, at now: Date
    ) async throws(StoreFault) -> String {
        let reference = "M" + Identifier.hex(random(6)).uppercased()
        var members: [JSON.Member] = [
            ("subject", .string(message.subject)), ("text", .string(message.text)),
            ("address", .string(message.address.revealed)), ("at", .integer(Int(now.timeIntervalSince1970))),
        ]
        if let account { members.append(("account", .string(account.revealed))) }
        _ = try await items.put(
            StoredItem(
                kind: Self.kind, id: reference, text: JSON.object(members).text, due: now + PortalRetention.message))
        // Whoever is not logged in is told on the page alone: the form would send mails to whomever one names.
        if let account { try await tell(.messageReceived(reference: reference), account) }
        return reference
    }
}
