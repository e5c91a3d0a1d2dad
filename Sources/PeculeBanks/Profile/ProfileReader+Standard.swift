import PeculeHTTP

/// As documents write them.
private enum StandardName: String, CaseIterable {
    case stet
    case berlinGroup = "berlin-group"
}

private enum PaymentIDPlace: String, CaseIterable {
    case location, consentPath, consentQuery
}

// What one standard has and the other has not.
extension ProfileReader {
    func standard(_ flow: RedirectFlow) throws(BankProfileError) -> BankStandard {
        let name: StandardName = try choice("dialect.standard")
        let foreign = name == .stet ? BerlinGroupSettings.members : STETSettings.members
        if let member = foreign.sorted().first(where: { value("dialect.\($0)") != nil }) {
            throw wrong("dialect.\(member)", "not a setting of \(name.rawValue)")
        }
        guard flow != .decoupled || name == .berlinGroup else { throw wrong("redirectFlow", "not a flow of stet") }
        return name == .stet ? .stet(try stet()) : .berlinGroup(try berlinGroup(flow))
    }

    private func stet() throws(BankProfileError) -> STETSettings {
        let version: STETVersion = try choice("dialect.version")
        return STETSettings(
            version: version,
            amount: try choice("dialect.amount", otherwise: version == .v1_4_0 ? .string : .number),
            beneficiary: try choice("dialect.beneficiary", otherwise: .payment), paymentID: try paymentID(),
            confirmationBody: try choice("dialect.confirmationBody", otherwise: .object),
            executionDate: try choice("dialect.executionDate", otherwise: .utc))
    }

    private func paymentID() throws(BankProfileError) -> STETSettings.PaymentID {
        guard value("dialect.paymentID") != nil else { return .location }
        let place: PaymentIDPlace = try choice("dialect.paymentID.in")
        guard (place == .consentQuery) == (value("dialect.paymentID.name") != nil) else {
            throw wrong("dialect.paymentID.name", "only a parameter has a name")
        }
        switch place {
        case .location: return .location
        case .consentPath: return .consentPath
        case .consentQuery: return .consentQuery(name: try text("dialect.paymentID.name", otherwise: nil))
        }
    }

    private func berlinGroup(_ flow: RedirectFlow) throws(BankProfileError) -> BerlinGroupSettings {
        guard flow != .simpleThenConfirm, flow != .bankConfirms else {
            throw wrong("redirectFlow", "not a flow of berlin-group")
        }
        let settings = BerlinGroupSettings(
            start: try choice("dialect.start"), needsPayerID: try flag("dialect.payerID", otherwise: false),
            address: try text("dialect.address", otherwise: nil),
            confirmationCode: try text("dialect.confirmationCode", otherwise: "confirmationCode"))
        guard settings.address.wholeMatch(of: /[0-9]{1,3}(\.[0-9]{1,3}){3}/) != nil else {
            throw wrong("dialect.address", "not an IPv4 address")
        }
        guard settings.confirmationCode != "state", settings.confirmationCode != "error" else {
            throw wrong("dialect.confirmationCode", "means something else in a return")
        }
        // A repeated opening would make the telephone ring for two payments, and the payer could agree to both.
        guard flow != .decoupled || settings.start == .explicit else {
            throw wrong("dialect.start", "the flow decoupled needs: explicit")
        }
        guard flow != .decoupled || settings.needsPayerID else {
            throw wrong("dialect.payerID", "the flow decoupled needs it")
        }
        return settings
    }
}

extension BankStandard {
    var needsPayerID: Bool { if case .berlinGroup(let settings) = self { settings.needsPayerID } else { false } }

    /// Where its name is not the one that is known everywhere.
    var confirmationCode: String? {
        guard case .berlinGroup(let settings) = self else { return nil }
        return settings.confirmationCode == "confirmationCode" ? nil : settings.confirmationCode
    }
}
