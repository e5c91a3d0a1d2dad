import FoundationEssentials
import Pecule
import PeculeCrypto
import PeculeHTTP

extension BankProfile {
    /// Completes a bank's authorization address (RFC 6749, section 4.1.1; RFC 7636, section 4.3). Nil when that cannot
    /// be done safely.
    func authorizationRequest(
        at link: String, adding own: [(name: String, value: String)] = [], _ choice: BankChoice,
        _ memo: inout ApprovalMemo, random bytes: Random
    ) -> String? {
        guard let address = BankAddress(link), let given = URLForm(parsing: address.query ?? "") else { return nil }
        var parameters = own + [
            (name: "client_id", value: client.id), (name: "redirect_uri", value: choice.returnAddress.text),
            (name: "state", value: choice.returnState.revealed),
        ]
        if usesPKCE {
            let verifier = PKCE.verifier(from: bytes(PKCE.randomLength))
            memo.verifier = verifier
            parameters += [
                (name: "code_challenge", value: PKCE.challenge(for: verifier)),
                (name: "code_challenge_method", value: "S256"),
            ]
        }
        // A parameter of ours that the bank has set already would stand twice, and readers differ on which counts.
        guard parameters.allSatisfy({ parameter in !given.pairs.contains { $0.name == parameter.name } }) else {
            return nil
        }
        return address.appending(parameters)
    }

    /// When the bank stops waiting for the payer.
    func approvalEnds(_ choice: BankChoice) -> Date {
        choice.chosenAt.addingTimeInterval(Double(consentLifetime.components.seconds))
    }
}
