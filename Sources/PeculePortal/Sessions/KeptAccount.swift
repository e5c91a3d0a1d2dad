import Foundation
import Pecule
import PeculeHTTP

/// An account in the store.
struct KeptAccount: TextItem {
    /// The first login.
    let since: Date
    let lastLogin: Date
    let name: PersonName
    let email: String?
    /// Whether its owner knows that it will be erased unless somebody logs in.
    var isToldUnused = false

    init(_ relative: Relative, since: Date, lastLogin: Date) {
        (self.since, self.lastLogin, name, email) = (since, lastLogin, relative.name, relative.email)
    }

    var json: JSON {
        .present([
            ("since", .integer(Int(since.timeIntervalSince1970))),
            ("last_login", .integer(Int(lastLogin.timeIntervalSince1970))), ("name", name.json),
            ("email", email.map(JSON.string)), ("told_unused", isToldUnused ? .bool(true) : nil),
        ])
    }

    init?(_ json: JSON) {
        guard let since = json["since"]?.integer, let lastLogin = json["last_login"]?.integer,
            let name = json["name"].flatMap(PersonName.init(json:))
        else { return nil }
        self.since = Date(timeIntervalSince1970: TimeInterval(since))
        self.lastLogin = Date(timeIntervalSince1970: TimeInterval(lastLogin))
        (self.name, email) = (name, json["email"]?.string)
        isToldUnused = json["told_unused"] == .bool(true)
    }
}
