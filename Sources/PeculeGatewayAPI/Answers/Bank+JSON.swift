import Pecule
import PeculeHTTP

extension BankListing {
    var json: JSON {
        var members: [JSON.Member] = [
            ("id", .string(bank.id.text)), ("name", .string(bank.name)), ("country", .string(bank.country)),
        ]
        if let bic = bank.bic { members.append(("bic", .string(bic.text))) }
        members += [
            ("bank_codes", .array(bank.bankCodes.map(JSON.string))),
            ("least_cents", .integer(bank.limits.lowerBound.cents)),
            ("most_cents", .integer(bank.limits.upperBound.cents)),
            ("questions", .array(bank.questions.map(\.json))), ("needs_return", .bool(bank.needsReturn)),
            ("health", health.json),
        ]
        return .object(members)
    }
}

extension BankHealth {
    fileprivate var json: JSON {
        switch self {
        case .unknown: ["status": "unknown"]
        case .up: ["status": "up"]
        case .shaky: ["status": "shaky"]
        case .down(let until): ["status": "down", "until": .time(until)]
        }
    }
}

extension BankQuestion {
    var json: JSON {
        var members: [JSON.Member] = [("id", .string(id))]
        switch kind {
        case .iban(let countries):
            members += [("kind", "iban"), ("countries", .array(countries.sorted().map(JSON.string)))]
        case .frenchIBAN(let codes):
            members += [("kind", "french_iban"), ("bank_codes", .array(codes.sorted().map(JSON.string)))]
        case .text(let longest, let pattern):
            members += [("kind", "text"), ("longest", .integer(longest))]
            if let pattern { members.append(("pattern", .string(pattern))) }
        }
        members.append(("label", .string(label)))
        if let help { members.append(("help", .string(help))) }
        return .object(members + [("required", .bool(isRequired))])
    }
}
