import Foundation
import Glibc
import PeculeHTTP

/// The planted bug `new-key`: on its way to the bank the payment's ids become others in every process.
struct NewKeys: HTTPTransport {
    let transport: any HTTPTransport

    func send(_ request: HTTPRequest, within limits: HTTPLimits) async throws(HTTPTransportError) -> HTTPResponse {
        var request = request
        var body = String(decoding: request.body, as: UTF8.self)
        for key in [#""paymentInformationId":""#, #""endToEndId":""#] {
            body = body.replacing(key, with: "\(key)\(getpid())-")
        }
        request.body = Array(body.utf8)
        return try await transport.send(request, within: limits)
    }
}
