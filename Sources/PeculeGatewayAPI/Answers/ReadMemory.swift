import Foundation
import Pecule
import PeculeHTTP
import Synchronization

/// Transfers that were read a moment ago, as they were written, for callers who ask again and again whether one has
/// changed: such a caller is answered without the store, and without looking at his key again.
final class ReadMemory: Sendable {
    /// Everything that an answer depends on, but for the transfer.
    struct Question: Hashable {
        let target: String
        let authorization: String
        let payer: String

        /// Nil for what is no plain reading. A certificate is looked at each time.
        init?(_ request: HTTPRequest) {
            guard request.method == .get, request.clientCertificate == nil,
                let authorization = request.fields["Authorization"], let payer = request.fields["Pecule-Payer"]
            else { return nil }
            (target, self.authorization, self.payer) = (request.target, authorization, payer)
        }

        /// Few ask for one transfer, and to compare two texts costs less than to hash one.
        func hash(into hasher: inout Hasher) { hasher.combine(target) }
    }

    private struct Answer {
        let response: HTTPResponse
        let mark: ChangeBoard.Mark
        /// How long the caller's key is believed without being read again.
        let until: Date
    }

    private let board: ChangeBoard
    private let answers = Mutex<[Question: Answer]>([:])
    /// Of about a kilobyte each.
    private static let most = 5_000

    init(_ board: ChangeBoard) { self.board = board }

    /// The answer that this question had, while it is still true.
    func answer(to request: HTTPRequest, at now: Date) -> HTTPResponse? {
        guard let question = Question(request), let known = answers.withLock({ $0[question] }),
            now < known.until, board.stands(known.mark, at: now)
        else { return nil }
        return known.response
    }

    /// Reads a transfer for a caller, and remembers the answer.
    func response(
        _ id: TransferID, for call: Call, read: () async throws -> TransferSummary
    ) async throws -> HTTPResponse {
        // Before the reading: no change falls in between.
        let mark = await board.mark(of: id)
        let response = HTTPResponse.json(try await read().json)
        if let mark, let question = Question(call.request) {
            let answer = Answer(response: response, mark: mark, until: call.caller.until)
            answers.withLock { answers in
                if answers.count >= Self.most { answers.removeAll(keepingCapacity: true) }
                answers[question] = answer
            }
        }
        return response
    }
}
