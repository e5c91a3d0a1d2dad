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

    /// By name.
    private let banks: [Bank]
    private let providers: [BankID: any BankProvider]

    public init(_ providers: [any BankProvider]) throws(Duplicate) {
        var byID: [BankID: any BankProvider] = [:]
        var bics: Set<BIC> = []
        var codes: Set<String> = []
        let banks = providers.map(\.bank)
        for (bank, provider) in zip(banks, providers) {
            guard byID.updateValue(provider, forKey: bank.id) == nil else { throw .id(bank.id) }
            if let bic = bank.bic?.ofBranch, !bics.insert(bic).inserted { throw .bic(bic) }
            for code in bank.bankCodes where !codes.insert(code).inserted { throw .bankCode(code) }
        }
        self.banks = banks.sorted { $0.name < $1.name }
        self.providers = byID
    }

    /// All banks by name, or those that a typed search finds: a part of the name without regard to accents and
    /// case, a country's two letters, a bank code, or the beginning of a BIC.
    public func banks(matching search: String = "") -> [Bank] {
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
    public func provider(_ id: BankID) -> (any BankProvider)? { providers[id] }

    /// The bank of this branch; failing that, the one that its first eight characters name as a whole.
    public func bank(_ bic: BIC) -> Bank? {
        banks.first { $0.bic?.ofBranch == bic.ofBranch } ?? banks.first { $0.bic == bic.ofWholeBank }
    }

    /// The bank that holds a French account.
    public func bank(holding iban: IBAN) -> Bank? {
        guard let code = iban.frenchBankCode else { return nil }
        return banks.first { $0.bankCodes.contains(code) }
    }
}
