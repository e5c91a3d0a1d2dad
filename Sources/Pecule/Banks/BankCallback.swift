import Foundation

/// What a browser brings back from a bank: read, never believed.
public struct BankCallback: Sendable, Hashable {
    /// Why a return cannot be read.
    public enum Problem: String, Error, Sendable, Hashable, CaseIterable, CustomStringConvertible {
        case notAQuery = "the query cannot be read"
        case repeatedParameter = "a parameter stands twice"
        case noState = "the state is missing or not one of ours"
        case contradictory = "a proof of approval and an error came together"

        public var description: String { "return from the bank: \(rawValue)" }
    }

    public let state: ReturnState
    public let proofs: Set<ApprovalProof>
    /// The bank's own word for what went wrong (`access_denied`); for logs alone. `unreadable` when it is no code.
    public let error: String?
    /// Everything that came, for the bank whose proof has a name of its own.
    private let parameters: ReturnParameters

    /// - Parameter query: what stands after the `?` of the return address, as the browser sent it.
    public init(query: String) throws(Problem) {
        guard query.utf8.count <= 4096 else { throw .notAQuery }
        let isSpaced = query.utf8.contains(UInt8(ascii: "+"))
        let spaced = isSpaced ? query.replacingOccurrences(of: "+", with: "%20") : query
        guard let items = URLComponents(string: "?" + spaced)?.queryItems else { throw .notAQuery }
        try self.init(items.map { ($0.name, $0.value ?? "") })
    }

    private init(_ parameters: [(name: String, value: String)]) throws(Problem) {
        guard Set(parameters.map(\.name)).count == parameters.count else { throw .repeatedParameter }
        let values = Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0.value) })
        guard let state = values["state"].flatMap(ReturnState.init) else { throw .noState }
        var proofs: Set<ApprovalProof> = []
        if let code = values["code"], !code.isEmpty { proofs.insert(.authorizationCode(code)) }
        if let factor = values["psuAuthenticationFactor"], !factor.isEmpty {
            proofs.insert(.authenticationFactor(factor))
        }
        if let code = values["confirmationCode"], !code.isEmpty { proofs.insert(.confirmationCode(code)) }
        let error = values["error"].flatMap { $0.isEmpty ? nil : $0 }
        guard error == nil || proofs.isEmpty else { throw .contradictory }
        self.state = state
        self.proofs = proofs
        self.error = error.map(Self.loggable)
        self.parameters = ReturnParameters(values: values)
    }

    /// What it was read from, written anew, to be handed on to a gateway elsewhere. Holds the proofs.
    public var query: String {
        var components = URLComponents()
        components.queryItems = parameters.values.sorted { $0.key < $1.key }.map(URLQueryItem.init)
        return (components.percentEncodedQuery ?? "").replacingOccurrences(of: "+", with: "%2B")
    }

    /// Anyone can write anything into an address: only what can be an error code (RFC 6749, section 4.1.2.1) may
    /// reach a log.
    private static func loggable(_ error: String) -> String {
        let isCode = error.utf8.count <= 64 && error.utf8.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "_") }
        return isCode ? error : "unreadable"
    }

    /// Who says that it sent the browser back (`iss`, RFC 9207); nil when nobody does.
    public var issuer: String? { parameters.values["iss"] }

    /// The proof of that kind; nil when the return brings none.
    /// - Parameter name: the parameter in which this bank brings it; nil for the standard's own.
    public func proof(_ kind: ApprovalProof.Kind?, named name: String?) -> ApprovalProof? {
        guard let kind, let name, name != "state" else { return proofs.first { $0.kind == kind } }
        guard error == nil, let text = parameters.values[name], !text.isEmpty else { return nil }
        return ApprovalProof(kind, text)
    }
}

/// What stood in the query of a return: proofs of approval among it.
private struct ReturnParameters: Sensitive, Hashable {
    let values: [String: String]

    var revealed: String { "\(values)" }
    var mask: String { "parameters •••" }
}
