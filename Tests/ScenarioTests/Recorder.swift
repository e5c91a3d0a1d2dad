import PeculeHTTP
import Synchronization

/// Writes down what passes between gateway and banks.
final class Recorder: Sendable {
    struct Call: Sendable {
        let request: HTTPRequest
        let response: HTTPResponse

        var sent: JSON { (try? JSON(parsing: request.body)) ?? .null }
        var answered: JSON { (try? JSON(parsing: response.body)) ?? .null }
    }

    private let kept = Mutex<[Call]>([])

    var calls: [Call] { kept.withLock { $0 } }

    func listening(to inner: any HTTPTransport) -> any HTTPTransport { Listening(inner: inner, recorder: self) }

    private struct Listening: HTTPTransport {
        let inner: any HTTPTransport
        let recorder: Recorder

        func send(_ request: HTTPRequest, within limits: HTTPLimits) async throws(HTTPTransportError) -> HTTPResponse {
            let response = try await inner.send(request, within: limits)
            recorder.kept.withLock { $0.append(Call(request: request, response: response)) }
            return response
        }
    }
}

extension Recorder.Call {
    /// For checks in other languages.
    var json: JSON {
        [
            "call": .string("\(request.method) \(response.status)"), "method": .string("\(request.method)"),
            "target": .string(request.target), "headers": Self.headers(request.fields),
            "body": .string(String(decoding: request.body, as: UTF8.self)), "status": .integer(response.status),
            "answerHeaders": Self.headers(response.fields),
            "answer": .string(String(decoding: response.body, as: UTF8.self)),
        ]
    }

    private static func headers(_ fields: HTTPFields) -> JSON {
        .object(JSONObject(fields.all.map { ($0.name, .string($0.value)) }))
    }
}
