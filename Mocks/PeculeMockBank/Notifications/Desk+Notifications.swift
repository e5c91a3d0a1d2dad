import FoundationEssentials
import PeculeHTTP

extension Desk {
    /// What one attempt may cost. An initiator that keeps a bank waiting has not taken the message.
    private static let limits = HTTPLimits(
        connect: .seconds(2), total: .seconds(5), responseBody: 64 << 10, responseHead: 16 << 10)

    /// Sends what is due at this moment: of one bank one after the other, so that their order is the bank's.
    func sendNotifications() async {
        guard let transport else { return }
        let now = clock.now
        let banks = books.all { state in state.outbox.isDue(at: now) ? [state.profile.id] : [] }
        await withTaskGroup { group in
            for bank in banks { group.addTask { [self] in await sendNotifications(of: bank, by: transport) } }
        }
    }

    private func sendNotifications(of bank: String, by transport: any HTTPTransport) async {
        while let (number, request) = takeNotification(of: bank) {
            let outcome: (text: String, isTaken: Bool)
            do throws(HTTPTransportError) {
                let status = try await transport.send(request, within: Self.limits).status
                outcome = ("\(status)", (200..<300).contains(status))
            } catch { outcome = (error.reason.rawValue, false) }
            _ = books.change(bank) { state, _ in
                state.outbox.note(outcome.text, isTaken: outcome.isTaken, of: number)
            }
        }
    }

    private func takeNotification(of bank: String) -> (number: Int, request: HTTPRequest)? {
        books.change(bank) { state, now in
            state.outbox.take(at: now).map { ($0.number, $0.request(at: state.profile, sealedBy: gate)) }
        } ?? nil
    }
}
