/// What of a transfer's row its payer's portal may see: a page of history reads no secret, proof or account number.
extension TransferSummary {
    public static let columns = [
        "id", "permit", "establishment", "establishment_name", "ecrou", "detainee_birth_name", "detainee_usage_name",
        "detainee_given_names", "amount_cents", "payee_name", "drafted_at", "version", "state", "failure", "bank",
        "payment_id", "approval_url", "approval_expires", "approval_message", "updated_at", "unanswered_since",
        "uncertain_initiations",
    ]

    /// - Parameter row: the cells in the order of `columns`.
    public init(row: [ColumnValue]) throws(StoreFault) {
        var cells = try RowReader(Self.columns, row)
        id = try cells.value("id") { TransferID($0) }
        permit = try cells.value("permit") { PermitNumber($0) }
        (detainee, establishmentName) = try Detainee.read(&cells)
        amount = try Amount(&cells)
        payeeName = try cells.text("payee_name")
        draftedAt = try cells.time("drafted_at")
        version = try cells.integer("version")
        state = try TransferState(&cells)
        bank = try cells.optionalValue("bank") { BankID($0) }
        bankReference = cells.optionalText("payment_id")
        let approval = bankReference == nil ? nil : ApprovalStep(&cells)
        updatedAt = try cells.time("updated_at")
        outcome = TransferOutcome(
            of: state, approval: approval, unansweredSince: cells.optionalTime("unanswered_since"),
            mayHaveReachedBank: try cells.integer("uncertain_initiations") > 0)
    }
}
