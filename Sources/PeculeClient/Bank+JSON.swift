import Pecule
import PeculeHTTP

extension BankListing {
    init(_ json: JSON) throws(Unreadable) {
        let least = try json.value("least_cents", Amount.init(json:))
        let most = try json.value("most_cents", Amount.init(json:))
        guard least <= most else { throw Unreadable(what: "most_cents") }
        let bank = Bank(
            id: try json.text("id") { BankID($0) }, name: try json.text("name"), country: try json.text("country"),
            bic: try json.optional("bic") { $0.string.flatMap { BIC($0) } }, bankCodes: try json.texts("bank_codes"),
            limits: least...most,
            questions: try json.array("questions").map { json throws(Unreadable) in try BankQuestion(json) },
            needsReturn: json["needs_return"]?.bool ?? true)
        self.init(bank, health: try BankHealth(try json.value("health") { $0 }))
    }
}

extension BankHealth {
    fileprivate init(_ json: JSON) throws(Unreadable) {
        switch try json.text("status") {
        case "unknown": self = .unknown
        case "up": self = .up
        case "shaky": self = .shaky
        case "down": self = .down(until: try json.time("until"))
        default: throw Unreadable(what: "health")
        }
    }
}

extension BankQuestion {
    init(_ json: JSON) throws(Unreadable) {
        let id = try json.text("id") { $0.wholeMatch(of: /[a-z0-9_]{1,35}/) == nil ? nil : $0 }
        self.init(
            id: id, kind: try Kind(json), label: try json.text("label"), help: try json.optional("help", \.string),
            isRequired: try json.value("required", \.bool))
    }
}

extension BankQuestion.Kind {
    fileprivate init(_ json: JSON) throws(Unreadable) {
        switch try json.text("kind") {
        case "iban": self = .iban(countries: Set(try json.texts("countries")))
        case "french_iban": self = .frenchIBAN(bankCodes: Set(try json.texts("bank_codes")))
        case "text":
            self = .text(longest: try json.integer("longest"), pattern: try json.optional("pattern", \.string))
        default: throw Unreadable(what: "kind")
        }
    }
}
