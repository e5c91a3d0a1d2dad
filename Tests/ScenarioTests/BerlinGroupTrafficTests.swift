import Foundation
import Pecule
import PeculeBanks
import PeculeHTTP
import PeculeMockBank
import Synchronization
import Testing

@testable import PeculeCLI

/// Every exchange of whole payments between gateway and bank, for the check that holds them against the published
/// schema (`Tests/Outside/berlin-group-schema`), which names the file in PECULE_EXCHANGES.
@Suite struct BerlinGroupTrafficTests {
    @Test func everyKindOfCallIsMade() async throws {
        let recorder = Recorder()
        for bank in MockBankProfile.berlinGroup.map(\.id) {
            let world = try await World(.handedOver, banks: MockBankProfile.berlinGroup) { recorder.listening(to: $0) }
            for isApproved in [true, false] {
                let account = world.bank.accounts().first { $0.bank == bank && $0.owner == "camille" }
                let begun = try await world.begin(
                    at: bank, answering: ["debtor_iban": account?.iban ?? "", "psu_id": "camille"])
                if isApproved, case .approve(.redirect(let link, _)) = begun.outcome {
                    var payer = world.payer()
                    _ = try await payer.walk(from: link)
                } else {
                    _ = try? await world.gateway.cancel(begun.id, by: world.data.payer.account)
                }
                _ = try await world.sweepUntilFinal(begun.id)
            }
        }
        let calls = recorder.exchanges.compactMap { $0["call"]?.string }
        #expect(Set(calls) == ["POST 201", "POST 403", "GET 200", "PUT 200", "DELETE 204", "DELETE 202"])
        if let file = ProcessInfo.processInfo.environment["PECULE_EXCHANGES"] {
            try Data(JSON.array(recorder.exchanges).bytes).write(to: URL(fileURLWithPath: file))
        }
    }
}

/// Writes down what passes to and from the standard's interface.
private final class Recorder: Sendable {
    private let kept = Mutex<[JSON]>([])

    var exchanges: [JSON] { kept.withLock { $0 } }

    func listening(to inner: any HTTPTransport) -> any HTTPTransport { Listening(inner: inner, recorder: self) }

    fileprivate func keep(_ request: HTTPRequest, _ response: HTTPResponse) {
        guard request.target.contains("/berlin-group/v1/") else { return }
        let exchange: JSON = [
            "call": .string("\(request.method) \(response.status)"), "method": .string("\(request.method)"),
            "target": .string(request.target), "headers": Self.headers(request.fields),
            "body": .string(String(decoding: request.body, as: UTF8.self)), "status": .integer(response.status),
            "answerHeaders": Self.headers(response.fields),
            "answer": .string(String(decoding: response.body, as: UTF8.self)),
        ]
        kept.withLock { $0.append(exchange) }
    }

    private static func headers(_ fields: HTTPFields) -> JSON {
        .object(JSONObject(fields.all.map { ($0.name, .string($0.value)) }))
    }
}

private struct Listening: HTTPTransport {
    let inner: any HTTPTransport
    let recorder: Recorder

    func send(_ request: HTTPRequest, within limits: HTTPLimits) async throws(HTTPTransportError) -> HTTPResponse {
        let response = try await inner.send(request, within: limits)
        recorder.keep(request, response)
        return response
    }
}
