import Foundation
import Pecule
import PeculeBanks
import PeculeHTTP
import PeculeMockBank
import Synchronization
import Testing

@testable import PeculeCLI

/// Certificates made once for the run.
private let papers = Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "pecule-scenario-\(UUID())").path
    try MockBankCertificates.make(in: folder, at: Int(Date().timeIntervalSince1970))
    return folder
}

/// Transfers over mutual TLS and under signatures, on real sockets.
@Suite struct TrustTests {
    @Test(arguments: MockBankProfile.secured.map(\.id), [DemoOutcome.settled, .refused])
    func aTransferEndsAsThePayerDecides(bank: String, ending: DemoOutcome) async throws {
        let network = try DemoNetwork(certificates: try papers.get())
        let world = try await World(.sockets, banks: MockBankProfile.secured, over: network)
        let begun = try await world.begin(at: bank, answering: Self.answers(world, bank))
        var payer = world.payer()
        payer.refuses = ending == .refused
        _ = try await payer.walk(from: try Self.link(begun))
        let transfer = try await world.sweepUntilFinal(begun.id)
        #expect(transfer.state == (ending == .settled ? .settled : .failed(.deniedByPayer)))
        #expect(world.debits(of: transfer.id) == (ending == .settled ? [2550] : []))
        await world.stop()
    }

    /// Whose certificates the gateway has, and what it hears.
    @Test(arguments: [
        ("tpp", "sceau", true), ("other-tpp", "sceau", false), ("expired", "sceau", false),
        ("foreign", "sceau", false), ("other-tpp", "ecluse", false), ("expired", "ecluse", false),
        ("tpp", "beffroi", true), ("other-tpp", "beffroi", false), ("expired", "beffroi", false),
        ("foreign", "beffroi", false), ("tpp", "donjon", true), ("other-tpp", "donjon", false),
        ("tpp", "rempart", true), ("foreign", "rempart", false),
    ])
    func nobodyElseOpensAPayment(initiator: String, bank: String, opens: Bool) async throws {
        let network = try DemoNetwork(certificates: try papers.get(), initiator: initiator)
        let world = try await World(.sockets, banks: MockBankProfile.secured, over: network)
        do throws(PeculeError) {
            _ = try await Self.begin(world, bank)
            #expect(opens)
        } catch {
            #expect(!opens)
            #expect(!error.moneyMayHaveMoved)
        }
        #expect(world.bank.payments().count == (opens ? 1 : 0))
        await world.stop()
    }

    private static func begin(_ world: World, _ bank: String) async throws(PeculeError) -> TransferSummary {
        do { return try await world.begin(at: bank, answering: answers(world, bank)) } catch let error as PeculeError {
            throw error
        } catch {
            Issue.record("\(error)")
            throw .unknownBank
        }
    }

    /// What somebody on the way does to the bank's signed answers.
    @Test(arguments: [
        ("nothing", true), ("drops the signature", false), ("changes the body", false),
        ("changes the digest too", false), ("gives an older answer", false), ("gives another's identifier", false),
    ])
    func anAnswerThatTheBankDidNotSignIsNotBelieved(what: String, isBelieved: Bool) async throws {
        let network = try DemoNetwork(certificates: try papers.get())
        let world = try await World(.sockets, banks: MockBankProfile.secured, over: network) {
            Meddler(inner: $0, what: what)
        }
        if what == "gives an older answer" { _ = try await world.begin(at: "sceau") }
        let begun = try? await world.begin(at: "sceau")
        #expect((begun != nil) == isBelieved)
        await world.stop()
    }

    /// The bank executed and the connection was reset, over mutual TLS and under signatures.
    @Test(arguments: MockBankProfile.secured.map(\.id))
    func aLostReplyEndsWithExactlyOneDebit(bank: String) async throws {
        let network = try DemoNetwork(certificates: try papers.get())
        let world = try await World(.sockets, banks: MockBankProfile.secured, over: network)
        try world.bank.play("at open reset; at confirm reset", at: bank)
        let id = try await world.openUnheard(at: bank, answering: Self.answers(world, bank))
        let transfer = try await world.sweepUntilFinal(id)
        #expect(transfer.state == .settled)
        #expect(world.debits(of: id) == [2550])
        await world.stop()
    }

    @Test func withoutASealNothingIsSent() async throws {
        let network = try DemoNetwork(certificates: try papers.get())
        let world = try await World(.sockets, banks: MockBankProfile.secured, over: network)
        let profile = try #require(world.profiles.first { $0.bank.id.text == "beffroi" })
        #expect(profile.signature?.description.hasPrefix("rsa-sha512 over digest x-request-id date") == true)
        let bank = HTTPBank(profile, initiatingParty: "Scenario", transport: world.faults)
        let payment = BankPayment(id: "1", approval: .decoupled(message: nil, expires: nil))
        let begun = try await world.begin(at: "ecluse")
        let draft = try #require(world.store.transfer(begun.id)).order
        await #expect(throws: BankFault.notSent(BankFault.Detail(.misconfigured))) {
            _ = try await bank.report(payment, of: draft)
        }
        await world.stop()
    }

    private static func answers(_ world: World, _ bank: String) -> [String: String] {
        guard bank == "beffroi" else { return [:] }
        return ["debtor_iban": world.bank.accounts().first { $0.bank == bank && $0.owner == "camille" }?.iban ?? ""]
    }

    private static func link(_ transfer: TransferSummary) throws -> String {
        guard case .approve(.redirect(let link, _)) = transfer.outcome else { throw CocoaError(.coderValueNotFound) }
        return link
    }
}

/// Somebody between the gateway and its bank who has broken TLS, but has not the bank's key.
private final class Meddler: HTTPTransport {
    private let inner: any HTTPTransport
    private let what: String
    private let earlier = Mutex<HTTPResponse?>(nil)

    init(inner: any HTTPTransport, what: String) { (self.inner, self.what) = (inner, what) }

    func send(_ request: HTTPRequest, within limits: HTTPLimits) async throws(HTTPTransportError) -> HTTPResponse {
        var answer = try await inner.send(request, within: limits)
        guard answer.status == 201 else { return answer }
        switch what {
        case "drops the signature": answer.fields.set(nil, for: "Signature")
        case "changes the body": answer.body.append(0x20)
        case "changes the digest too":
            answer.body.append(0x20)
            answer.fields.set("SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", for: "Digest")
        case "gives an older answer":
            let first = answer
            answer = earlier.withLock { earlier in
                defer { earlier = earlier ?? first }
                return earlier ?? first
            }
        case "gives another's identifier": answer.fields.set("another", for: "X-Request-ID")
        default: break
        }
        return answer
    }
}
