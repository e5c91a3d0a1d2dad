import PeculeHTTP

// What is named otherwise in one standard than in the other, where pages and the authorization server need it.
extension MockBankProfile {
    /// As the list of the banks shows it.
    var dialectName: String { berlinGroup == nil ? version.rawValue : "Berlin Group" }

    /// Path of the interface under the bank's address.
    var interface: String { berlinGroup == nil ? "/stet/v1" : "/berlin-group/v1" }

    /// The parameter that brings the proof to a confirmation.
    var proofParameter: String { berlinGroup.map(\.confirmationCode) ?? "psuAuthenticationFactor" }

    /// Of an authorization request.
    func scope(of payment: Payment?) -> String { berlinGroup == nil ? "pisp" : "PIS:\(payment?.id ?? "")" }

    /// Named by the scope in Berlin Group's standard, by what the bank put into its link in STET.
    func payment(of form: URLForm, in state: BankState) -> Payment? {
        guard berlinGroup != nil else { return form["context"].flatMap(state.payment(context:)) }
        let scope = form["scope"] ?? ""
        return scope.hasPrefix("PIS:") ? state.payments[String(scope.dropFirst(4))] : nil
    }
}
