public import Foundation

/// What the people who run a gateway do with the transfers that only a person can judge.
public struct OperatorDesk: Sendable {
    let gateway: PeculeGateway
    let silence: TimeInterval

    /// - Parameter silence: a bank that has given no answer for so many seconds is a case.
    public init(_ gateway: PeculeGateway, silence: TimeInterval = 60 * 60) {
        self.gateway = gateway
        self.silence = silence
    }

    /// A transfer and why somebody has to look at it.
    public struct Entry: Sendable {
        public let transfer: Transfer
        public let cases: [OperatorCase]
    }

    /// The transfers with a case, by id, after that one; at most so many.
    public func entries(after id: TransferID? = nil, limit: Int = 100) async throws(PeculeError) -> [Entry] {
        let time = gateway.environment.now() - silence
        let found = try await gateway.stored { () throws(StoreFault) in
            try await gateway.store.cases(unansweredBefore: time, after: id, limit: limit)
        }
        return found.map { Entry(transfer: $0, cases: $0.cases(unansweredBefore: time)) }
    }

    /// Whose transfer it is; nil when there is none of this id.
    public func account(of id: TransferID) async throws(PeculeError) -> AccountID? {
        try await gateway.stored { () throws(StoreFault) in try await gateway.store.transfer(id) }?.order.payer.account
    }

    /// Says that somebody has looked. What was unusual is taken off the list, the budget of calls is renewed, and the
    /// sweeper asks the bank again at once. A bank that stays silent stays on the list.
    /// - Returns: the transfer, unchanged where there was nothing to look at.
    public func review(_ id: TransferID) async throws(PeculeError) -> Transfer {
        let found = try await gateway.stored { () throws(StoreFault) in try await gateway.store.transfer(id) }
        guard let transfer = found else { throw .unknownTransfer }
        return try await gateway.drive(transfer, .operatorReviewed).transfer
    }
}
