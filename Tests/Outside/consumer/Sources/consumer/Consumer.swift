import Pecule
import PeculeBanks
import PeculeConformance
import PeculeCurl
import PeculeMockBank

/// Touches each library once, so that a build proves that they link and a run that they load. With a bank's profile, a
/// folder of certificates and a payer's account it opens a payment there.
@main
struct Consumer {
    static func main() async throws {
        let words = CommandLine.arguments
        if words.count == 4 {
            let order = try SignedOrder(profile: words[1], certificates: words[2])
            return print("opened \(try await order.open(debtor: words[3]))")
        }
        let amount = try Amount(typed: "25,50")
        let iban = try IBAN("FR76 9999 1000 0100 0000 1234 570")
        let banks = try BankDirectory([])
        let store = InMemoryStore()
        let gateway = PeculeGateway(store: store, permits: store, banks: banks, returnAddresses: [])
        let transport = CurlTransport()
        defer { transport.stop() }
        let mock = MockBank()
        let known = try await gateway.banks().count
        print("amount \(amount), account \(iban), \(known) banks known")
        print("mock bank with \(mock.accounts().count) accounts and \(mock.routes.count) routes")
        // A bank of a stranger's own, without a change to Pécule: does it keep what a gateway relies on?
        let outcome = try await Conformance.check(NotebookWorld())
        let (passed, skipped) = (outcome.passed.count, outcome.skipped.count)
        print("a provider of another package: \(passed) cases passed, \(skipped) not played")
        guard passed >= 20 else { throw TooFew() }
    }

    struct TooFew: Error {}
}
