import Foundation
public import Pecule

/// Who calls: a backend that was let in.
struct Caller: Sendable, Hashable {
    let client: ClientName
    /// How long that is believed without looking again.
    let until: Date

    /// The account of one of the client's users, apart from those of every other client.
    func account(_ name: String) -> AccountID? {
        guard (1...90).contains(name.utf8.count) else { return nil }
        return AccountID("\(client):\(name)")
    }

    /// The browser of one of the client's users, apart from those of every other client.
    func browser(_ text: String) -> BrowserSession? {
        guard (16...90).contains(text.utf8.count) else { return nil }
        return BrowserSession("\(client):\(text)")
    }
}

extension AccountID {
    /// Whose user it is; nil for an account that no remote client brought.
    public var client: ClientName? { revealed.firstIndex(of: ":").flatMap { ClientName(String(revealed[..<$0])) } }
}
