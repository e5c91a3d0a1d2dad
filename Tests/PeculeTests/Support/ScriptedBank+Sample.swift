import Pecule

extension ScriptedBank {
    convenience init(
        _ id: String = "deux-rives", expects: ApprovalProof.Kind? = nil, limits: ClosedRange<Amount>? = nil,
        questions: [BankQuestion] = [], patience: Patience? = nil
    ) {
        self.init(
            Bank(id: Sample.bank(id), name: "Banque \(id)", limits: limits, questions: questions, patience: patience),
            expects: expects)
    }

    /// The calls in order: `initiate, ask, confirm with authorizationCode`.
    var trace: String { calls.map(\.description).joined(separator: ", ") }
}
