import Foundation
import Pecule
import PeculeBanks
import PeculeCrypto
import PeculeCurl
import PeculeHTTP
import PeculeServer

/// `pecule doctor`: holds the settings of a gateway against the world, before it is started or when it does not work.
/// Asks no bank for anything that counts, and leaves the store as it was.
struct Doctor {
    let settings: GatewaySettings
    private let terminal = Terminal()
    /// The most that a bank's clock and ours may differ, in seconds.
    private static let skew: TimeInterval = 60

    init(_ settings: GatewaySettings) { self.settings = settings }

    /// - Returns: whether everything is as it has to be.
    func run() async -> Bool {
        let checks = [await store(), people(), certificate(), await banks()]
        return checks.allSatisfy(\.self)
    }

    private func tell(_ isGood: Bool, _ text: String) -> Bool {
        terminal.line(text, isGood ? .good : .bad)
        return isGood
    }

    private func store() async -> Bool {
        do {
            let store = try await settings.store.open()
            let id = Identifier.hex(Environment.system.randomBytes(8))
            let item = StoredItem(kind: "doctor", id: id, text: "")
            guard try await store.put(item), try await store.item("doctor", id) == item, try await store.remove(item)
            else { return tell(false, "store: what was written is not what is read (\(settings.store))") }
            return tell(true, "store: written and read (\(settings.store))")
        } catch {
            return tell(false, "\(error)")
        }
    }

    private func people() -> Bool {
        do throws(PeopleDirectory.Problem) {
            let people = try PeopleDirectory(file: settings.directory)
            let known = Set(people.establishments.map(\.id))
            let lost = people.permits.filter { !known.contains($0.detainee.establishment) }
            let counts = "\(people.establishments.count) establishments, \(people.permits.count) permits"
            guard lost.isEmpty else {
                return tell(false, "directory: \(lost.count) permits of an establishment that is not in it (\(counts))")
            }
            return tell(!people.establishments.isEmpty, "directory: \(counts)")
        } catch {
            return tell(false, error.description)
        }
    }

    /// That of the gateway itself, where it serves over TLS.
    private func certificate() -> Bool {
        guard let tls = settings.tls else { return true }
        guard let text = try? String(contentsOfFile: tls.certificateChainFile, encoding: .utf8),
            let certificate = Certificate.list(pem: text)?.first,
            let keyText = try? String(contentsOfFile: tls.privateKeyFile, encoding: .utf8),
            let key = PrivateKey(pem: keyText) ?? PrivateKey(pem: keyText, .ellipticCurve)
        else { return tell(false, "tls_certificate, tls_key: no certificate and key in PEM, without a password") }
        guard certificate.belongs(to: key) else { return tell(false, "tls_key: not the key of tls_certificate") }
        let (now, end) = (Int(Environment.system.now().timeIntervalSince1970), certificate.validity.upperBound)
        guard certificate.validity.contains(now) else {
            return tell(false, "tls_certificate: \(end < now ? "has expired" : "is not valid yet")")
        }
        return tell(true, "tls_certificate: valid for \((end - now) / 86_400) days")
    }

    private func banks() async -> Bool {
        let transport = CurlTransport()
        let profiles: [BankProfile]
        do throws(GatewaySettings.Problems) {
            profiles = try await GatewayFiles.profiles(at: settings.banks, over: transport)
        } catch { return tell(false, error.all.joined(separator: "; ")) }
        var isGood = tell(!profiles.isEmpty, "banks: \(profiles.count) profiles")
        for profile in profiles {
            isGood = await bank(profile, transport) && isGood
        }
        return isGood
    }

    /// Whatever it answers to a plain question, it is there, and says what time it has.
    private func bank(_ profile: BankProfile, _ transport: CurlTransport) async -> Bool {
        let name = "bank \(profile.bank.id)"
        let response: HTTPResponse
        do throws(HTTPTransportError) {
            response = try await transport.send(HTTPRequest(.get, profile.api), within: HTTPLimits(total: .seconds(10)))
        } catch {
            return tell(false, "\(name): not reached (\(error))")
        }
        guard let date = response.fields["Date"].flatMap(HTTPDate.seconds) else {
            return tell(true, "\(name): answers, without the time")
        }
        let difference = TimeInterval(date) - Environment.system.now().timeIntervalSince1970
        guard abs(difference) <= Self.skew else {
            return tell(false, "\(name): its clock and ours differ by \(Int(difference)) seconds; set this machine's")
        }
        return tell(true, "\(name): answers, and its clock agrees")
    }
}
