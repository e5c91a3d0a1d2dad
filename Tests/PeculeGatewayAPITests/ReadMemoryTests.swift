import Foundation
import Pecule
import PeculeCrypto
import PeculeGatewayAPI
import PeculeHTTP
import PeculeStoreSamples
import Testing

@Suite("Reading a transfer again and again")
struct ReadMemoryTests {
    /// A desk at which a transfer was read a moment ago.
    private func desk() async throws -> (Desk, path: String, id: TransferID) {
        let desk = try await Desk()
        let id = await desk.create().id
        let path = "/v1/transfers/\(id)"
        #expect(await desk.send(.get, path).json?["state"]?.string == "drafted")
        return (desk, path, try #require(TransferID(id)))
    }

    @Test("shows what this gateway has changed at once")
    func here() async throws {
        let (desk, path, _) = try await desk()
        _ = await desk.send(.post, path + "/cancel")
        #expect(await desk.send(.get, path).json?["state"]?.string == "failed")
    }

    @Test(
        "shows what another process has changed after a tenth of a second, or when the clock is set back",
        arguments: [(0, "drafted"), (0.04, "drafted"), (0.1, "failed"), (-1, "failed"), (60, "failed")])
    func elsewhere(seconds: TimeInterval, state: String) async throws {
        let (desk, path, id) = try await desk()
        let other = PeculeGateway(
            store: desk.store, permits: desk.store, banks: try BankDirectory([]), returnAddresses: [],
            environment: desk.clock.environment)
        _ = try await other.cancel(id, by: Sample.make(AccountID("portail:jeanne")))
        desk.neighbour.change()
        desk.clock.advance(seconds)
        #expect(await desk.send(.get, path).json?["state"]?.string == state)
    }

    @Test("is for the one who read it: another user, client, key or method hears what it would have heard before")
    func others() async throws {
        let (desk, path, _) = try await desk()
        let other = try await desk.keys.add(Sample.make(ClientName("autre")), [.read])
        let narrow = try await desk.keys.add(Sample.make(ClientName("portail")), [.pay])
        for (fields, status) in [
            (["Pecule-Payer": "noe"], 404), (["Authorization": "Bearer \(other.revealed)"], 404),
            (["Authorization": "Bearer \(narrow.revealed)"], 403), (["Authorization": "Bearer none"], 401),
            (["Pecule-Payer": ""], 400), ([:], 200),
        ] {
            #expect(await desk.send(.get, path, nil, fields).status == status)
        }
        #expect(await desk.send(.delete, path).status == 405)
    }

    @Test("ends for a key that was revoked elsewhere within the five seconds in which every gateway refuses it")
    func revocation() async throws {
        let (desk, path, _) = try await desk()
        desk.clock.advance(4)
        #expect(await desk.send(.get, path).status == 200)
        let elsewhere = KeyRing(desk.store, environment: desk.clock.environment)
        #expect(try await elsewhere.revoke(try #require(try await elsewhere.all().first).id))
        desk.clock.advance(1)
        #expect(await desk.send(.get, path).status == 401)
    }

    @Test("ends for a client who has to show a certificate now")
    func certificate() async throws {
        let (desk, path, _) = try await desk()
        let authority = CertificateAuthority(
            .init(commonName: "A", organization: "A"), validity: 0...4_000_000_000)
        let certificate = authority.certificate
        let elsewhere = ClientRegister(desk.store, environment: desk.clock.environment)
        _ = try await elsewhere.add(certificate, of: Sample.make(ClientName("portail")))
        desk.clock.advance(5)
        #expect(await desk.send(.get, path).status == 401)
    }

    @Test("answers each request under its own correlation id, and counts it")
    func told() async throws {
        let (desk, path, _) = try await desk()
        let ids = [
            await desk.send(.get, path).fields["Pecule-Correlation"],
            await desk.send(.get, path).fields["Pecule-Correlation"],
        ]
        #expect(ids[0] != nil && ids[1] != nil && ids[0] != ids[1])
        let page = await desk.send(.get, "/metrics")
        let line = "pecule_requests_total{method=\"GET\",route=\"/v1/transfers/{id}\",status=\"200\"} 3"
        #expect(String(decoding: page.body, as: UTF8.self).contains(line))
    }
}
