import Pecule
import PeculeHTTP

/// The people of an application, as they are kept.
extension Applicant {
    var json: JSON {
        .present([
            ("account", .string(account.revealed)), ("name", name.json),
            ("born", birthDate.map { .string($0.revealed) }), ("email", .string(email.revealed)),
        ])
    }

    init?(_ json: JSON) {
        guard let account = json["account"]?.string.flatMap(AccountID.init),
            let name = json["name"].flatMap(PersonName.init(json:)),
            let email = json["email"]?.string.flatMap(EmailAddress.init)
        else { return nil }
        self.init(
            account: account, name: name, birthDate: json["born"]?.string.flatMap(DateOfBirth.init), email: email)
    }
}

extension DetaineeAccount {
    var json: JSON {
        ["establishment": .string(establishment.text), "ecrou": .string(ecrouNumber.revealed)]
    }

    init?(_ json: JSON) {
        guard let establishment = json["establishment"]?.string.flatMap(EstablishmentID.init),
            let number = json["ecrou"]?.string.flatMap({ try? EcrouNumber($0) })
        else { return nil }
        self.init(establishment: establishment, ecrouNumber: number)
    }
}

extension Beneficiary {
    var json: JSON {
        switch self {
        case .applicant: ["kind": "applicant"]
        case .thirdParty(let visitor):
            [
                "kind": "third_party", "name": visitor.name.json, "born": .string(visitor.birthDate.revealed),
                "link": .string(visitor.link.rawValue),
            ]
        }
    }

    init?(_ json: JSON) {
        if json["kind"] == "applicant" {
            self = .applicant
            return
        }
        guard json["kind"] == "third_party", let name = json["name"].flatMap(PersonName.init(json:)),
            let born = json["born"]?.string.flatMap(DateOfBirth.init),
            let link = json["link"]?.string.flatMap(ThirdParty.Link.init)
        else { return nil }
        self = .thirdParty(ThirdParty(name: name, birthDate: born, link: link))
    }
}

extension Relationship {
    var json: JSON {
        .present([("kind", .string(kind.rawValue)), ("details", details.map { .string($0.revealed) })])
    }

    init?(_ json: JSON) {
        guard let kind = json["kind"]?.string.flatMap(Kind.init),
            let relationship = try? Relationship(kind, details: json["details"]?.string ?? "")
        else { return nil }
        self = relationship
    }
}
