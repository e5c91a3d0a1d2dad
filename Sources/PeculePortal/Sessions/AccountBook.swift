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
        let due = now + PortalRetention.unused - PortalRetention.notice
        try await items.change(Self.kind, relative.account.revealed, as: KeptAccount.self) { kept, _ in
            (KeptAccount(relative, since: kept?.since ?? now, lastLogin: now), due)
        }
    }
}

/// Where the portal's accounts can be written to.
public struct AccountAddresses: Sendable {
    private let items: any ItemStore

    public init(_ items: any ItemStore) { self.items = items }

    /// As FranceConnect told it at the last login; nil for an account without one.
    public func address(of account: AccountID) async throws(StoreFault) -> EmailAddress? {
        guard let item = try await items.item(AccountBook.kind, account.revealed) else { return nil }
        return try KeptAccount(item).email.flatMap(EmailAddress.init)
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
    fileprivate var text: String { "\(year)-\(Digits.two(month ?? 0))-\(Digits.two(day ?? 0))" }
}
