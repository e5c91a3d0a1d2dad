/// What the payer answered, by the question's id, and what is known of his browser. Personal data: kept with the
/// transfer until it ends.
public struct BankAnswers: Sensitive, Hashable {
    private let texts: [String: String]
    /// One line each, in the order of their ids: as stores keep them.
    public let revealed: String

    public static let none = BankAnswers()

    private init() { (texts, revealed) = ([:], "") }

    /// - Parameter texts: as typed, by the id of the question.
    /// - Throws: each question whose answer is missing or cannot be right, and why. An answer that nobody asked for is
    ///   dropped.
    public init(
        _ texts: [String: String], to questions: [BankQuestion], from connection: PayerConnection = .unknown
    ) throws(BankAnswerProblems) {
        var kept = connection.texts
        var problems: [BankAnswerProblems.One] = []
        for question in questions {
            do throws(BankAnswerProblems.Reason) {
                if let answer = try question.canonical(texts[question.id] ?? "") { kept[question.id] = answer }
            } catch {
                problems.append(BankAnswerProblems.One(question: question, reason: error))
            }
        }
        guard problems.isEmpty else { throw BankAnswerProblems(problems) }
        self.texts = kept
        revealed = kept.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "\n")
    }

    /// The checked answer to a question; nil when there is none.
    public subscript(_ question: BankQuestion) -> String? { texts[question.id] }

    /// What the portal knew of the payer's browser.
    public var connection: PayerConnection { PayerConnection(texts: texts) }

    public var isEmpty: Bool { texts.isEmpty }

    public var mask: String { isEmpty ? "no answers" : "answers •••" }

    /// Reads what `revealed` wrote.
    init?(revealed text: String) {
        var texts: [String: String] = [:]
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
            guard let end = line.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            texts[String(Substring(line[..<end]))] = String(Substring(line[end...].dropFirst()))
        }
        self.texts = texts
        revealed = text
    }
}

/// The questions that are still open: show them, with the reason at each, and begin again with the answers.
public struct BankAnswerProblems: Error, Sendable, Hashable {
    /// Why an answer cannot be sent.
    public enum Reason: Error, Sendable, Hashable {
        case missing
        case iban(IBAN.Problem)
        case country(String)
        /// The account is at another bank than the one that was chosen.
        case otherBank
        case tooLong(Int)
        /// Control characters, or not of the form that the bank expects.
        case form
    }

    /// One question that is open.
    public struct One: Sendable, Hashable {
        public let question: BankQuestion
        public let reason: Reason

        public init(question: BankQuestion, reason: Reason) { (self.question, self.reason) = (question, reason) }
    }

    public let all: [One]

    public init(_ all: [One]) { self.all = all }
}

extension BankAnswerProblems: CustomStringConvertible {
    /// Names the questions and what is wrong, never an answer.
    public var description: String { all.map { "\($0.question.id): \($0.reason)" }.joined(separator: "; ") }
}

extension BankAnswerProblems.Reason: CustomStringConvertible {
    /// Stable, for machines, with what it speaks of after a dot: `missing`, `iban_length.27.26`, `too_long.50`.
    public var code: String {
        switch self {
        case .missing: "missing"
        case .iban(.characters): "iban_characters"
        case .iban(.country(let code)): "iban_country.\(code)"
        case .iban(.length(let expected, let found)): "iban_length.\(expected).\(found)"
        case .iban(.checkDigits): "iban_check_digits"
        case .iban(.ribKey): "iban_rib_key"
        case .country(let code): "country.\(code)"
        case .otherBank: "other_bank"
        case .tooLong(let longest): "too_long.\(longest)"
        case .form: "form"
        }
    }

    /// Nil for a text that `code` does not write.
    public init?(code: String) {
        let parts = code.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        switch (parts[0], parts.count) {
        case ("missing", 1): self = .missing
        case ("iban_characters", 1): self = .iban(.characters)
        case ("iban_country", 2): self = .iban(.country(parts[1]))
        case ("iban_length", 3):
            guard let expected = Int(parts[1]), let found = Int(parts[2]) else { return nil }
            self = .iban(.length(expected: expected, found: found))
        case ("iban_check_digits", 1): self = .iban(.checkDigits)
        case ("iban_rib_key", 1): self = .iban(.ribKey)
        case ("country", 2): self = .country(parts[1])
        case ("other_bank", 1): self = .otherBank
        case ("too_long", 2):
            guard let longest = Int(parts[1]) else { return nil }
            self = .tooLong(longest)
        case ("form", 1): self = .form
        default: return nil
        }
    }

    public var description: String {
        switch self {
        case .missing: "the bank needs it"
        case .iban(let problem): problem.description
        case .country(let code): "the bank takes no account of \(code)"
        case .otherBank: "not an account at this bank"
        case .tooLong(let longest): "at most \(longest) characters"
        case .form: "not of the form that the bank expects"
        }
    }
}
