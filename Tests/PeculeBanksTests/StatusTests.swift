import Pecule
import PeculeBanks
import PeculeHTTP
import Testing

@Suite("What a bank's status means")
struct StatusTests {
    private func status(
        _ code: JSON, confirmNow: String? = nil, version: STETVersion = .v1_4_2,
        _ edit: (inout JSONObject) -> Void = { _ in },
        instruction: (inout JSONObject) -> Void = { _ in }
    ) async throws -> BankReport.Status? {
        let answer = Answer.payment(try Sample.order(), code, edit, instruction: instruction)
        let document = Sample.document(
            confirmNow == nil ? .simple : .simpleThenConfirm, version, confirmNow: confirmNow)
        let stage = try Stage(document, [ScriptedBank.ask: [.answer(answer)]])
        do throws(BankFault) {
            return try await stage.provider.report(Stage.payment, of: stage.order).status
        } catch {
            #expect(error == .outcomeUnknown(.init(.malformedAnswer, status: 200)))
            return nil
        }
    }

    private static let table: [(String, BankReport.Status?)] = [
        ("RCVD", .pending), ("ACTC", .pending), ("ACCO", .pending), ("PATC", .pending),
        ("ACCP", .executing), ("ACSP", .executing), ("PDNG", .executing), ("ACWC", .executing), ("ACWP", .executing),
        ("ACSC", .settled), ("ACCC", .settled), ("CANC", .cancelled), ("RJCT", .rejected(RejectionReason("MS03"))),
        ("PART", nil), ("", nil), ("acsc", nil), ("ACSC ", nil), ("SETTLED", nil), ("ACS\u{421}", nil),
    ]

    @Test("code by code, where the bank waits for no confirmation", arguments: table)
    func code(code: String, expected: BankReport.Status?) async throws {
        #expect(try await status(.string(code)) == expected)
    }

    @Test("the code that the profile names means « confirm now », and no other does", arguments: [
        "ACTC", "ACCP", "ACSP", "ACCO",
    ])
    func confirmNow(named: String) async throws {
        for (code, expected) in Self.table {
            let found = try await status(.string(code), confirmNow: named)
            #expect(found == (code == named ? .approved : expected), "\(code)")
        }
    }

    @Test("a status that is no text is no answer", arguments: [JSON.null, .integer(1), ["ACSC"], true, [:]])
    func notText(status code: JSON) async throws {
        #expect(try await status(code) == nil)
    }

    @Test("the payment's status is believed where the instruction says otherwise", arguments: [
        ("ACSP", "ACTC", .executing), ("ACSC", "PDNG", .settled), ("ACTC", "ACSC", .pending),
        ("ACSP", "RJCT", .executing), ("RCVD", "unknown", .pending),
    ] as [(String, String, BankReport.Status)])
    func instructionLags(payment: String, instruction: String, expected: BankReport.Status) async throws {
        let found = try await status(.string(payment)) { $0["transactionStatus"] = .string(instruction) }
        #expect(found == expected)
    }

    @Test("why a payment was rejected, by reason and fundsAvailability", arguments: [
        ("DS02", nil, .cancelled),
        ("NOAS", nil, .expired),
        ("AM04", nil, .rejected(.insufficientFunds)),
        ("CUST", false, .rejected(.insufficientFunds)),
        ("CUST", true, .denied),
        ("CUST", nil, .rejected(RejectionReason("CUST"))),
        ("CUST", .null, .rejected(RejectionReason("CUST"))),
        ("CUST", "false", .rejected(RejectionReason("CUST"))),
        ("FRAD", false, .rejected(RejectionReason("FRAD"))),
        ("AG01", nil, .rejected(RejectionReason("AG01"))),
        ("XX99", nil, .rejected(RejectionReason("XX99"))),
        ("BANK_SAYS_NO", nil, .rejected(RejectionReason("BANK_SAYS_NO"))),
        ("Provision insuffisante", nil, .rejected(RejectionReason("MS03"))),
        (.string(String(repeating: "A", count: 200)), nil, .rejected(RejectionReason("MS03"))),
        ("AM04\n2026 forged", nil, .rejected(RejectionReason("MS03"))),
        ("", nil, .rejected(RejectionReason("MS03"))),
        (.null, nil, .rejected(RejectionReason("MS03"))),
        (.integer(4), nil, .rejected(RejectionReason("MS03"))),
        (["AM04"], nil, .rejected(RejectionReason("MS03"))),
    ] as [(JSON, JSON?, BankReport.Status)])
    func rejection(reason: JSON, funds: JSON?, expected: BankReport.Status) async throws {
        let atPayment = try await status("RJCT") {
            $0["statusReasonInformation"] = reason
            $0["fundsAvailability"] = funds
        }
        #expect(atPayment == expected)
        let atInstruction = try await status("RJCT") { $0["fundsAvailability"] = funds } instruction: {
            $0["statusReasonInformation"] = reason
        }
        #expect(atInstruction == expected)
    }

    @Test("1.6 has a code of its own for a lack of funds, so that CUST alone is the payer's no", arguments: [
        (STETVersion.v1_6, nil, .denied), (.v1_6, true, .denied), (.v1_6, false, .rejected(.insufficientFunds)),
        (.v1_4_0, nil, .rejected(RejectionReason("CUST"))), (.v1_4_2, nil, .rejected(RejectionReason("CUST"))),
    ] as [(STETVersion, JSON?, BankReport.Status)])
    func debtorSide(version: STETVersion, funds: JSON?, expected: BankReport.Status) async throws {
        let found = try await status("RJCT", version: version) {
            $0["statusReasonInformation"] = "CUST"
            $0["fundsAvailability"] = funds
        }
        #expect(found == expected)
    }

    @Test("the payment's reason stands before the instruction's; a null is no reason", arguments: [
        ("NOAS", "DS02", .expired), (.null, "NOAS", .expired), ("NOAS", .null, .expired),
    ] as [(JSON, JSON, BankReport.Status)])
    func twoReasons(payment: JSON, instruction: JSON, expected: BankReport.Status) async throws {
        let found = try await status("RJCT") { $0["statusReasonInformation"] = payment } instruction: {
            $0["statusReasonInformation"] = instruction
        }
        #expect(found == expected)
    }

    @Test("a report on another payment is no answer", arguments: [
        ("8c41", true), (nil, true), (.null, true), ("8c42", false), ("", false), ("8C41", false), (.integer(8), false),
    ] as [(JSON?, Bool)])
    func otherPayment(resourceID: JSON?, isTaken: Bool) async throws {
        let found = try await status("ACSC") { $0["resourceId"] = resourceID }
        #expect(found == (isTaken ? .settled : nil))
    }
}
