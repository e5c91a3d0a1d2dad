/// STET releases whose messages differ.
public enum STETVersion: String, Sendable, CaseIterable {
    case v1_4_0 = "1.4.0"
    case v1_4_2 = "1.4.2"
    case v1_6 = "1.6"
}

/// In what one bank of STET's standard differs from another.
public struct STETSettings: Sendable, Hashable {
    /// How an amount is written in JSON.
    public enum AmountForm: String, Sendable, CaseIterable {
        case string, number
    }

    /// Where the one beneficiary stands.
    public enum Level: String, Sendable, CaseIterable {
        case payment, instruction, both
    }

    /// Where the bank's answer to an opening names the payment.
    public enum PaymentID: Sendable, Hashable {
        /// The last segment of `Location`.
        case location
        /// The last segment of the consent URL's path.
        case consentPath
        /// This query parameter of the consent URL.
        case consentQuery(name: String)
    }

    /// What a confirmation that carries nothing is.
    public enum ConfirmationBody: String, Sendable, CaseIterable {
        case object, none
    }

    /// By which clock a bank reads `requestedExecutionDate`.
    public enum Zone: String, Sendable, CaseIterable {
        case utc = "UTC"
        case paris = "Europe/Paris"
    }

    public let version: STETVersion
    public let amount: AmountForm
    public let beneficiary: Level
    public let paymentID: PaymentID
    public let confirmationBody: ConfirmationBody
    public let executionDate: Zone

    static let members: Set<String> = [
        "version", "amount", "beneficiary", "paymentID", "confirmationBody", "executionDate",
    ]
}
