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
        addState(to: &row)
        addOrder(to: &row)
        addChoice(to: &row)
        addPayment(to: &row)
        addClock(to: &row)
        addLater(to: &row)
        return row
    }

    private func addState(to row: inout [ColumnValue]) {
        var failure: String?
        var proof: ApprovalProof?
        switch state {
        case .failed(let reason): failure = reason.code
        case .confirming(let given): proof = given
        case .drafted, .initiating, .awaitingApproval, .executing, .settled: break
        }
        row.append(.text(id.text))
        row.append(.integer(version))
        row.append(.text(state.name))
        row.append(.optional(failure))
        row.append(.optional(proof?.kind.rawValue))
        row.append(.optional(proof?.revealed))
    }

    private func addOrder(to row: inout [ColumnValue]) {
        row.append(.text(order.payer.account.revealed))
        Self.add(order.payer.name, to: &row)
        row.append(.text(order.permit.revealed))
        row.append(.text(order.detainee.establishment.text))
        row.append(.text(order.establishmentName))
        row.append(.text(order.detainee.ecrouNumber.revealed))
        Self.add(order.detainee.name, to: &row)
        row.append(.integer(order.amount.cents))
        row.append(.text(order.payee.name))
        row.append(.text(order.payee.iban.revealed))
        row.append(.optional(order.payee.bic?.text))
        row.append(.text(order.remittance.revealed))
        row.append(.time(order.draftedAt))
    }

    private static func add(_ name: PersonName, to row: inout [ColumnValue]) {
        row.append(.text(name.birthName))
        row.append(.optional(name.usageName))
        row.append(.text(name.givenNames.joined(separator: ",")))
    }

    private func addChoice(to row: inout [ColumnValue]) {
        guard let choice else { return row.append(contentsOf: repeatElement(.null, count: 6)) }
        row.append(.text(choice.bank.text))
        row.append(.text(choice.returnAddress.text))
        row.append(.text(choice.returnState.revealed))
        row.append(.text(choice.browser.revealed))
        row.append(.time(choice.chosenAt))
        row.append(.integer(TransferMonth(of: choice.chosenAt).number))
    }

    private func addPayment(to row: inout [ColumnValue]) {
        guard let payment else { return row.append(contentsOf: repeatElement(.null, count: 5)) }
        let (address, expires): (String?, Date?) =
            switch payment.approval {
            case .redirect(let address, let expires): (address, expires)
            case .decoupled(_, let expires): (nil, expires)
            }
        row.append(.text(payment.id))
        row.append(.optional(address))
        row.append(.time(expires))
        row.append(.optional(payment.expects?.rawValue))
        row.append(.text(payment.memo.revealed))
    }

    private func addClock(to row: inout [ColumnValue]) {
        for time in [deadline, updatedAt, unansweredSince, confirmationEnds] { row.append(.time(time)) }
        row.append(.text(EchoDifference.text(alarm)))
        row.append(.integer(attempts))
        row.append(.integer(uncertainInitiations))
        row.append(.integer(reservesAllowance ? 1 : 0))
        row.append(.integer(requests))
        row.append(.time(restsUntil))
        row.append(.optional(contradiction))
        row.append(.integer(needsOperator ? 1 : 0))
    }

    /// What rows of older releases do not have.
    private func addLater(to row: inout [ColumnValue]) {
        row.append(.optional(choice.flatMap { $0.answers.isEmpty ? nil : $0.answers.revealed }))
        var message: String?
        if case .decoupled(let text, _) = payment?.approval { message = text }
        row.append(.optional(message))
    }
}

// Reading back.
extension Transfer {
    /// - Parameter row: the cells in the order of `columns`.
    public init(row: [ColumnValue]) throws(StoreFault) {
        var cells = try RowReader(Self.columns, row)
        let id = try cells.value("id") { TransferID($0) }
        version = try cells.integer("version")
        state = try TransferState(&cells)
        order = TransferOrder(try OrderTerms(id, &cells))
        choice = try BankChoice(&cells)
        payment = try BankPayment(&cells)
        deadline = cells.optionalTime("deadline")
        updatedAt = try cells.time("updated_at")
        unansweredSince = cells.optionalTime("unanswered_since")
        confirmationEnds = cells.optionalTime("confirmation_ends")
        alarm = try cells.value("alarm") { EchoDifference.list($0) }
        attempts = try cells.integer("attempts")
        uncertainInitiations = try cells.integer("uncertain_initiations")
        requests = try cells.integer("requests")
        restsUntil = cells.optionalTime("rests_until")
        contradiction = cells.optionalText("contradiction")
    }
}

extension PersonName {
    /// The columns of one name.
    fileprivate typealias Columns = (birthName: String, usageName: String, givenNames: String)

    fileprivate init(_ cells: inout RowReader, _ columns: Columns) throws(StoreFault) {
        let birthName = try cells.text(columns.birthName)
        let usageName = cells.optionalText(columns.usageName)
        let givenNames = try cells.text(columns.givenNames).split(separator: ",").map(String.init)
        do throws(Problem) {
            self = try PersonName(birthName: birthName, usageName: usageName, givenNames: givenNames)
        } catch { throw .corrupt("column \(columns.birthName)") }
    }
}

extension OrderTerms {
    private static let payerName = ("payer_birth_name", "payer_usage_name", "payer_given_names")
    private static let detaineeName = ("detainee_birth_name", "detainee_usage_name", "detainee_given_names")

    fileprivate init(_ id: TransferID, _ cells: inout RowReader) throws(StoreFault) {
        self.id = id
        payer = Payer(
            account: try cells.value("payer") { AccountID($0) }, name: try PersonName(&cells, Self.payerName))
        permit = try cells.value("permit") { PermitNumber($0) }
        let establishment = try cells.value("establishment") { EstablishmentID($0) }
        establishmentName = try cells.text("establishment_name")
        detainee = Detainee(
            establishment: establishment, ecrouNumber: try cells.value("ecrou") { try EcrouNumber($0) },
            name: try PersonName(&cells, Self.detaineeName))
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
    fileprivate init(_ cells: inout RowReader) throws(StoreFault) {
        switch try cells.text("state") {
        case "drafted": self = .drafted
        case "initiating": self = .initiating
        case "awaitingApproval": self = .awaitingApproval
        case "confirming":
            guard let kind = try cells.optionalValue("proof_kind", { ApprovalProof.Kind(rawValue: $0) }) else {
                self = .confirming(nil)
                return
            }
            self = .confirming(ApprovalProof(kind, try cells.text("proof")))
        case "executing": self = .executing
        case "settled": self = .settled
        case "failed": self = .failed(try cells.value("failure") { FailureReason(code: $0) })
        default: throw .corrupt("column state")
        }
    }
}

extension BankChoice {
    /// Nil before a bank was chosen.
    fileprivate init?(_ cells: inout RowReader) throws(StoreFault) {
        guard let bank = try cells.optionalValue("bank", { BankID($0) }) else { return nil }
        self.init(
            bank: bank,
            returnAddress: try cells.value("return_address") { ReturnAddress($0) },
            returnState: try cells.value("return_state") { ReturnState($0) },
            browser: try cells.value("browser") { BrowserSession($0) }, chosenAt: try cells.time("chosen_at"),
            answers: try cells.optionalValue("answers") { BankAnswers(revealed: $0) } ?? .none)
    }
}

extension BankPayment {
    /// Nil before a bank opened one.
    fileprivate init?(_ cells: inout RowReader) throws(StoreFault) {
        guard let id = cells.optionalText("payment_id") else { return nil }
        let address = cells.optionalText("approval_url")
        let expires = cells.optionalTime("approval_expires")
        self.init(
            id: id,
            approval: address.map { .redirect(to: $0, expires: expires) }
                ?? .decoupled(message: cells.optionalText("approval_message"), expires: expires),
            expects: try cells.optionalValue("expected_proof") { ApprovalProof.Kind(rawValue: $0) },
            memo: ProviderMemo(try cells.text("memo")))
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
