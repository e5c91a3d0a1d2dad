import Foundation

/// A transfer as a row of plain columns, the same in every database. Adapters bind and read them in this order; the
/// names are also what an auditor reads.
extension Transfer {
    public static let columns: [String] = [
        "id", "version", "state", "failure", "proof_kind", "proof", "payer", "payer_birth_name", "payer_usage_name",
        "payer_given_names", "permit", "establishment", "establishment_name", "ecrou", "detainee_birth_name",
        "detainee_usage_name", "detainee_given_names", "amount_cents", "payee_name", "payee_iban", "payee_bic",
        "remittance", "drafted_at", "bank", "return_address", "return_state", "browser", "chosen_at", "chosen_month",
        "payment_id", "approval_url", "approval_expires", "expected_proof", "memo", "deadline", "updated_at",
        "unanswered_since", "confirmation_ends", "alarm", "attempts", "uncertain_initiations", "reserves",
        "requests", "rests_until", "contradiction", "needs_operator", "answers",
        "approval_message",
    ]

    /// The cells, in the order of `columns`. `chosen_month` is year × 100 + month in Paris, `reserves` 1 while the
    /// amount counts against the monthly cap, `needs_operator` 1 while it is an operator's case whatever the time.
    public var row: [ColumnValue] {
        var row: [ColumnValue] = []
        row.reserveCapacity(Self.columns.count)
        for cells in [stateCells, orderCells, choiceCells, paymentCells, clockCells, laterCells] { row += cells }
        return row
    }

    private var stateCells: [ColumnValue] {
        var failure: String?
        var proof: ApprovalProof?
        switch state {
        case .failed(let reason): failure = reason.code
        case .confirming(let given): proof = given
        case .drafted, .initiating, .awaitingApproval, .executing, .settled: break
        }
        return [
            .text(id.text), .integer(version), .text(state.name), .optional(failure), .optional(proof?.kind.rawValue),
            .optional(proof?.revealed),
        ]
    }

    private var orderCells: [ColumnValue] {
        [.text(order.payer.account.revealed)] + Self.cells(order.payer.name)
            + [
                .text(order.permit.revealed), .text(order.detainee.establishment.text), .text(order.establishmentName),
                .text(order.detainee.ecrouNumber.revealed),
            ] + Self.cells(order.detainee.name)
            + [
                .integer(order.amount.cents), .text(order.payee.name), .text(order.payee.iban.revealed),
                .optional(order.payee.bic?.text), .text(order.remittance.revealed), .time(order.draftedAt),
            ]
    }

    private var choiceCells: [ColumnValue] {
        guard let choice else { return Array(repeating: .null, count: 6) }
        let month = TransferMonth(of: choice.chosenAt)
        return [
            .text(choice.bank.text), .text(choice.returnAddress.text), .text(choice.returnState.revealed),
            .text(choice.browser.revealed), .time(choice.chosenAt), .integer(month.number),
        ]
    }

    private var paymentCells: [ColumnValue] {
        guard let payment else { return Array(repeating: .null, count: 5) }
        let (address, expires): (String?, Date?) =
            switch payment.approval {
            case .redirect(let address, let expires): (address, expires)
            case .decoupled(_, let expires): (nil, expires)
            }
        return [
            .text(payment.id), .optional(address), .time(expires), .optional(payment.expects?.rawValue),
            .text(payment.memo.revealed),
        ]
    }

    private var clockCells: [ColumnValue] {
        [
            .time(deadline), .time(updatedAt), .time(unansweredSince), .time(confirmationEnds),
            .text(EchoDifference.text(alarm)), .integer(attempts), .integer(uncertainInitiations),
            .integer(reservesAllowance ? 1 : 0), .integer(requests), .time(restsUntil), .optional(contradiction),
            .integer(needsOperator ? 1 : 0),
        ]
    }

    /// What rows of older releases do not have.
    private var laterCells: [ColumnValue] {
        let answers = choice.flatMap { $0.answers.isEmpty ? nil : $0.answers.revealed }
        var message: String?
        if case .decoupled(let text, _) = payment?.approval { message = text }
        return [.optional(answers), .optional(message)]
    }

    private static func cells(_ name: PersonName) -> [ColumnValue] {
        [.text(name.birthName), .optional(name.usageName), .text(name.givenNames.joined(separator: ","))]
    }
}

// Reading back.
extension Transfer {
    private static let places = RowReader.places(columns)

    /// - Parameter row: the cells in the order of `columns`.
    public init(row: [ColumnValue]) throws(StoreFault) {
        let cells = try RowReader(Self.places, row)
        order = try TransferOrder(cells)
        state = try TransferState(cells)
        version = try cells.integer("version")
        choice = try BankChoice(cells)
        payment = try BankPayment(cells)
        deadline = try cells.optionalTime("deadline")
        updatedAt = try cells.time("updated_at")
        unansweredSince = try cells.optionalTime("unanswered_since")
        confirmationEnds = try cells.optionalTime("confirmation_ends")
        alarm = try cells.value("alarm") { EchoDifference.list($0) }
        contradiction = cells.optionalText("contradiction")
        restsUntil = try cells.optionalTime("rests_until")
        requests = try cells.integer("requests")
        attempts = try cells.integer("attempts")
        uncertainInitiations = try cells.integer("uncertain_initiations")
    }
}

extension PersonName {
    fileprivate init(_ cells: RowReader, _ prefix: String) throws(StoreFault) {
        let birthName = try cells.text("\(prefix)_birth_name")
        let usageName = cells.optionalText("\(prefix)_usage_name")
        let givenNames = try cells.text("\(prefix)_given_names").split(separator: ",").map(String.init)
        do throws(Problem) {
            self = try PersonName(birthName: birthName, usageName: usageName, givenNames: givenNames)
        } catch { throw .corrupt("column \(prefix) name") }
    }
}

extension TransferOrder {
    fileprivate init(_ cells: RowReader) throws(StoreFault) {
        id = try cells.value("id") { TransferID($0) }
        payer = Payer(
            account: try cells.value("payer") { AccountID($0) }, name: try PersonName(cells, "payer"))
        permit = try cells.value("permit") { PermitNumber($0) }
        detainee = Detainee(
            establishment: try cells.value("establishment") { EstablishmentID($0) },
            ecrouNumber: try cells.value("ecrou") { try EcrouNumber($0) }, name: try PersonName(cells, "detainee"))
        establishmentName = try cells.text("establishment_name")
        guard let sum = Amount(cents: try cells.integer("amount_cents")) else { throw .corrupt("column amount_cents") }
        amount = sum
        let payee = Payee(
            name: try cells.text("payee_name"), iban: try cells.value("payee_iban") { try IBAN($0) },
            bic: try cells.optionalValue("payee_bic") { BIC($0) })
        guard let payee else { throw .corrupt("column payee_name") }
        self.payee = payee
        remittance = try cells.value("remittance") { try Remittance($0) }
        draftedAt = try cells.time("drafted_at")
    }
}

extension TransferState {
    fileprivate init(_ cells: RowReader) throws(StoreFault) {
        switch try cells.text("state") {
        case "drafted": self = .drafted
        case "initiating": self = .initiating
        case "awaitingApproval": self = .awaitingApproval
        case "confirming":
            let kind = try cells.optionalValue("proof_kind") { ApprovalProof.Kind(rawValue: $0) }
            self = .confirming(try kind.map { kind throws(StoreFault) in try ApprovalProof(kind, cells.text("proof")) })
        case "executing": self = .executing
        case "settled": self = .settled
        case "failed": self = .failed(try cells.value("failure") { FailureReason(code: $0) })
        default: throw .corrupt("column state")
        }
    }
}

extension ApprovalProof {
    fileprivate init(_ kind: Kind, _ text: String) {
        switch kind {
        case .authorizationCode: self = .authorizationCode(text)
        case .authenticationFactor: self = .authenticationFactor(text)
        case .confirmationCode: self = .confirmationCode(text)
        }
    }
}

extension BankChoice {
    /// Nil before a bank was chosen.
    fileprivate init?(_ cells: RowReader) throws(StoreFault) {
        guard cells.optionalText("bank") != nil else { return nil }
        self.init(
            bank: try cells.value("bank") { BankID($0) },
            returnAddress: try cells.value("return_address") { ReturnAddress($0) },
            returnState: try cells.value("return_state") { ReturnState($0) },
            browser: try cells.value("browser") { BrowserSession($0) }, chosenAt: try cells.time("chosen_at"),
            answers: try cells.optionalValue("answers") { BankAnswers(revealed: $0) } ?? .none)
    }
}

extension BankPayment {
    /// Nil before a bank opened one.
    fileprivate init?(_ cells: RowReader) throws(StoreFault) {
        guard let id = cells.optionalText("payment_id") else { return nil }
        let expires = try cells.optionalTime("approval_expires")
        let address = cells.optionalText("approval_url")
        self.init(
            id: id,
            approval: address.map { .redirect(to: $0, expires: expires) }
                ?? .decoupled(message: cells.optionalText("approval_message"), expires: expires),
            expects: try cells.optionalValue("expected_proof") { ApprovalProof.Kind(rawValue: $0) },
            memo: ProviderMemo(try cells.text("memo")))
    }
}

extension FailureReason {
    /// Nil for a text that `code` does not write.
    fileprivate init?(code: String) {
        switch code {
        case "abandoned": self = .abandoned
        case "cancelled": self = .cancelled
        case "denied_by_payer": self = .deniedByPayer
        case "expired": self = .expired
        default:
            guard code.hasPrefix("rejected.") else { return nil }
            self = .rejected(RejectionReason(String(code.dropFirst("rejected.".count))))
        }
    }
}

extension EchoDifference {
    /// One line: `amount:2550:100,currency:USD,creditor`.
    fileprivate static func text(_ differences: [EchoDifference]) -> String {
        differences.map { difference in
            switch difference {
            case .amount(let ordered, let echoed): "amount:\(ordered.cents):\(echoed?.cents ?? 0)"
            case .currency(let echoed): "currency:\(echoed.map { String($0.filter(\.isLetter).prefix(8)) } ?? "")"
            case .creditor: "creditor"
            case .endToEndID: "endToEndID"
            }
        }.joined(separator: ",")
    }

    fileprivate static func list(_ text: String) -> [EchoDifference]? {
        let parts = text.split(separator: ",").map { $0.split(separator: ":", omittingEmptySubsequences: false) }
        let differences = parts.compactMap { part -> EchoDifference? in
            switch (part[0], part.count) {
            case ("creditor", 1): .creditor
            case ("endToEndID", 1): .endToEndID
            case ("currency", 2): .currency(echoed: part[1].isEmpty ? nil : String(part[1]))
            case ("amount", 3): Int(part[1]).flatMap { Amount(cents: $0) }
                .map { .amount(ordered: $0, echoed: Int(part[2]).flatMap { Amount(cents: $0) }) }
            default: nil
            }
        }
        return differences.count == parts.count ? differences : nil
    }
}
