import PeculeHTTP

/// What a test says must have arrived: "exactly one transfer of 10,50 € to this IBAN, and nothing else".
struct Expectation {
    private struct Transfer {
        let bank: String?
        let cents: Int?
        let creditor: String?
        let status: String?
        let count: Int
        let place: String

        func fits(_ payment: MockBank.PaymentView) -> Bool {
            (bank == nil || bank == payment.bank) && (cents == nil || cents == payment.amountCents)
                && (creditor == nil || creditor == payment.creditor) && (status == nil || status == payment.status)
        }
    }

    private struct Call {
        let method: String?
        let path: String?
        let count: Int
        let place: String

        func fits(_ request: HTTPRequest) -> Bool {
            (method == nil || method == request.method.rawValue) && (path == nil || request.path == path ?? "")
        }
    }

    private var transfers: [Transfer] = []
    private var calls: [Call] = []
    private let nothingElse: Bool

    /// Reads `{"transfers": [{"bank", "amountCents", "creditor", "status", "count"}], "requests": [{"method", "path",
    /// "count"}], "nothingElse": true}`; counts are 1 unless given.
    init(_ body: JSON) throws(ControlFault) {
        nothingElse = body["nothingElse"]?.bool ?? false
        guard body["transfers"]?.array != nil || body["requests"]?.array != nil else {
            throw ControlFault("transfers or requests must be an array")
        }
        for (index, value) in (body["transfers"]?.array ?? []).enumerated() {
            let place = "transfers[\(index)]"
            try Self.check(value, ["bank", "amountCents", "creditor", "status", "count"], place)
            transfers.append(
                Transfer(
                    bank: value["bank"]?.string, cents: value["amountCents"]?.integer,
                    creditor: value["creditor"]?.string?.filter { $0 != " " }, status: value["status"]?.string,
                    count: try Self.count(value, place), place: place))
        }
        for (index, value) in (body["requests"]?.array ?? []).enumerated() {
            let place = "requests[\(index)]"
            try Self.check(value, ["method", "path", "count"], place)
            calls.append(
                Call(
                    method: value["method"]?.string?.uppercased(), path: value["path"]?.string,
                    count: try Self.count(value, place), place: place))
        }
    }

    /// A member that is misspelt would make an assertion hold that says nothing.
    private static func check(_ value: JSON, _ known: [String], _ place: String) throws(ControlFault) {
        guard let object = value.object else { throw ControlFault("\(place) must be an object") }
        if let stranger = object.members.first(where: { !known.contains($0.name) }) {
            throw ControlFault("\(place).\(stranger.name) is not known; \(known.joined(separator: ", ")) are")
        }
    }

    private static func count(_ value: JSON, _ place: String) throws(ControlFault) -> Int {
        guard let given = value["count"] else { return 1 }
        guard let count = given.integer, count >= 0 else { throw ControlFault("\(place).count must be 0 or more") }
        return count
    }

    /// In words; empty when everything is as expected.
    func differences(from desk: Desk) -> [String] {
        let payments = desk.books.all { state in
            state.paymentsByAge.map { MockBank.PaymentView($0, at: state.profile) }
        }
        let requests = desk.journal.entries.map(\.request)
        var differences = transfers.compactMap { expected in
            Self.difference(expected.place, expected.count, payments.filter(expected.fits).count)
        }
        differences += calls.compactMap { expected in
            Self.difference(expected.place, expected.count, requests.filter(expected.fits).count)
        }
        guard nothingElse else { return differences }
        let others = payments.filter { payment in !transfers.contains { $0.fits(payment) } }
        return differences + others.map { "not expected: \($0.amountCents) cents at \($0.bank), \($0.status)" }
    }

    private static func difference(_ place: String, _ expected: Int, _ found: Int) -> String? {
        expected == found ? nil : "\(place): expected \(expected), found \(found)"
    }
}
