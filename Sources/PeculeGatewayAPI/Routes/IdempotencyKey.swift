import Foundation
import Pecule
import PeculeCrypto
import PeculeHTTP

/// `Idempotency-Key`: makes a creation that is sent again land on the transfer of the first time.
///
/// The transfer is its own record: its id is a function of client and key, or the key itself where the client names the
/// transfer. So nothing has to be kept beside it, and no crash falls in between.
struct IdempotencyKey {
    private let text: String
    private let client: ClientName

    init(_ call: Call) throws(Refusal) {
        guard let text = call.request.fields["Idempotency-Key"] else {
            throw .bad("Idempotency-Key", "missing; write a text of your own, the same whenever you send this again")
        }
        guard (1...255).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .bad("Idempotency-Key", "1 to 255 printable characters without spaces")
        }
        (self.text, client) = (text, call.caller.client)
    }

    /// The id of the transfer that this key creates.
    func transfer(
        named id: TransferID?, by payer: AccountID, in gateway: PeculeGateway
    ) async throws -> TransferID {
        guard let id else {
            if let same = TransferID(text), try await isTaken(same, payer, gateway) { throw Self.reused }
            return derived
        }
        guard id.text == text else {
            throw Refusal(
                status: 409, code: "id_differs_from_key", title: "The id and the key differ",
                detail: "id: write the same text as in Idempotency-Key, or leave it out")
        }
        if try await isTaken(derived, payer, gateway) { throw Self.reused }
        return id
    }

    private func isTaken(_ id: TransferID, _ payer: AccountID, _ gateway: PeculeGateway) async throws -> Bool {
        do throws(PeculeError) {
            _ = try await gateway.transfer(id, by: payer)
            return true
        } catch {
            guard error == .unknownTransfer else { throw error }
            return false
        }
    }

    private var derived: TransferID {
        let digest = SHA256.digest(Array("\(client)\n\(text)".utf8))
        return TransferID(random: { Array(digest.prefix($0)) })
    }

    private static let reused = Refusal(
        status: 422, code: "transfer_conflict", title: "The id or the key is taken by another request",
        detail: "Idempotency-Key: it was used for another request; use a new one",
        members: [("fields", ["id"]), ("money_may_have_moved", false), ("retry", "never")])
}
