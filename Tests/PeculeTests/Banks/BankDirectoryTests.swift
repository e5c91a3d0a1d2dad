import Pecule
import Testing

@Suite struct BankDirectoryTests {
    private static func bank(_ id: String, _ name: String, _ bic: String? = nil, _ codes: String...) -> ListedBank {
        ListedBank(bank: Bank(id: Sample.bank(id), name: name, bic: bic.flatMap(BIC.init), bankCodes: codes))
    }

    private static let directory = make([
        bank("rivage", "Crédit du Rivage", "BBBBFRPP", "99992"),
        bank("deux-rives", "Banque des Deux Rives", "AAAAFRPPXXX", "99991", "99990"),
        bank("nord", "Caisse du Nord", "CCCCFRPP811", "99993"),
        bank("sud", "Caisse du Sud", "CCCCFRPP812", "99994"),
        bank("sans-bic", "Œuvre & Épargne"),
    ])

    /// What is typed, and the banks that are shown for it.
    @Test(arguments: [
        ("", ["deux-rives", "nord", "sud", "rivage", "sans-bic"]),
        ("   ", ["deux-rives", "nord", "sud", "rivage", "sans-bic"]),
        ("rive", ["deux-rives"]),
        ("RIVES deux", ["deux-rives"]),
        ("credit", ["rivage"]),
        ("crédit", ["rivage"]),
        ("cre\u{301}dit", ["rivage"]),
        ("oeuvre", ["sans-bic"]),
        ("caisse", ["nord", "sud"]),
        ("caisse sud", ["sud"]),
        ("99991", ["deux-rives"]),
        ("9999", []),
        ("aaaafr", ["deux-rives"]),
        ("CCCCFRPP812", ["sud"]),
        ("fr", ["deux-rives", "nord", "sud", "rivage", "sans-bic"]),
        ("be", []),
        ("<script>", []),
        (String(repeating: "a ", count: 5_000), ["deux-rives", "nord", "sud", "rivage", "sans-bic"]),
        ("zzz", []),
    ])
    func search(_ text: String, found: [String]) {
        #expect(Self.directory.banks(matching: text).map(\.id.text) == found)
    }

    /// A branch has its own BIC; eight characters alone name the whole bank.
    @Test(arguments: [
        ("AAAAFRPP", "deux-rives"),
        ("AAAAFRPPXXX", "deux-rives"),
        ("BBBBFRPP", "rivage"),
        ("BBBBFRPP123", "rivage"),
        ("CCCCFRPP811", "nord"),
        ("CCCCFRPP812", "sud"),
        ("CCCCFRPP813", nil),
        ("DDDDFRPP", nil),
    ] as [(String, String?)])
    func byBIC(_ text: String, bank: String?) throws {
        #expect(Self.directory.bank(try #require(BIC(text)))?.id.text == bank)
    }

    @Test(arguments: [
        ("FR7699991000010000001234570", "deux-rives"),
        ("FR7699992000420000009876566", "rivage"),
        ("FR1420041010050500013M02606", nil),
        ("DE89370400440532013000", nil),
    ] as [(String, String?)])
    func byAccount(_ text: String, bank: String?) throws {
        #expect(Self.directory.bank(holding: try IBAN(text))?.id.text == bank)
    }

    @Test func byID() {
        #expect(Self.directory.provider(Sample.bank("nord"))?.bank.name == "Caisse du Nord")
        #expect(Self.directory.provider(Sample.bank("Nord")) == nil)
    }

    @Test(arguments: [
        ([bank("a", "A"), bank("a", "B")], BankDirectory.Duplicate.id(Sample.bank("a"))),
        ([bank("a", "A", "AAAAFRPP812"), bank("b", "B", "AAAAFRPP812")], .bic(bic("AAAAFRPP812"))),
        ([bank("a", "A", "AAAAFRPP"), bank("b", "B", "AAAAFRPPXXX")], .bic(bic("AAAAFRPPXXX"))),
        ([bank("a", "A", nil, "99991"), bank("b", "B", nil, "99992", "99991")], .bankCode("99991")),
    ])
    func oneNameTwoBanks(_ banks: [ListedBank], duplicate: BankDirectory.Duplicate) {
        #expect(throws: duplicate) { try BankDirectory(banks) }
        #expect(duplicate.description.hasPrefix("banks: two banks have the "))
    }

    @Test func noBanks() throws { #expect(try BankDirectory([]).banks().isEmpty) }

    private static func bic(_ text: String) -> BIC {
        guard let bic = BIC(text) else { preconditionFailure("not a BIC") }
        return bic
    }

    private static func make(_ banks: [ListedBank]) -> BankDirectory {
        guard let directory = try? BankDirectory(banks) else { preconditionFailure("two banks are one") }
        return directory
    }
}

/// A bank that is looked up and never called.
struct ListedBank: BankProvider {
    let bank: Bank

    func initiate(_ order: TransferOrder, _ choice: BankChoice) async throws(BankFault) -> BankPayment {
        throw .unreachable
    }

    func confirm(
        _ payment: BankPayment, of order: TransferOrder, _ choice: BankChoice, proof: ApprovalProof?
    ) async throws(BankFault) -> BankReport { throw .unreachable }

    func report(_ payment: BankPayment, of order: TransferOrder) async throws(BankFault) -> BankReport {
        throw .unreachable
    }

    func cancel(
        _ payment: BankPayment, of order: TransferOrder, _ choice: BankChoice
    ) async throws(BankFault) -> BankReport { throw .unreachable }
}
