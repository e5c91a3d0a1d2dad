import Foundation
import Pecule
import PeculeFranceConnect
import PeculeHTTP

/// The relative (« proche ») who is logged in.
struct Relative: Sensitive, Equatable {
    let account: AccountID
    let name: PersonName
    /// As FranceConnect's identity provider knows it; nil when it gave none.
    let email: String?
    /// `1984-05-17`, with `00` for what is only presumed; nil when it was not told.
    let birthDate: String?

    var revealed: String { name.revealed }
    var mask: String { "relative •••" }

    var payer: Payer { Payer(account: account, name: name) }
}

/// One browser's session on the portal.
struct Session: Sendable, Equatable {
    /// The hash of the cookie: who reads the store cannot use it.
    let key: String
    /// Nil before the login.
    var relative: Relative?
    /// Of an establishment; never together with a relative.
    var staff: StaffMember?
    /// For the logout at FranceConnect.
    var idToken: String?
    /// The login that has begun, as text; good for one return.
    var attempt: String?
    /// The page to show after the login.
    var wanted: String?
    /// Before the login: what waits for it.
    var typed: TypedForm?
    var expires: Date
}

extension Session {
    var text: String {
        var members: [JSON.Member] = []
        if let relative {
            members.append(("account", .string(relative.account.revealed)))
            members.append(("name", relative.name.json))
            if let email = relative.email { members.append(("email", .string(email))) }
            if let birthDate = relative.birthDate { members.append(("birth_date", .string(birthDate))) }
        }
        if let staff {
            members.append(("staff", .string(staff.id.text)))
            members.append(("establishment", .string(staff.establishment.text)))
        }
        for (name, value) in [
            ("id_token", idToken), ("attempt", attempt), ("wanted", wanted), ("typed_at", typed?.path),
            ("typed", typed?.text),
        ] {
            if let value { members.append((name, .string(value))) }
        }
        return JSON.object(members).text
    }

    init?(_ item: StoredItem) {
        guard let json = try? JSON(parsing: Array(item.text.utf8)), let due = item.due else { return nil }
        key = item.id
        if let account = json["account"]?.string {
            guard let account = AccountID(account), let name = json["name"].flatMap(PersonName.init(json:)) else {
                return nil
            }
            relative = Relative(
                account: account, name: name, email: json["email"]?.string, birthDate: json["birth_date"]?.string)
        }
        if let id = json["staff"]?.string.flatMap(StaffID.init),
            let place = json["establishment"]?.string.flatMap(EstablishmentID.init)
        {
            staff = StaffMember(id: id, establishment: place)
        }
        idToken = json["id_token"]?.string
        attempt = json["attempt"]?.string
        wanted = json["wanted"]?.string
        if let path = json["typed_at"]?.string, let text = json["typed"]?.string {
            typed = TypedForm(path: path, text: text)
        }
        expires = due
    }
}

extension PersonName {
    /// As in a header: the first of the given names, and the name that is used.
    var short: String { "\(givenNames.first ?? "") \(usageName ?? birthName)" }

    var json: JSON {
        var members: [JSON.Member] = [("birth_name", .string(birthName))]
        if let usageName { members.append(("usage_name", .string(usageName))) }
        members.append(("given_names", .array(givenNames.map(JSON.string))))
        return .object(members)
    }

    init?(json: JSON) {
        guard let birthName = json["birth_name"]?.string, let names = json["given_names"]?.array?.compactMap(\.string),
            let name = try? PersonName(birthName: birthName, usageName: json["usage_name"]?.string, givenNames: names)
        else { return nil }
        self = name
    }
}
