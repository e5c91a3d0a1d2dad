import PeculeHTTP

extension WireTrouble {
    /// What happens instead of the execution; nil where the bank executes.
    var instead: HTTPDelivery? {
        switch self {
        case .status(let status, let wait):
            var response = Self.simulated(status)
            response.fields.set(wait.map { "\(max(1, ($0.milliseconds + 999) / 1000))" }, for: "Retry-After")
            return HTTPDelivery(response)
        case .reset: return HTTPDelivery(Self.simulated(503), damage: .reset)
        case .hang: return HTTPDelivery(Self.simulated(503), damage: .silence)
        case .latency, .lost, .cut, .truncate, .garble, .length, .drip: return nil
        }
    }

    /// What becomes of the answer to what the bank executed.
    func done(to response: HTTPResponse) -> HTTPDelivery {
        switch self {
        case .latency(let time): HTTPDelivery(response, after: time.duration)
        case .lost: HTTPDelivery(response, damage: .reset)
        case .cut: HTTPDelivery(response, damage: .cut)
        case .length: HTTPDelivery(response, damage: .short)
        case .drip(let time): HTTPDelivery(response, damage: .drip(time.duration))
        case .truncate: HTTPDelivery(response.with { Array($0.prefix($0.count / 2)) })
        case .garble: HTTPDelivery(response.with { $0.map { $0 ^ 0x5A } })
        case .status, .reset, .hang: HTTPDelivery(response)
        }
    }

    private static func simulated(_ status: Int) -> HTTPResponse {
        .problem(status, code: "simulated", title: "A scenario wants this fault; nothing was executed")
    }
}

extension HTTPResponse {
    fileprivate func with(_ change: ([UInt8]) -> [UInt8]) -> HTTPResponse {
        HTTPResponse(status: status, fields: fields, body: change(body))
    }
}
