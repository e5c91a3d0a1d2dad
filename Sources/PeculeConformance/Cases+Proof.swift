import Pecule

// What a confirmation may and may not do.
extension Conformance {
    static let proofs = [
        ConformanceCase("a confirmation that is repeated debits once") { stage in
            let journey = try Journey(stage)
            let payment = try await journey.open()
            let proof = try await journey.approve(payment)
            _ = try await confirmed(journey, payment, proof)
            _ = try? await journey.confirm(payment, proof)
            try require(try await journey.end(of: payment).status == .settled, "it is not settled")
            try await journey.requireDebits(1)
        },
        ConformanceCase("a confirmation before the approval debits nobody") { stage in
            let journey = try Journey(stage)
            let payment = try await journey.open()
            let report = try? await journey.confirm(payment, payment.expects.map { forged($0) })
            try require(report?.status != .executing && report?.status != .settled, "it is said to be executed")
            try await journey.requireDebits(0)
        },
        ConformanceCase("a forged proof debits nobody") { stage in
            let journey = try Journey(stage)
            let payment = try await journey.open()
            guard let kind = payment.expects, try await journey.approve(payment) != nil,
                try await journey.report(payment).status == .approved
            else { throw NotPlayed() }
            let report = try? await journey.confirm(payment, forged(kind))
            try require(report?.status != .executing && report?.status != .settled, "it is said to be executed")
            try await journey.requireDebits(0)
        },
        ConformanceCase("a proof that is missing debits nobody") { stage in
            let journey = try Journey(stage)
            let payment = try await journey.open()
            guard payment.expects != nil, try await journey.approve(payment) != nil,
                try await journey.report(payment).status == .approved
            else { throw NotPlayed() }
            let report = try? await journey.confirm(payment, nil)
            try require(report?.status != .executing && report?.status != .settled, "it is said to be executed")
            try await journey.requireDebits(0)
        },
        ConformanceCase("another payment's proof debits nobody") { stage in
            let (mine, other) = (try Journey(stage), try Journey(stage, 2))
            let payment = try await mine.open()
            let foreign = try await other.open()
            guard payment.expects != nil, try await mine.approve(payment) != nil,
                let proof = try await other.approve(foreign), try await mine.report(payment).status == .approved
            else { throw NotPlayed() }
            let report = try? await mine.confirm(payment, proof)
            try require(report?.status != .executing && report?.status != .settled, "it is said to be executed")
            try await mine.requireDebits(0)
        },
    ]

    /// The first confirmation; skips the case where the bank wants none.
    private static func confirmed(
        _ journey: Journey, _ payment: BankPayment, _ proof: ApprovalProof?
    ) async throws -> BankReport {
        guard try await journey.report(payment).status == .approved else { throw NotPlayed() }
        return try await journey.confirm(payment, proof)
    }

    private static func forged(_ kind: ApprovalProof.Kind) -> ApprovalProof {
        switch kind {
        case .authorizationCode: .authorizationCode("forged-0000000000000000")
        case .authenticationFactor: .authenticationFactor("forged-0000000000000000")
        case .confirmationCode: .confirmationCode("forged-0000000000000000")
        }
    }
}
