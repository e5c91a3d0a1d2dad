import Foundation

/// What a browser brings back from a bank: read, never believed.
public struct BankCallback: Sendable, Hashable {
    public enum Problem: String, Error, Sendable, Hashable, CustomStringConvertible {
        case notAQuery = "the query cannot be read"
        case repeatedParameter = "a parameter stands twice"
        case noState = "the state is missing or not one of ours"
        case contradictory = "a proof of approval and an error came together"

        public var description: String { "return from the bank: \(rawValue)" }
    }

    public let state: ReturnState
    public let proofs: Set<ApprovalProof>
    /// The bank's own word for what went wrong (`access_denied`), shortened; for logs alone.
    public let error: String?

    /// - Parameter query: what stands after the `?` of the return address, as the browser sent it.
    public init(query: String) throws(Problem) {
        let spaced = query.replacingOccurrences(of: "+", with: "%20")
        guard query.utf8.count <= 4096, let items = URLComponents(string: "?" + spaced)?.queryItems
        else { throw .notAQuery }
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
        guard values["error"] == nil || proofs.isEmpty else { throw .contradictory }
        self.state = state
        self.proofs = proofs
        error = values["error"].map { String($0.prefix(64)) }
    }

    func proof(_ kind: ApprovalProof.Kind?) -> ApprovalProof? { proofs.first { $0.kind == kind } }
}
