import FoundationEssentials
import Pecule
import PeculeHTTP

/// Reads members by path, each with its own complaint.
struct ProfileReader {
    let json: JSON

    /// A name that is misspelt would otherwise be a setting that is silently not there.
    func refuseUnknown(beside members: [(path: String, names: Set<String>)]) throws(BankProfileError) {
        for (path, names) in members {
            guard let found = value(path) else { continue }
            guard let object = found.object else { throw wrong(path, "not an object") }
            if let unknown = object.members.map(\.name).first(where: { !names.contains($0) }) {
                let field = path.isEmpty ? unknown : "\(path).\(unknown)"
                throw BankProfileError(field: field, problem: "no setting of this name")
            }
        }
    }

    func value(_ path: String) -> JSON? {
        path.split(separator: ".").reduce(json as JSON?) { $0?[String($1)] }
    }

    func wrong(_ path: String, _ problem: String) -> BankProfileError {
        BankProfileError(field: path, problem: value(path) == nil ? "missing" : problem)
    }

    func text(_ path: String, otherwise fallback: String?) throws(BankProfileError) -> String {
        if value(path) == nil, let fallback { return fallback }
        guard let text = value(path)?.string, (1...200).contains(text.count),
            !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else { throw wrong(path, "not a text of 1 to 200 characters without control characters") }
        return text
    }

    func texts(
        _ path: String, in pattern: Regex<Substring>, otherwise fallback: [String]
    ) throws(BankProfileError) -> [String] {
        guard let found = value(path) else { return fallback }
        let texts = (found.array ?? [.null]).map(\.string)
        guard texts.allSatisfy({ $0.flatMap { try? pattern.wholeMatch(in: $0) } != nil }) else {
            throw wrong(path, "not an array of well-formed codes")
        }
        return texts.compactMap(\.self)
    }

    func flag(_ path: String, otherwise fallback: Bool) throws(BankProfileError) -> Bool {
        guard let found = value(path) else { return fallback }
        guard let flag = found.bool else { throw wrong(path, "neither true nor false") }
        return flag
    }

    func whole(
        _ path: String, in range: ClosedRange<Int>, otherwise fallback: Int
    ) throws(BankProfileError) -> Int {
        guard let found = value(path) else { return fallback }
        guard let number = found.integer, range.contains(number) else {
            throw wrong(path, "not a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func choice<Choice: RawRepresentable & CaseIterable>(
        _ path: String
    ) throws(BankProfileError) -> Choice where Choice.RawValue == String {
        guard let choice = value(path)?.string.flatMap(Choice.init) else {
            throw wrong(path, "not one of: \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return choice
    }

    func address(_ path: String) throws(BankProfileError) -> String {
        guard let text = value(path)?.string, let address = BankAddress(text), address.query == nil,
            text.last != "/"
        else { throw wrong(path, "not an https address (http on this machine) without query and final slash") }
        return text
    }

    func choice<Choice: RawRepresentable & CaseIterable>(
        _ path: String, otherwise fallback: Choice
    ) throws(BankProfileError) -> Choice where Choice.RawValue == String {
        value(path) == nil ? fallback : try choice(path)
    }

    /// Names and texts, in the order of the document.
    func table(_ path: String) throws(BankProfileError) -> [(name: String, text: String)] {
        guard let found = value(path) else { return [] }
        guard let members = found.object?.members, members.count <= 100 else {
            throw wrong(path, "not an object of at most 100 texts")
        }
        var pairs: [(name: String, text: String)] = []
        for (name, value) in members {
            guard let text = value.string, (1...200).contains(name.count), (1...200).contains(text.count) else {
                throw wrong(path, "not an object of texts of 1 to 200 characters")
            }
            pairs.append((name, text))
        }
        return pairs
    }

    func amounts(_ path: String) throws(BankProfileError) -> ClosedRange<Amount> {
        let all = 1...Amount.largest.cents
        let least = try whole(path + ".minimumCents", in: all, otherwise: 1)
        let most = try whole(path + ".maximumCents", in: all, otherwise: Amount.largest.cents)
        guard least <= most, let lower = Amount(cents: least), let upper = Amount(cents: most) else {
            throw wrong(path, "the minimum is above the maximum")
        }
        return lower...upper
    }
}
