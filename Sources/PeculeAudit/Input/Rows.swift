/// What the auditor reads of a row of `transfers`.
struct TransferRow {
    let id: String
    let version: Int
    private(set) var state: State
    let failure: String?
    let proof: String?
    let establishment: String
    /// Whose account the money is for, within the establishment. Never shown.
    let detainee: String
    let amountCents: Int
    let payee: String
    let draftedAt: Int
    private(set) var bank: String?
    let returnState: String?
    let chosenAt: Int?
    let chosenMonth: Int?
    let paymentID: String?
    let deadline: Int?
    let updatedAt: Int
    let initiations: Int
    let reserves: Int
    /// What the bank gave back otherwise than ordered; empty when nothing.
    let alarm: String
    let contradiction: String?
    let needsOperator: Int
    /// What the payer told for his bank. Never shown.
    let answers: String?

    init(_ cells: RowReader) throws(Unreadable) {
        id = try cells.text("id")
        version = try cells.integer("version")
        state = try cells.state()
        failure = try cells.optionalText("failure")
        proof = try cells.optionalText("proof")
        establishment = try cells.text("establishment")
        detainee = try cells.text("ecrou")
        amountCents = try cells.positive("amount_cents")
        payee = try cells.text("payee_iban")
        draftedAt = try cells.integer("drafted_at")
        bank = try cells.optionalText("bank")
        returnState = try cells.optionalText("return_state")
        chosenAt = try cells.optionalInteger("chosen_at")
        chosenMonth = try cells.optionalInteger("chosen_month")
        paymentID = try cells.optionalText("payment_id")
        deadline = try cells.optionalInteger("deadline")
        updatedAt = try cells.integer("updated_at")
        initiations = try cells.integer("uncertain_initiations")
        reserves = try cells.integer("reserves")
        alarm = try cells.text("alarm")
        contradiction = try cells.optionalText("contradiction")
        needsOperator = try cells.integer("needs_operator")
        answers = try cells.optionalText("answers")
    }

    /// With the state and the bank that the log ends with.
    func rebuilt(state: State, bank: String?) -> TransferRow {
        var row = self
        (row.state, row.bank) = (state, bank)
        return row
    }

    /// Whether the state allows that a bank knows of it.
    var mayHaveReachedBank: Bool {
        switch state {
        case .drafted: false
        case .initiating: initiations > 0
        case .awaitingApproval, .confirming, .executing, .settled, .failed: true
        }
    }

    /// Whether the amount counts against the monthly cap: from the moment a bank may hear of it until it has failed.
    var countsAgainstCap: Bool { mayHaveReachedBank && state != .failed }
}

/// A row of `events`.
struct EventRow {
    let transfer: String
    let version: Int
    let event: Event
    let detail: String
    let state: State
    let at: Int

    init(_ cells: RowReader) throws(Unreadable) {
        transfer = try cells.text("transfer")
        version = try cells.integer("version")
        guard let event = Event(rawValue: try cells.text("event")) else { throw Unreadable("event", "no known event") }
        self.event = event
        detail = try cells.text("detail")
        state = try cells.state()
        at = try cells.integer("at")
        let correlation = try cells.text("correlation")
        guard !correlation.isEmpty else { throw Unreadable("correlation", "an empty text") }
    }
}

/// A row of `outbox`.
struct NoticeRow {
    let sequence: Int
    let transfer: String
    let version: Int
    let state: State

    init(_ cells: RowReader) throws(Unreadable) {
        sequence = try cells.integer("sequence")
        transfer = try cells.text("transfer")
        version = try cells.integer("version")
        state = try cells.state()
    }
}

/// A cell that is not what its column should hold.
struct Unreadable: Error {
    let column: String
    let found: String

    init(_ column: String, _ found: String) {
        self.column = column
        self.found = found
    }
}

/// Reads the cells of one row by the names of their columns.
struct RowReader {
    let positions: [String: Int]
    let cells: [Cell]

    func cell(_ name: String) -> Cell? {
        positions[name].flatMap { cells.indices.contains($0) ? cells[$0] : nil }
    }

    func text(_ name: String) throws(Unreadable) -> String {
        guard case .text(let text) = cell(name) else { throw Unreadable(name, Mask.cell(cell(name))) }
        return text
    }

    func optionalText(_ name: String) throws(Unreadable) -> String? {
        cell(name) == .null ? nil : try text(name)
    }

    func integer(_ name: String) throws(Unreadable) -> Int {
        guard case .integer(let value) = cell(name) else { throw Unreadable(name, Mask.cell(cell(name))) }
        return value
    }

    func optionalInteger(_ name: String) throws(Unreadable) -> Int? {
        cell(name) == .null ? nil : try integer(name)
    }

    func positive(_ name: String) throws(Unreadable) -> Int {
        let value = try integer(name)
        guard value > 0 else { throw Unreadable(name, "\(value)") }
        return value
    }

    func state() throws(Unreadable) -> State {
        guard let state = State(rawValue: try text("state")) else { throw Unreadable("state", "no known state") }
        return state
    }
}
