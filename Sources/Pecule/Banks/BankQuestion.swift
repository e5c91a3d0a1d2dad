/// Something that a bank has to be told before it opens a payment. Data: a portal shows and checks it without knowing
/// the bank.
public struct BankQuestion: Sendable, Hashable {
    /// What an answer has to be.
    public enum Kind: Sendable, Hashable {
        /// The number of an account in one of these countries (two letters each); of any country when there is none.
        case iban(countries: Set<String>)
        /// The number of a French account at the bank that these five-digit codes name.
        case frenchIBAN(bankCodes: Set<String>)
        /// A line of at most so many characters, in which this regular expression (ECMA 262, whole line) matches.
        case text(longest: Int, pattern: String?)
    }

    /// Stable, for machines and form fields: `debtor_iban`, `psu_id`.
    public let id: String
    public let kind: Kind
    /// What the payer reads: short, in French.
    public let label: String
    /// Where to find it, in a sentence in French; nil when the label says it all.
    public let help: String?
    /// False when the bank goes on without it, and has the payer tell it there.
    public let isRequired: Bool

    /// - Parameter id: small letters, digits and underscores.
    public init(id: String, kind: Kind, label: String, help: String? = nil, isRequired: Bool = true) {
        precondition(id.wholeMatch(of: /[a-z0-9_]{1,35}/) != nil, "a question's id is a word of small letters")
        self.id = id
        self.kind = kind
        self.label = label
        self.help = help
        self.isRequired = isRequired
    }

    /// The payer's own account, which Berlin Group's payment initiation does not go without.
    public static let debtorIBAN = debtorAccount()

    /// - Parameters:
    ///   - isRequired: false where the bank lets the payer choose the account there; giving it is a shorter way.
    ///   - bankCodes: those of the bank, where it takes no account of another.
    public static func debtorAccount(isRequired: Bool = true, atBankCodes bankCodes: Set<String> = []) -> BankQuestion {
        BankQuestion(
            id: "debtor_iban", kind: bankCodes.isEmpty ? .iban(countries: []) : .frenchIBAN(bankCodes: bankCodes),
            label: "IBAN de votre compte",
            help: "Il figure sur votre relevé d’identité bancaire (RIB). Il ne sert qu’à ce virement.",
            isRequired: isRequired)
    }

    /// What names the payer at his bank, for an approval on his telephone.
    public static let payerID = BankQuestion(
        id: "psu_id", kind: .text(longest: 50, pattern: nil), label: "Identifiant de votre banque en ligne",
        help: "Celui avec lequel vous vous connectez à votre banque. Ne donnez jamais votre mot de passe.")
}

extension BankQuestion {
    /// The answer as it is sent to a bank; nil for none where none is needed.
    func canonical(_ typed: String) throws(BankAnswerProblems.Reason) -> String? {
        let text = typed.drop(while: \.isWhitespace)
        let trimmed = String(text.prefix(text.count - text.reversed().prefix(while: \.isWhitespace).count))
        guard !trimmed.isEmpty else {
            if isRequired { throw .missing }
            return nil
        }
        switch kind {
        case .iban(let countries): return try Self.account(trimmed, countries).revealed
        case .frenchIBAN(let bankCodes):
            let iban = try Self.account(trimmed, ["FR"])
            guard let code = iban.frenchBankCode, bankCodes.contains(code) else { throw .otherBank }
            return iban.revealed
        case .text(let longest, let pattern): return try Self.line(trimmed, longest, pattern)
        }
    }

    private static func account(
        _ text: String, _ countries: Set<String>
    ) throws(BankAnswerProblems.Reason) -> IBAN {
        let iban: IBAN
        do throws(IBAN.Problem) { iban = try IBAN(text) } catch { throw .iban(error) }
        guard countries.isEmpty || countries.contains(iban.country) else { throw .country(iban.country) }
        return iban
    }

    private static func line(
        _ text: String, _ longest: Int, _ pattern: String?
    ) throws(BankAnswerProblems.Reason) -> String {
        guard text.count <= longest else { throw .tooLong(longest) }
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { throw .form }
        if let pattern, (try? Regex(pattern).wholeMatch(in: text)) == nil { throw .form }
        return text
    }
}
