/// The banks that a gateway can send payers to, found by id, BIC, bank code or part of the name.
public struct BankDirectory: Sendable {
    /// Two providers that answer to one name: a mistake of configuration.
    public enum Duplicate: Error, Sendable, Hashable, CustomStringConvertible {
        case id(BankID)
        case bic(BIC)
        case bankCode(String)

        public var description: String {
            switch self {
            case .id(let id): "banks: two banks have the id \(id)"
            case .bic(let bic): "banks: two banks have the BIC \(bic)"
            case .bankCode(let code): "banks: two banks have the bank code \(code)"
            }
        }
    }

    private let providers: [any BankProvider]

    public init(_ providers: [any BankProvider]) throws(Duplicate) {
        var ids: Set<BankID> = []
        var bics: Set<BIC> = []
        var codes: Set<String> = []
        for bank in providers.map(\.bank) {
            guard ids.insert(bank.id).inserted else { throw .id(bank.id) }
            if let bic = bank.bic?.ofBranch, !bics.insert(bic).inserted { throw .bic(bic) }
            for code in bank.bankCodes where !codes.insert(code).inserted { throw .bankCode(code) }
        }
        self.providers = providers.sorted { $0.bank.name < $1.bank.name }
    }

    /// All banks by name, or those that a typed search finds: a part of the name without regard to accents and
    /// case, a country's two letters, a bank code, or the beginning of a BIC.
    public func banks(matching search: String = "") -> [Bank] {
        let banks = providers.map(\.bank)
        let wanted = PlainLetters.folded(search).lowercased().split(whereSeparator: \.isWhitespace)
        guard !wanted.isEmpty else { return banks }
        return banks.filter { bank in
            let name = PlainLetters.folded(bank.name).lowercased()
            return wanted.allSatisfy { word in
                name.contains(word) || bank.country.lowercased() == word || bank.bankCodes.contains(String(word))
                    || bank.bic.map { $0.text.lowercased().hasPrefix(word) } == true
            }
        }
    }

    /// The provider of a bank; nil when the directory does not have it.
    public func provider(_ id: BankID) -> (any BankProvider)? { providers.first { $0.bank.id == id } }

    /// The bank of this branch; failing that, the one that its first eight characters name as a whole.
    public func bank(_ bic: BIC) -> Bank? {
        let banks = providers.map(\.bank)
        return banks.first { $0.bic?.ofBranch == bic.ofBranch } ?? banks.first { $0.bic == bic.ofWholeBank }
    }

    /// The bank that holds a French account.
    public func bank(holding iban: IBAN) -> Bank? {
        guard let code = iban.frenchBankCode else { return nil }
        return providers.map(\.bank).first { $0.bankCodes.contains(code) }
    }
}
