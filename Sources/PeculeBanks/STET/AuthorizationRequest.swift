import FoundationEssentials
import Pecule
import PeculeCrypto
import PeculeHTTP

extension STETDialect {
    /// The address to send the payer to, and what is to be remembered until the return.
    ///
    /// In the OAuth flows the bank's link is an authorization request that the initiating party completes
    /// (RFC 6749, section 4.1.1; RFC 7636, section 4.3). Nil when the bank's link cannot be completed safely.
    func approval(_ opened: Opened, _ choice: BankChoice, random bytes: (Int) -> [UInt8]) -> BankPayment? {
        var memo = STETMemo(nonce: opened.nonce, verifier: nil)
        var address = opened.consentURL
        if profile.redirectFlow.proof == .authorizationCode {
            guard let completed = complete(opened.consentURL, choice, &memo, bytes) else { return nil }
            address = completed
        }
        let expires = choice.chosenAt.addingTimeInterval(Double(profile.consentLifetime.components.seconds))
        return BankPayment(
            id: opened.id, approval: .redirect(to: address, expires: expires), expects: profile.redirectFlow.proof,
            memo: memo.memo)
    }

    private func complete(
        _ link: String, _ choice: BankChoice, _ memo: inout STETMemo, _ bytes: (Int) -> [UInt8]
    ) -> String? {
        guard let address = BankAddress(link), let given = URLForm(parsing: address.query ?? "") else { return nil }
        var parameters = [
            ("client_id", profile.client.id), ("redirect_uri", choice.returnAddress.text),
            ("state", choice.returnState.revealed),
        ]
        if profile.usesPKCE {
            let verifier = PKCE.verifier(from: bytes(PKCE.randomLength))
            memo.verifier = verifier
            parameters += [("code_challenge", PKCE.challenge(for: verifier)), ("code_challenge_method", "S256")]
        }
        // A parameter of ours that the bank has set already would stand twice, and readers differ on which counts.
        guard parameters.allSatisfy({ parameter in !given.pairs.contains { $0.name == parameter.0 } }) else {
            return nil
        }
        return address.appending(parameters.map { (name: $0.0, value: $0.1) })
    }
}
