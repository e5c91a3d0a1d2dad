import Foundation
import Pecule
import PeculeCrypto
import PeculePortal
import Synchronization

/// A desk with two establishments, two relatives and a box in which mails would lie. Everybody is invented.
struct DeskWorld {
    let clock = DeskClock()
    let store: any ItemStore = InMemoryStore()
    let mortal: MortalStore
    let mails = MailBox()
    let permits: PermitBook
    let desk: ApplicationDesk

    init() {
        mortal = MortalStore(store)
        let register = DetaineeList([
            (Detainee(establishment: Self.prison, ecrouNumber: Self.ecrou("012345"), name: Self.emile), .convicted),
            (Detainee(establishment: Self.prison, ecrouNumber: Self.ecrou("067890"), name: Self.emile), .remand),
            (Detainee(establishment: Self.otherPrison, ecrouNumber: Self.ecrou("5"), name: Self.emile), .convicted),
        ])
        let mails = mails
        permits = PermitBook(mortal, environment: clock.environment)
        desk = ApplicationDesk(
            store: mortal, register: register, permits: permits, keys: Self.keys, environment: clock.environment
        ) { notice, application throws(StoreFault) in mails.take(notice, application) }
    }

    static let emile = made { try PersonName(birthName: "Petit", givenNames: ["Émile"]) }
    static let prison = some(EstablishmentID("mc-pont-neuf"))
    static let otherPrison = some(EstablishmentID("cd-les-saules"))
    static let keys = some(DocumentKeys(current: "k", keys: ["k": SHA256.digest([1])]))
    static let jeanne = person("jeanne", "Petit", "Jeanne", "1980-01-01")
    static let marcel = person("marcel", "Voleur", "Marcel", "1970-01-01")
    static let clerk = StaffMember(id: some(StaffID("greffe-1")), establishment: prison)
    static let otherClerk = StaffMember(id: some(StaffID("greffe-2")), establishment: otherPrison)
    static let brother = made { try Relationship(.sibling) }
    static let detainee = DetaineeAccount(establishment: prison, ecrouNumber: ecrou("012345"))

    static func ecrou(_ text: String) -> EcrouNumber { made { try EcrouNumber(text) } }

    static func some<Value>(_ value: Value?) -> Value {
        guard let value else { preconditionFailure("a sample is not valid") }
        return value
    }

    private static func made<Value>(_ make: () throws -> Value) -> Value { some(try? make()) }

    private static func person(_ account: String, _ name: String, _ given: String, _ born: String) -> Applicant {
        Applicant(
            account: some(AccountID("account-\(account)")),
            name: made { try PersonName(birthName: name, givenNames: [given]) },
            birthDate: DateOfBirth(born), email: some(EmailAddress("\(account)@mail.example")))
    }

    /// A draft with all steps done.
    func draft(
        by applicant: Applicant = jeanne, _ beneficiary: Beneficiary = .applicant
    ) async throws -> PermitApplication {
        let account = applicant.account
        let id = try await desk.start(applicant).id
        _ = try await desk.verify(Self.detainee, for: id, of: account)
        _ = try await desk.name(Self.emile, for: id, of: account)
        for entry in [.listRead, .beneficiary(beneficiary), .relationship(Self.brother)] as [ApplicationEntry] {
            _ = try await desk.fill(entry, in: id, of: account)
        }
        _ = try await desk.addPiece(.identityPhoto, SampleFile.jpeg(), filename: "moi.jpg", to: id, of: account)
        _ = try await desk.fill(.identityDocument(.passport), in: id, of: account)
        _ = try await desk.addPiece(.identityDocument, SampleFile.png(), filename: "p.png", to: id, of: account)
        let application = try await desk.addPiece(
            .proofOfAddress, SampleFile.pdf(), filename: "edf.pdf", to: id, of: account)
        let extra = application.requiredPieces(at: clock.now)?.kinds.filter { $0.step == .otherPieces } ?? []
        for kind in extra {
            _ = try await desk.addPiece(kind, SampleFile.pdf(), filename: "x.pdf", to: id, of: account)
        }
        return try await desk.fill(.comment(""), in: id, of: account)
    }

    /// One that was sent.
    func sent(by applicant: Applicant = jeanne) async throws -> PermitApplication {
        try await desk.submit(try await draft(by: applicant).id, of: applicant.account)
    }

    /// One that is being read.
    func underReview() async throws -> PermitApplication {
        try await desk.beginReview(try await sent().id, by: Self.clerk)
    }

    /// Sweeps until nothing is due.
    func sweep() async throws { while try await desk.sweep() > 0 {} }

    /// How many items of each kind are kept.
    func count(_ kind: String) async throws -> Int { try await store.items(kind, after: "", limit: 1000).count }
}

/// Mails by their id: one that comes twice is one.
final class MailBox: Sendable {
    private let mails = Mutex<[(notice: ApplicationNotice, to: String)]>([])

    func take(_ notice: ApplicationNotice, _ application: PermitApplication) {
        mails.withLock { mails in
            guard !mails.contains(where: { $0.notice.id == notice.id }) else { return }
            mails.append((notice, application.applicant.email.revealed))
        }
    }

    var kinds: [ApplicationNotice.Kind] { mails.withLock { $0.map(\.notice.kind) } }
    var receivers: Set<String> { mails.withLock { Set($0.map(\.to)) } }
}

/// The code of what a call of the desk threw; `ok` when it threw nothing.
func outcome(_ call: () async throws -> some Any) async -> String {
    do {
        _ = try await call()
        return "ok"
    } catch { return "\(error)".replacing("application: ", with: "") }
}
