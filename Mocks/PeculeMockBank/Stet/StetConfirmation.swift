import PeculeHTTP

extension StetFace.Call {
    /// What a confirmation says; an empty body says nothing, as `{}` does.
    func confirmation(at profile: MockBankProfile) throws(RequestRefusal) -> BankState.Confirmation {
        guard !request.body.isEmpty else { return BankState.Confirmation() }
        guard !profile.variants.refusesConfirmationBody else { throw .invalid("a confirmation has no body here") }
        guard let body = try? JSON(parsing: request.body), body.object != nil else {
            throw .invalid("the confirmation must be a JSON object")
        }
        let reader = StetReader(value: body, path: "")
        return BankState.Confirmation(
            factor: try reader.optional("psuAuthenticationFactor")?.text(140),
            nonce: try reader.optional("nonce")?.text(140))
    }
}
