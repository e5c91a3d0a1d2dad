import PeculeCurl
import PeculeHTTP

/// How an exchange ended, in one comparable value: rows of tables end with it.
enum Ending: Equatable, Sendable, CustomStringConvertible {
    case status(Int)
    case failed(HTTPTransportError.Reason, mayHaveBeenReceived: Bool)

    var description: String {
        switch self {
        case .status(let status): "answered \(status)"
        case .failed(let reason, let may): "\(reason.rawValue), \(may ? "may have been received" : "nothing sent")"
        }
    }
}

extension CurlTransport {
    /// Sends and tells how it ended.
    func ending(of request: HTTPRequest, within limits: HTTPLimits = HTTPLimits()) async -> Ending {
        do throws(HTTPTransportError) {
            return .status(try await send(request, within: limits).status)
        } catch {
            return .failed(error.reason, mayHaveBeenReceived: error.mayHaveBeenReceived)
        }
    }
}
