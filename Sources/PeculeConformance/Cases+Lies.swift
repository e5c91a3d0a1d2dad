import Pecule

// Banks that speak of something else than what was ordered: that has to show.
extension Conformance {
    static let lies = ConformanceTrouble.lies.map { lie in
        ConformanceCase("report: \(lie.rawValue)") { stage in
            let journey = try Journey(stage)
            let payment = try await journey.open()
            _ = try await journey.finish(payment, try await journey.approve(payment))
            guard await stage.plays(lie, at: .report) else { throw NotPlayed() }
            try judge(try? await journey.report(payment), journey)
        }
    } + ConformanceTrouble.lies.map { lie in
        ConformanceCase("confirm: \(lie.rawValue)") { stage in
            let journey = try Journey(stage)
            let payment = try await journey.open()
            let proof = try await journey.approve(payment)
            guard try await journey.report(payment).status == .approved, await stage.plays(lie, at: .confirm),
                await stage.plays(lie, at: .report)
            else { throw NotPlayed() }
            try judge(try? await journey.confirm(payment, proof), journey)
        }
    } + [ConformanceTrouble.noPaymentID, .noApproval, .scriptLink, .plainLink].map { lie in
        ConformanceCase("initiate: \(lie.rawValue)") { stage in
            guard await stage.plays(lie, at: .initiate) else { throw NotPlayed() }
            let journey = try Journey(stage)
            guard let fault = try await Journey.fault({ try await journey.open() }) else {
                throw Violation(problem: "the payer would be sent there")
            }
            guard case .outcomeUnknown = fault else { throw Violation(problem: "\(fault), though it may be open") }
        }
    }

    private static func judge(_ report: BankReport?, _ journey: Journey) throws {
        try require(report?.echo != PaymentEcho(of: journey.order), "the lie is not seen")
    }
}
