import Pecule

// What happens when nothing goes wrong, and what may never happen.
extension Conformance {
    static let openings = [
        ConformanceCase("the bank is always the same") { stage in
            try require(stage.provider.bank == stage.provider.bank, "two looks, two banks")
            try require(!stage.provider.bank.name.isEmpty, "a bank without a name")
        },
        ConformanceCase("an opened payment can be told to a browser") { stage in
            let payment = try await Journey(stage).open()
            try require(!payment.id.isEmpty && payment.id.utf8.count <= 200, "its id is empty or too long")
            guard case .redirect(let link, _) = payment.approval else { return }
            let isSafe = ["https://", "http://127.0.0.1", "http://localhost"].contains(where: link.hasPrefix)
            try require(isSafe, "the payer would be sent to another kind of place than https")
        },
        ConformanceCase("an opening has an end that lies ahead, or none") { stage in
            let payment = try await Journey(stage).open()
            try require(payment.approval.expires.map { $0 > stage.environment.now() } ?? true, "it has expired already")
        },
        ConformanceCase("a new payment moves no money and says what was ordered") { stage in
            let journey = try Journey(stage)
            let report = try await journey.report(try await journey.open())
            try require(report.status == .pending, "it is \(report.status)")
            try journey.requireTruth(report)
            try await journey.requireDebits(0)
        },
        ConformanceCase("an opening that is repeated can be approved, and debits once") { stage in
            let journey = try Journey(stage)
            _ = try await journey.open()
            let payment = try await journey.open()
            let report = try await journey.finish(payment, try await journey.approve(payment))
            try require(report.status == .settled, "it ends \(report.status)")
            try await journey.requireDebits(1)
        },
        ConformanceCase("the least amount is taken") { stage in
            try await settle(try Journey(stage, cents: max(100, stage.provider.bank.limits.lowerBound.cents)))
        },
        ConformanceCase("several openings at once do not mix") { stage in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...8 {
                    group.addTask {
                        let journey = try Journey(stage, number)
                        try journey.requireTruth(try await journey.report(try await journey.open()))
                    }
                }
                try await group.waitForAll()
            }
        },
        ConformanceCase("nothing personal is printed") { stage in
            let journey = try Journey(stage)
            let payment = try await journey.open()
            let printed = "\(payment) \(try await journey.report(payment))"
            let secrets = [journey.order.payee.iban.revealed, payment.approval.revealed] + Array(stage.answers.values)
            try require(!secrets.contains { $0.count > 5 && printed.contains($0) }, "a secret stands in a description")
        },
    ]

    static let courses = [
        ConformanceCase("an approval ends settled, with one debit") { try await settle(try Journey($0)) },
        ConformanceCase("a refusal ends failed, without a debit") { stage in
            let journey = try Journey(stage)
            let payment = try await journey.open()
            _ = try await stage.act(.refuse, on: payment)
            let report = try await journey.end(of: payment)
            try require(report.status.isFailure, "it ends \(report.status)")
            try await journey.requireDebits(0)
        },
        ConformanceCase("a payment that nobody approves ends failed, without a debit") { stage in
            let journey = try Journey(stage)
            let report = try await journey.end(of: try await journey.open())
            try require(report.status.isFailure, "it ends \(report.status)")
            try await journey.requireDebits(0)
        },
        ConformanceCase("asking changes nothing") { stage in
            let journey = try Journey(stage)
            let payment = try await journey.open()
            let first = try await journey.report(payment)
            for _ in 1...5 { try require(try await journey.report(payment) == first, "the answers differ") }
            try await journey.requireDebits(0)
        },
        ConformanceCase("a settled payment stays settled, and says what was ordered") { stage in
            let journey = try Journey(stage)
            let payment = try await settle(journey)
            await stage.advance(by: 86_400)
            let report = try await journey.report(payment)
            try require(report.status == .settled, "it is \(report.status)")
            try journey.requireTruth(report)
        },
        ConformanceCase("a cancelled payment debits nobody, however it is answered") { stage in
            let journey = try Journey(stage)
            let payment = try await journey.open()
            let fault = try await Journey.fault {
                try await stage.provider.cancel(payment, of: journey.order, journey.choice)
            }
            if case .notSent = fault { throw Violation(problem: "not sent, though the bank was there") }
            try require(try await journey.end(of: payment).status.isFailure, "it did not end")
            try await journey.requireDebits(0)
        },
        ConformanceCase("a settled payment cannot be cancelled") { stage in
            let journey = try Journey(stage)
            let payment = try await settle(journey)
            let report = try? await stage.provider.cancel(payment, of: journey.order, journey.choice)
            try require(report.map { $0.status == .settled } ?? true, "it says \(report.map { "\($0.status)" } ?? "")")
            try require(try await journey.report(payment).status == .settled, "it is settled no more")
        },
        ConformanceCase("a payment that the bank does not know is never a success") { stage in
            let journey = try Journey(stage)
            let known = try await journey.open()
            let unknown = BankPayment(
                id: "unknown-1", approval: known.approval, expects: known.expects, memo: known.memo)
            await stage.advance(by: 601)
            let report = try? await journey.report(unknown)
            let isSuccess = report?.status == .settled || report?.status == .executing
            try require(!isSuccess, "it is said to be executed")
        },
    ]

    @discardableResult
    static func settle(_ journey: Journey) async throws -> BankPayment {
        let payment = try await journey.open()
        let report = try await journey.finish(payment, try await journey.approve(payment))
        try require(report.status == .settled, "it ends \(report.status)")
        try journey.requireTruth(report)
        try await journey.requireDebits(1)
        return payment
    }
}
