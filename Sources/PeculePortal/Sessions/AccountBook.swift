import Foundation
public import Pecule
import PeculeFranceConnect
import PeculeHTTP

/// The personal accounts, by FranceConnect's subject.
struct AccountBook: Sendable {
    let items: any ItemStore

    static let kind = "portal-account"

    /// Notes who has logged in: what FranceConnect tells now replaces what it told before.
    func note(_ relative: Relative, at now: Date) async throws(StoreFault) {
        while true {
            let kept = try await items.item(Self.kind, relative.account.revealed)
            let since = kept.flatMap { try? JSON(parsing: Array($0.text.utf8)) }?["since"]?.integer
            var members: [JSON.Member] = [
                ("since", .integer(since ?? Int(now.timeIntervalSince1970))),
                ("last_login", .integer(Int(now.timeIntervalSince1970))), ("name", relative.name.json),
            ]
            if let email = relative.email { members.append(("email", .string(email))) }
            let text = JSON.object(members).text
            let due = now + PortalRetention.unused - PortalRetention.notice
            let item =
                kept?.next(text: text, due: due)
                ?? StoredItem(kind: Self.kind, id: relative.account.revealed, text: text, due: due)
            if try await items.put(item) { return }
        }
    }
}

/// Where the portal's accounts can be written to.
public struct AccountAddresses: Sendable {
    private let items: any ItemStore

    public init(_ items: any ItemStore) { self.items = items }

    /// As FranceConnect told it at the last login; nil for an account without one.
    public func address(of account: AccountID) async throws(StoreFault) -> EmailAddress? {
        let kept = try await items.item(AccountBook.kind, account.revealed)
        return kept.flatMap { try? JSON(parsing: Array($0.text.utf8)) }?["email"]?.string.flatMap(EmailAddress.init)
    }
}

extension Relative {
    /// Nil for names that civil status cannot have.
    init?(_ identity: FranceConnectIdentity) {
        guard let account = AccountID(identity.subject),
            let name = try? PersonName(
                birthName: identity.familyName, usageName: identity.usageName, givenNames: identity.givenNames)
        else { return nil }
        self.init(account: account, name: name, email: identity.email, birthDate: identity.birthDate?.text)
    }
}

extension BirthDate {
    /// `1984-05-17`, with `00` for what is only presumed.
    fileprivate var text: String { "\(year)-\(Self.two(month ?? 0))-\(Self.two(day ?? 0))" }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
