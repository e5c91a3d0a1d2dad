import FoundationEssentials
import Pecule
import PeculeHTTP

extension STETDialect {
    func opening(
        from response: HTTPResponse, of _: TransferOrder, _ choice: BankChoice, asInstant: Bool,
        random bytes: @escaping Random
    ) -> Opening? {
        opened(from: response).flatMap { approval($0, choice, asInstant, random: bytes) }.map(Opening.opened)
    }

    /// The address to send the payer to, and what is to be remembered until the return. In the OAuth flows the bank's
    /// link is an authorization request that the initiating party completes.
    private func approval(
        _ opened: Opened, _ choice: BankChoice, _ isInstant: Bool, random bytes: Random
    ) -> BankPayment? {
        var memo = ApprovalMemo(nonce: opened.nonce)
        memo.isInstant = isInstant
        var address = opened.consentURL
        if profile.redirectFlow.proof == .authorizationCode {
            let completed = profile.authorizationRequest(at: opened.consentURL, choice, &memo, random: bytes)
            guard let completed else { return nil }
            address = completed
        }
        return BankPayment(
            id: opened.id, approval: .redirect(to: address, expires: profile.approvalEnds(choice)),
            expects: profile.redirectFlow.proof, memo: memo.memo)
    }
}
