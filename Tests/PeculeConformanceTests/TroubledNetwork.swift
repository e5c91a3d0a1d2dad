import PeculeConformance
import PeculeHTTP
import Synchronization

/// A network, and a bank behind it, that go wrong as they are told.
final class TroubledNetwork: HTTPTransport {
    private let inner: any HTTPTransport
    private let troubles = Mutex<[ConformanceStep: ConformanceTrouble]>([:])

    init(_ inner: any HTTPTransport) { self.inner = inner }

    func set(_ trouble: ConformanceTrouble, at step: ConformanceStep) { troubles.withLock { $0[step] = trouble } }
    func mend() { troubles.withLock { $0 = [:] } }

    func send(_ request: HTTPRequest, within limits: HTTPLimits) async throws(HTTPTransportError) -> HTTPResponse {
        let trouble = Self.step(of: request).flatMap { step in troubles.withLock { $0[step] } }
        switch trouble {
        case nil: return try await inner.send(request, within: limits)
        case .unreachable: throw HTTPTransportError(.connect, mayHaveBeenReceived: false)
        case .requestLost: throw HTTPTransportError(.timeout, mayHaveBeenReceived: true)
        case .replyLost:
            _ = try await inner.send(request, within: limits)
            throw HTTPTransportError(.reset, mayHaveBeenReceived: true)
        case .oversize: throw HTTPTransportError(.tooLarge, mayHaveBeenReceived: true)
        case .throttled: return HTTPResponse(status: 429, fields: ["Retry-After": "120"])
        case .unavailable: return HTTPResponse(status: 503)
        case .unauthorised: return HTTPResponse(status: 401)
        case .garbage: return HTTPResponse(status: request.method == .get ? 200 : 201, body: [0x7B, 0xFF, 0x00])
        case .empty: return HTTPResponse(status: request.method == .get ? 200 : 201)
        case let lie?: return Lie(lie).told(try await inner.send(request, within: limits))
        }
    }

    /// Which call of a provider a request belongs to; nil for tokens and whatever stands around it.
    private static func step(of request: HTTPRequest) -> ConformanceStep? {
        let path = request.path
        guard path.contains("/stet/v1/") || path.contains("/berlin-group/v1/") else { return nil }
        if path.hasSuffix("confirmation") { return .confirm }
        return switch request.method {
        case .get: .report
        case .delete: .cancel
        case .put: path.contains("/stet/") ? .cancel : .confirm
        default: path.hasSuffix("/cancellation-authorisations") ? nil : .initiate
        }
    }
}

/// What a lying bank makes of an honest answer, in either standard.
private struct Lie {
    let kind: ConformanceTrouble

    init(_ kind: ConformanceTrouble) { self.kind = kind }

    func told(_ response: HTTPResponse) -> HTTPResponse {
        var told = response
        guard (200..<300).contains(response.status), let body = try? JSON(parsing: response.body) else { return told }
        if kind == .noPaymentID || kind == .noApproval { told.fields.set(nil, for: "Location") }
        told.body = changed(body, "").bytes
        return told
    }

    /// The document with every member changed that the lie is about.
    private func changed(_ json: JSON, _ parent: String) -> JSON {
        switch json {
        case .object(let object):
            .object(object.members.compactMap { name, value in
                member(name, in: parent, value).map { (name, changed($0, name)) }
            })
        case .array(let values): .array(values.map { changed($0, parent) })
        default: json
        }
    }

    private func member(_ name: String, in parent: String, _ value: JSON) -> JSON? {
        switch (kind, name) {
        case (.otherAmount, "amount"): value.string == nil ? .number("1.00") : "1.00"
        case (.unreadableAmount, "amount"): "1.0.0"
        case (.noAmount, "instructedAmount"): nil
        case (.otherCurrency, "currency"): "CHF"
        case (.otherBeneficiary, "iban") where parent == "creditorAccount": "FR7699991000010000001234570"
        case (.noBeneficiary, "beneficiary"), (.noBeneficiary, "creditorAccount"): nil
        case (.otherEndToEndID, "endToEndId"), (.otherEndToEndID, "endToEndIdentification"): "ANOTHER"
        case (.otherPayment, "resourceId"): "another"
        case (.unknownStatus, "paymentInformationStatus"), (.unknownStatus, "transactionStatus"): "FINE"
        case (.noStatus, "paymentInformationStatus"), (.noStatus, "transactionStatus"): nil
        case (.noPaymentID, "paymentId"): nil
        case (.noApproval, "_links"): nil
        case (.scriptLink, "href"): "javascript:alert(1)"
        case (.plainLink, "href"): "http://bank.example/approve"
        default: value
        }
    }
}
