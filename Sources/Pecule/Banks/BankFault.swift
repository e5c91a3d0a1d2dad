/// A bank call that brought no usable answer, named by what it leaves open: may the bank have acted on it?
public enum BankFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// Certain that the bank did not act: nothing left, or it said that it took nothing. Safe to call again.
    case notSent(Detail)
    /// The bank understood and said no.
    case refused(RejectionReason, Detail)
    /// The bank may have acted. Ask it; never assume either way.
    case outcomeUnknown(Detail)

    /// What went wrong, without its consequences.
    public enum Cause: String, Sendable, Hashable {
        /// No connection, no name, no trust.
        case unreachable
        case timeout
        case connectionLost
        /// An answer that cannot be understood, or is too large.
        case malformedAnswer
        /// 5xx, or an answer that a server in between made.
        case serverError
        /// 429, or the bank's own words for it.
        case tooManyRequests
        /// The bank does not accept our credentials.
        case unauthorised
        /// It does not know the payment (perhaps not yet).
        case unknownPayment
        /// The bank does not offer this.
        case unsupported
        /// Our profile of the bank, or our request, is wrong.
        case misconfigured
        case cancelled
    }

    /// What is known of the call, for operators; holds nothing personal.
    public struct Detail: Sendable, Hashable, CustomStringConvertible {
        public let cause: Cause
        /// The HTTP status, when there was one.
        public let status: Int?
        /// The id under which the bank can find the call in its logs.
        public let traceID: String?
        /// How long the bank asked to be left alone.
        public let retryAfter: Duration?

        public init(_ cause: Cause, status: Int? = nil, traceID: String? = nil, retryAfter: Duration? = nil) {
            self.cause = cause
            self.status = status
            self.traceID = traceID
            self.retryAfter = retryAfter
        }

        public var description: String {
            var parts = [cause.rawValue]
            if let status { parts.append("HTTP \(status)") }
            if let traceID { parts.append("trace \(traceID)") }
            return parts.joined(separator: ", ")
        }
    }

    public var detail: Detail {
        switch self {
        case .notSent(let detail), .refused(_, let detail), .outcomeUnknown(let detail): detail
        }
    }

    public var description: String {
        switch self {
        case .notSent(let detail): "the bank did not get the request (\(detail))"
        case .refused(let reason, let detail): "the bank refused: \(reason) (\(detail))"
        case .outcomeUnknown(let detail): "it is not known what the bank did (\(detail))"
        }
    }
}
