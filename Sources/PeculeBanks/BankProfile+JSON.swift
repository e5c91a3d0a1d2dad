import Pecule
public import PeculeHTTP

/// What is wrong with a bank profile, and where.
public struct BankProfileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Path of the member: `limits.minimumCents`; empty for the document.
    public let field: String
    public let problem: String

    public var description: String { field.isEmpty ? "bank profile: \(problem)" : "bank profile: \(field): \(problem)" }
}

extension BankProfile {
    /// Reads a document that is one profile or an array of them.
    public static func list(parsing bytes: [UInt8]) throws(BankProfileError) -> [BankProfile] {
        let document: JSON
        do throws(JSONError) { document = try JSON(parsing: bytes) } catch {
            throw BankProfileError(field: "", problem: error.description)
        }
        guard let elements = document.array else { return [try BankProfile(document)] }
        var profiles: [BankProfile] = []
        for element in elements { profiles.append(try BankProfile(element)) }
        return profiles
    }

    public init(_ json: JSON) throws(BankProfileError) {
        let reader = ProfileReader(json: json)
        try reader.refuseUnknown(beside: Self.members)
        let flow: RedirectFlow = try reader.choice("redirectFlow")
        let confirmNow = try reader.texts("confirmNow", in: /ACTC|ACCP|ACSP|ACCO/, otherwise: [])
        guard flow.waitsForConfirmation != confirmNow.isEmpty else {
            let problem = confirmNow.isEmpty ? "waits for a confirmation: name the status" : "has no confirmation"
            throw BankProfileError(field: "confirmNow", problem: "the flow \(flow.rawValue) \(problem)")
        }
        let usesPKCE = try reader.flag("pkce", otherwise: false)
        guard flow.proof == .authorizationCode || !usesPKCE else {
            throw BankProfileError(field: "pkce", problem: "the flow \(flow.rawValue) has no authorization request")
        }
        guard flow.proof == .authorizationCode || json["issuer"] == nil else {
            throw BankProfileError(field: "issuer", problem: "the flow \(flow.rawValue) has no authorization request")
        }
        let standard = try reader.standard(flow)
        let instant = try reader.instant()
        self.init(
            bank: try reader.bank(standard, flow, instant), api: try reader.address("api"),
            token: try reader.address("token"), tokenBody: try reader.choice("tokenBody", otherwise: .form),
            client: try reader.client(), standard: standard, redirectFlow: flow, usesPKCE: usesPKCE,
            scope: try reader.text("scope", otherwise: "pisp"), confirmNow: Set(confirmNow),
            consentLifetime: .seconds(try reader.whole("consentLifetimeSeconds", in: 60...86_400, otherwise: 900)),
            notFoundAtFirst: .seconds(try reader.whole("notFoundSeconds", in: 0...600, otherwise: 0)),
            accept: try reader.accept(standard), headers: try reader.headers(),
            sendsPayerHeaders: try reader.flag("psuHeaders", otherwise: false), instant: instant,
            cancellation: try reader.cancellation(standard), refusals: try reader.refusals())
        usesMutualTLS = try reader.flag("mutualTLS", otherwise: false)
        signature = try reader.signature()
        notifies = try reader.flag("notifications", otherwise: false)
        guard usesMutualTLS || client.authentication != .tls else {
            throw BankProfileError(field: "mutualTLS", problem: "the client authentication tls needs it")
        }
    }
}
