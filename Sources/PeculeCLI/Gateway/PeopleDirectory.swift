import Foundation
import Pecule
import PeculeHTTP

/// The establishments and permits of a gateway, read from a file.
struct PeopleDirectory {
    let establishments: [Establishment]
    let permits: [VisitPermit]

    /// Where in the file something is wrong, and what.
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    init(file path: String) throws(Problem) {
        guard let bytes = try? Data(contentsOf: URL(filePath: path)) else {
            throw Problem(description: "directory: \(path) cannot be read")
        }
        try self.init(Array(bytes))
    }

    init(_ bytes: [UInt8]) throws(Problem) {
        let json: JSON
        do { json = try JSON(parsing: bytes) } catch { throw Problem(description: "directory: not JSON (\(error))") }
        establishments = try Self.list(json, "establishments", Self.establishment)
        permits = try Self.list(json, "permits", Self.permit)
    }

    private static func list<Value>(
        _ json: JSON, _ name: String, _ make: (JSON) throws -> Value
    ) throws(Problem) -> [Value] {
        guard let array = json[name]?.array else { throw Problem(description: "directory: \(name): a list is missing") }
        return try array.enumerated().map { index, json throws(Problem) in
            do { return try make(json) } catch { throw Problem(description: "directory: \(name)[\(index)]: \(error)") }
        }
    }

    private static func establishment(_ json: JSON) throws -> Establishment {
        let payee = try Self.some(json["payee"], "payee")
        let iban = try IBAN(try text(payee, "iban"))
        let bic = try payee["bic"].map { try some($0.string.flatMap { BIC($0) }, "payee.bic") }
        return Establishment(
            id: try some(EstablishmentID(try text(json, "id")), "id"), name: try text(json, "name"),
            payee: try some(Payee(name: try text(payee, "name"), iban: iban, bic: bic), "payee.name"),
            cap: TransferCap(
                perTransfer: try cents(json, "per_transfer_cents"), perMonth: try cents(json, "per_month_cents")),
            acceptsTransfers: json["accepts_transfers"]?.bool ?? true)
    }

    private static func permit(_ json: JSON) throws -> VisitPermit {
        let detainee = Detainee(
            establishment: try some(EstablishmentID(try text(json, "establishment")), "establishment"),
            ecrouNumber: try EcrouNumber(try text(json, "ecrou_number")),
            name: try name(try some(json["detainee"], "detainee")))
        var account: AccountID?
        if json["registered_by"] != nil {
            account = try some(AccountID(try text(json, "registered_by")), "registered_by")
        }
        let status = json["status"]?.string ?? "active"
        return VisitPermit(
            number: try some(PermitNumber(try text(json, "number")), "number"),
            holder: try name(try some(json["holder"], "holder")), detainee: detainee,
            status: try some(VisitPermit.Status(rawValue: status), "status"), registeredBy: account)
    }

    private static func name(_ json: JSON) throws -> PersonName {
        let given = try some(json["given_names"]?.array, "given_names").compactMap(\.string)
        return try PersonName(
            birthName: try text(json, "birth_name"), usageName: json["usage_name"]?.string, givenNames: given)
    }

    private static func cents(_ json: JSON, _ name: String) throws -> Amount? {
        guard let value = json[name] else { return nil }
        return try some(value.integer.flatMap { Amount(cents: $0) }, name)
    }

    private static func text(_ json: JSON, _ name: String) throws -> String { try some(json[name]?.string, name) }

    private static func some<Value>(_ value: Value?, _ name: String) throws -> Value {
        guard let value else { throw Problem(description: "\(name) is missing or not valid") }
        return value
    }
}
