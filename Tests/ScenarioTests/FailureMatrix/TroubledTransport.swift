import Foundation
import PeculeHTTP

/// The way from a gateway to its bank, with one fault on it.
struct TroubledTransport: HTTPTransport {
    let inner: any HTTPTransport
    let trouble: Trouble

    func send(_ request: HTTPRequest, within limits: HTTPLimits) async throws(HTTPTransportError) -> HTTPResponse {
        if trouble.isDead { throw HTTPTransportError(.stopped, mayHaveBeenReceived: false) }
        guard trouble.isOn else { return try await inner.send(request, within: limits) }
        if trouble.fault == .unreachable {
            trouble.strike()
            throw HTTPTransportError(.connect, mayHaveBeenReceived: false)
        }
        guard trouble.call.makes(request) || trouble.fault == .otherPayment else {
            return try await inner.send(request, within: limits)
        }
        if let answer = try await insteadOfBank(request) { return answer }
        let response = try await inner.send(request, within: limits)
        trouble.bankAnswered()
        return try afterBank(response, to: request)
    }

    /// What happens before the bank gets the request; nil when it gets it.
    private func insteadOfBank(_ request: HTTPRequest) async throws(HTTPTransportError) -> HTTPResponse? {
        switch trouble.fault {
        case .lostRequest: throw struck(.timeout)
        case .slow:
            trouble.deliverLate(request)
            throw struck(.timeout)
        case .crashBefore:
            trouble.die()
            throw struck(.stopped)
        case .secondCall:
            await trouble.runSecondCall()
            return nil
        case .tokenRefusedOnce: return trouble.strike() == 1 ? HTTPResponse(status: 401) : nil
        // No payment can be unknown before there is one.
        case .unknownPayment where request.path.hasSuffix("/payment-requests"): return nil
        default: return Self.refusal(trouble.fault).map(struck)
        }
    }

    private static func refusal(_ fault: Fault) -> HTTPResponse? {
        switch fault {
        case .serverError: HTTPResponse(status: 503)
        case .tooManyRequests: HTTPResponse(status: 429, fields: ["Retry-After": "120"])
        case .tokenRefused: HTTPResponse(status: 401)
        case .forbidden: .json(["status": .integer(403), "message": "AC06"], status: 403)
        case .refused: .json(["status": .integer(400), "message": "AC06"], status: 400)
        case .unknownPayment: HTTPResponse(status: 404)
        default: nil
        }
    }

    /// What happens to the answer of a bank that has acted.
    private func afterBank(
        _ answered: HTTPResponse, to request: HTTPRequest
    ) throws(HTTPTransportError) -> HTTPResponse {
        var response = answered
        switch trouble.fault {
        case .lostReply: throw struck(.timeout)
        case .reset: throw struck(.reset)
        case .badGateway: return struck(HTTPResponse(status: 502))
        case .crashAfter:
            trouble.die()
            throw struck(.stopped)
        case .cancelled:
            withUnsafeCurrentTask { $0?.cancel() }
            throw struck(.cancelled)
        case .truncated: response.body.removeLast(response.body.count / 2)
        case .garbled: response.body.reverse()
        case .otherPayment:
            response.body = Self.aboutAnother(response.body, request)
            guard response != answered else { return response }
        default: return response
        }
        return struck(response)
    }

    /// The very answer, with the end-to-end id of somebody else's payment.
    private static func aboutAnother(_ body: [UInt8], _ request: HTTPRequest) -> [UInt8] {
        guard let id = request.fields["X-Request-ID"]?.split(separator: "-").first else { return body }
        return Array(String(decoding: body, as: UTF8.self).replacing(id, with: "AUTRE").utf8)
    }

    private func struck(_ reason: HTTPTransportError.Reason) -> HTTPTransportError {
        trouble.strike()
        return HTTPTransportError(reason, mayHaveBeenReceived: true)
    }

    private func struck(_ response: HTTPResponse) -> HTTPResponse {
        trouble.strike()
        return response
    }
}
