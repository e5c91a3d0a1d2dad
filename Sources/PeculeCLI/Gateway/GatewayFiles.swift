import Foundation
import PeculeBanks
import PeculeCurl
import PeculeHTTP

/// What a gateway has to read before it can start: its people and its banks.
struct GatewayFiles {
    let people: PeopleDirectory
    let profiles: [BankProfile]

    /// Reads both, so that what is wrong with either is told at once; a demo brings its own.
    init(_ settings: GatewaySettings, _ demo: GatewayDemo?) async throws(GatewaySettings.Problems) {
        var problems: [String] = []
        var (people, profiles) = (PeopleDirectory?.none, [BankProfile]())
        do throws(PeopleDirectory.Problem) {
            people = if let demo { try demo.people() } else { try PeopleDirectory(file: settings.directory) }
        } catch { problems.append(error.description) }
        do throws(GatewaySettings.Problems) {
            profiles = try await Self.profiles(at: demo?.bank ?? settings.banks, over: CurlTransport())
        } catch { problems += error.all }
        guard let people, problems.isEmpty else { throw GatewaySettings.Problems(all: problems) }
        (self.people, self.profiles) = (people, profiles)
    }

    /// - Parameter place: a file, or the address of a mock bank.
    static func profiles(
        at place: String, over transport: CurlTransport
    ) async throws(GatewaySettings.Problems) -> [BankProfile] {
        let document = try await document(at: place, over: transport)
        do throws(BankProfileError) { return try BankProfile.list(parsing: document) } catch {
            throw GatewaySettings.Problems(all: ["banks: \(place): \(error)"])
        }
    }

    private static func document(
        at place: String, over transport: CurlTransport
    ) async throws(GatewaySettings.Problems) -> [UInt8] {
        guard place.hasPrefix("http://") || place.hasPrefix("https://") else {
            guard let bytes = try? Data(contentsOf: URL(filePath: place)) else {
                throw GatewaySettings.Problems(all: ["banks: \(place) cannot be read"])
            }
            return Array(bytes)
        }
        let request = HTTPRequest(.get, "\(place)/mock/banks")
        do throws(HTTPTransportError) { return try await transport.send(request, within: HTTPLimits()).body } catch {
            throw GatewaySettings.Problems(all: ["banks: \(place) is not reached (\(error))"])
        }
    }
}
