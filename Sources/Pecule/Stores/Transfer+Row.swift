import Foundation

/// A transfer as a row of plain columns, the same in every database. Adapters bind and read them in this order; the
/// names are also what an auditor reads.
extension Transfer {
    public static let columns = orderColumns + changingColumns

    /// What the order fixes: written with the draft, and never again.
    public static let orderColumns = [
        "id", "payer", "payer_birth_name", "payer_usage_name", "payer_given_names", "permit", "establishment",
        "establishment_name", "ecrou", "detainee_birth_name", "detainee_usage_name", "detainee_given_names",
        "amount_cents", "payee_name", "payee_iban", "payee_bic", "remittance", "drafted_at",
    ]

    /// What events change.
    public static let changingColumns = [
        "version", "state", "failure", "proof_kind", "proof", "bank", "return_address", "return_state", "browser",
        "chosen_at", "chosen_month", "answers", "payment_id", "approval_url", "approval_expires", "approval_message",
        "expected_proof", "memo", "deadline", "updated_at", "unanswered_since", "confirmation_ends", "alarm",
        "attempts", "uncertain_initiations", "reserves", "requests", "rests_until", "contradiction", "needs_operator",
    ]

    /// The cells, in the order of `columns`.
    public var row: [ColumnValue] { orderRow + changingRow }

    private var orderRow: [ColumnValue] {
        var row: [ColumnValue] = []
        row.reserveCapacity(Self.orderColumns.count)
        row.append(.text(id.text))
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
        return row
    }

    private static func add(_ name: PersonName, to row: inout [ColumnValue]) {
        row.append(.text(name.birthName))
        row.append(.optional(name.usageName))
        row.append(.text(name.givenNames.joined(separator: ",")))
    }

    /// `chosen_month` is year × 100 + month in Paris, `reserves` 1 while the amount counts against the monthly cap,
    /// `needs_operator` 1 while it is an operator's case whatever the time.
    var changingRow: [ColumnValue] {
        var row: [ColumnValue] = []
        row.reserveCapacity(Self.changingColumns.count)
        addState(to: &row)
        addChoice(to: &row)
        addPayment(to: &row)
        addClock(to: &row)
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
        row.append(.integer(version))
        row.append(.text(state.name))
        row.append(.optional(failure))
        row.append(.optional(proof?.kind.rawValue))
        row.append(.optional(proof?.revealed))
    }

    private func addChoice(to row: inout [ColumnValue]) {
        guard let choice else { return row.append(contentsOf: repeatElement(.null, count: 7)) }
        row.append(.text(choice.bank.text))
        row.append(.text(choice.returnAddress.text))
        row.append(.text(choice.returnState.revealed))
        row.append(.text(choice.browser.revealed))
        row.append(.time(choice.chosenAt))
        row.append(.integer(choice.month.number))
        row.append(choice.answers.isEmpty ? .null : .text(choice.answers.revealed))
    }

    private func addPayment(to row: inout [ColumnValue]) {
        guard let payment else { return row.append(contentsOf: repeatElement(.null, count: 6)) }
        row.append(.text(payment.id))
        switch payment.approval {
        case .redirect(let address, let expires): row += [.text(address), .time(expires), .null]
        case .decoupled(let message, let expires): row += [.null, .time(expires), .optional(message)]
        }
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
}

// Reading back.
extension Transfer {
    /// - Parameter row: the cells in the order of `columns`.
    public init(row: [ColumnValue]) throws(StoreFault) {
        var cells = try RowReader(Self.columns, row)
        order = TransferOrder(try OrderTerms(&cells))
        version = try cells.integer("version")
        state = try TransferState(&cells)
        if state == .confirming(nil) { state = .confirming(try ApprovalProof(&cells)) }
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
        let givenNames = try cells.text(columns.givenNames).utf8.split(separator: UInt8(ascii: ","))
            .map { String(Substring($0)) }
        do throws(Problem) {
            self = try PersonName(birthName: birthName, usageName: usageName, givenNames: givenNames)
        } catch { throw .corrupt("column \(columns.birthName)") }
    }
}

extension OrderTerms {
    private static let payerName = ("payer_birth_name", "payer_usage_name", "payer_given_names")

    fileprivate init(_ cells: inout RowReader) throws(StoreFault) {
        id = try cells.value("id") { TransferID($0) }
        payer = Payer(
            account: try cells.value("payer") { AccountID($0) }, name: try PersonName(&cells, Self.payerName))
        permit = try cells.value("permit") { PermitNumber($0) }
        (detainee, establishmentName) = try Detainee.read(&cells)
        amount = try Amount(&cells)
        let payee = Payee(
            name: try cells.text("payee_name"), iban: try cells.value("payee_iban") { try IBAN($0) },
            bic: try cells.optionalValue("payee_bic") { BIC($0) })
        guard let payee else { throw .corrupt("column payee_name") }
        self.payee = payee
        remittance = try cells.value("remittance") { try Remittance($0) }
        draftedAt = try cells.time("drafted_at")
    }
}

extension Detainee {
    private static let nameColumns = ("detainee_birth_name", "detainee_usage_name", "detainee_given_names")

    /// With the establishment's name, which stands between.
    static func read(
        _ cells: inout RowReader
    ) throws(StoreFault) -> (detainee: Detainee, establishmentName: String) {
        let establishment = try cells.value("establishment") { EstablishmentID($0) }
        let establishmentName = try cells.text("establishment_name")
        let detainee = Detainee(
            establishment: establishment, ecrouNumber: try cells.value("ecrou") { try EcrouNumber($0) },
            name: try PersonName(&cells, Self.nameColumns))
        return (detainee, establishmentName)
    }
}

extension Amount {
    init(_ cells: inout RowReader) throws(StoreFault) {
        guard let amount = Amount(cents: try cells.integer("amount_cents")) else {
            throw .corrupt("column amount_cents")
        }
        self = amount
    }
}

extension TransferState {
    /// Without the proof of approval.
    init(_ cells: inout RowReader) throws(StoreFault) {
        switch try cells.text("state") {
        case "drafted": self = .drafted
        case "initiating": self = .initiating
        case "awaitingApproval": self = .awaitingApproval
        case "confirming": self = .confirming(nil)
        case "executing": self = .executing
        case "settled": self = .settled
        case "failed": self = .failed(try cells.value("failure") { FailureReason(code: $0) })
        default: throw .corrupt("column state")
        }
    }
}

extension ApprovalProof {
    /// Nil where the bank needs none.
    fileprivate init?(_ cells: inout RowReader) throws(StoreFault) {
        guard let kind = try cells.optionalValue("proof_kind", { Kind(rawValue: $0) }) else { return nil }
        self.init(kind, try cells.text("proof"))
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
        self.init(
            id: id, approval: ApprovalStep(&cells),
            expects: try cells.optionalValue("expected_proof") { ApprovalProof.Kind(rawValue: $0) },
            memo: ProviderMemo(try cells.text("memo")))
    }
}

extension ApprovalStep {
    /// Of a payment that a bank opened.
    init(_ cells: inout RowReader) {
        let address = cells.optionalText("approval_url")
        let expires = cells.optionalTime("approval_expires")
        self = address.map { .redirect(to: $0, expires: expires) }
            ?? .decoupled(message: cells.optionalText("approval_message"), expires: expires)
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
