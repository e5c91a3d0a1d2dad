import Pecule

// Messages that are lost, and answers that say nothing: may the bank have acted?
extension Conformance {
    static let losses = ConformanceStep.allCases.flatMap { step in
        [ConformanceTrouble.unreachable, .requestLost, .replyLost].map { one($0, step) }
    }

    static let troubles = ConformanceStep.allCases.flatMap { step in
        [ConformanceTrouble.throttled, .unavailable, .unauthorised, .garbage, .empty, .oversize].map { one($0, step) }
    }

    /// One call in trouble, judged by its fault; then all is mended, and the payment ends with one debit at most.
    private static func one(_ trouble: ConformanceTrouble, _ step: ConformanceStep) -> ConformanceCase {
        ConformanceCase("\(step.rawValue): \(trouble.rawValue)") { stage in
            let journey = try Journey(stage)
            let payment = step == .initiate ? nil : try await journey.open()
            var proof: ApprovalProof?
            if step == .confirm, let payment {
                proof = try await journey.approve(payment)
                guard try await journey.report(payment).status == .approved else { throw NotPlayed() }
            }
            guard await stage.plays(trouble, at: step) else { throw NotPlayed() }
            let fault = try await call(step, journey, payment, proof)
            try judge(fault, trouble, step)
            _ = await stage.plays(nil, at: step)
            try await mend(journey, payment, proof, step)
        }
    }

    private static func call(
        _ step: ConformanceStep, _ journey: Journey, _ payment: BankPayment?, _ proof: ApprovalProof?
    ) async throws -> BankFault? {
        let (provider, order, choice) = (journey.provider, journey.order, journey.choice)
        return try await Journey.fault { () async throws -> BankReport? in
            guard step != .initiate, let payment else {
                _ = try await journey.open()
                return nil
            }
            return switch step {
            case .confirm: try await provider.confirm(payment, of: order, choice, proof: proof)
            case .cancel: try await provider.cancel(payment, of: order, choice)
            case .report, .initiate: try await provider.report(payment, of: order)
            }
        }
    }

    private static func judge(
        _ fault: BankFault?, _ trouble: ConformanceTrouble, _ step: ConformanceStep
    ) throws {
        switch fault {
        case .refused:
            // A bank that withdraws nothing says so without a call.
            try require(step == .cancel, "refused, though the bank said no such thing")
        case .notSent(let detail):
            let isCertain: [ConformanceTrouble] = [.unreachable, .throttled, .unauthorised]
            try require(isCertain.contains(trouble), "not sent, though the bank may have acted")
            guard trouble == .throttled else { return }
            try require(detail.retryAfter == .seconds(120), "the bank asked for 120 seconds of rest")
        case .outcomeUnknown:
            let isCertain = step != .report && [.unreachable, .throttled].contains(trouble)
            try require(!isCertain, "unknown, though the bank cannot have acted")
        case nil:
            // What was asked afterwards may tell the truth all the same.
            let isSilent = trouble == .garbage || trouble == .empty || trouble == .oversize
            try require(isSilent && (step == .confirm || step == .cancel), "a success without an answer")
        }
    }

    private static func mend(
        _ journey: Journey, _ opened: BankPayment?, _ proof: ApprovalProof?, _ step: ConformanceStep
    ) async throws {
        let payment: BankPayment
        if let opened { payment = opened } else { payment = try await journey.open() }
        switch step {
        case .cancel:
            _ = try await journey.end(of: payment)
            try await journey.requireDebits(0)
        case .confirm:
            if try await journey.report(payment).status == .approved { _ = try await journey.confirm(payment, proof) }
            try require(try await journey.end(of: payment).status == .settled, "it is not settled in the end")
            try await journey.requireDebits(1)
        case .initiate, .report:
            let report = try await journey.finish(payment, try await journey.approve(payment))
            try require(report.status == .settled, "it ends \(report.status)")
            try await journey.requireDebits(1)
        }
    }
}
