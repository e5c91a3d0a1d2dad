import FoundationEssentials
import PeculeCrypto
import PeculeHTTP

/// One message by which a bank tells an initiator that a payment has another status, and what became of it.
struct Notification: Sendable {
    enum Stage: Sendable, Equatable {
        /// To be sent, or sent again, then; `.distantFuture` until another one is made.
        case waiting(until: Date)
        /// The initiator answered 2xx.
        case delivered
        /// It never did.
        case givenUp
        /// A scenario wants that nothing is sent.
        case withheld
    }

    /// What a scenario does to the message itself.
    enum Flaw: Sendable, Equatable {
        /// Somebody else wrote it: another status, no signature.
        case forged
        case badlySigned
    }

    struct Attempt: Sendable, Equatable {
        let at: Date
        /// The status of the answer, or why there was none; nil while nobody knows.
        var outcome: String?
    }

    /// Counted from 1, at one bank.
    let number: Int
    /// `X-Request-ID`: the same for the same message, however often it is sent.
    let id: String
    let paymentID: String
    let address: String
    /// The status that is told.
    let status: String
    let madeAt: Date
    let flaw: Flaw?
    var stage: Stage
    var attempts: [Attempt] = []

    var due: Date? { if case .waiting(let until) = stage { until } else { nil } }
}

extension Notification {
    /// The message. The standard leaves its body open; here it is the payment's id and status, in the standard's names.
    func request(at profile: MockBankProfile, sealedBy gate: TrustGate) -> HTTPRequest {
        let names = profile.berlinGroup == nil
            ? ("resourceId", "paymentInformationStatus") : ("paymentId", "transactionStatus")
        let body = JSON.object([(names.0, .string(paymentID)), (names.1, .string(status))])
        let request = HTTPRequest(
            .post, address, fields: ["Content-Type": "application/json", "X-Request-ID": id], body: body.bytes)
        switch flaw {
        case nil: return gate.sealed(request, at: profile)
        case .forged: return request
        case .badlySigned: return Self.badlySigned(gate.sealed(request, at: profile))
        }
    }

    /// With a signature in place of the bank's, or of none, that nobody's key made.
    private static func badlySigned(_ request: HTTPRequest) -> HTTPRequest {
        let own = request.fields["Signature"].flatMap(HTTPSignature.init)
        let keyID = own?.keyID ?? TrustGate.sealAddress
        let bytes = Base64.encode([UInt8](repeating: 0x5A, count: 256))
        var request = request
        request.fields.set(HTTPDigest.field(request.body), for: "Digest")
        request.fields.set(
            "keyId=\"\(keyID)\",algorithm=\"rsa-sha256\",headers=\"digest x-request-id\",signature=\"\(bytes)\"",
            for: "Signature")
        return request
    }
}
