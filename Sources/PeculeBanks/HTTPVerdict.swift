import Pecule
import PeculeHTTP

/// What an exchange says about the one question: may the bank have acted?
enum HTTPVerdict {
    /// No answer came: what the transport knows decides.
    static func noAnswer(_ error: HTTPTransportError, traceID: String?) -> BankFault {
        let cause: BankFault.Cause =
            switch error.reason {
            case .resolve, .connect, .tls, .stopped: .unreachable
            case .timeout: .timeout
            case .reset: .connectionLost
            case .tooLarge, .malformedResponse: .malformedAnswer
            case .badRequest, .forbidden: .misconfigured
            case .cancelled: .cancelled
            }
        let detail = BankFault.Detail(cause, traceID: traceID)
        return error.mayHaveBeenReceived ? .outcomeUnknown(detail) : .notSent(detail)
    }

    /// A success whose content cannot be used.
    static func unreadable(_ response: HTTPResponse) -> BankFault {
        .outcomeUnknown(detail(.malformedAnswer, response))
    }

    /// Another status than success, after a request that would have changed something.
    /// - Parameter isTold: whether the body says that the payment is refused, and not we.
    static func onChange(_ response: HTTPResponse, reason: RejectionReason, isTold: Bool) -> BankFault {
        switch response.status {
        case 401 where !isTold, 403 where !isTold: .notSent(detail(.unauthorised, response))
        case 404: .refused(reason, detail(.unknownPayment, response))
        case 405, 501: .refused(reason, detail(.unsupported, response))
        case 408: .outcomeUnknown(detail(.timeout, response))
        case 429: .notSent(detail(.tooManyRequests, response))
        case 400..<500: .refused(reason, detail(.misconfigured, response))
        case 500...: .outcomeUnknown(detail(.serverError, response))
        default: unreadable(response)
        }
    }

    /// Another status than success, after a question: it changed nothing and answered nothing.
    static func onInquiry(_ response: HTTPResponse) -> BankFault {
        switch response.status {
        case 401, 403: .outcomeUnknown(detail(.unauthorised, response))
        case 404: .outcomeUnknown(detail(.unknownPayment, response))
        case 429: .notSent(detail(.tooManyRequests, response))
        case 500...: .outcomeUnknown(detail(.serverError, response))
        default: unreadable(response)
        }
    }

    /// Anything but a token, from a token endpoint: whatever it means, the call that needed the token was not made.
    static func onTokenRequest(_ response: HTTPResponse) -> BankFault {
        let cause: BankFault.Cause =
            switch response.status {
            case 400, 401, 403: .unauthorised
            case 429: .tooManyRequests
            case 400..<500: .misconfigured
            case 500...: .serverError
            default: .malformedAnswer
            }
        return .notSent(detail(cause, response))
    }

    private static func detail(_ cause: BankFault.Cause, _ response: HTTPResponse) -> BankFault.Detail {
        BankFault.Detail(
            cause, status: response.status, traceID: response.fields["X-Request-ID"].flatMap(plainWord),
            retryAfter: RetryAfter.duration(response))
    }

    /// A text that no log or page can be misled by.
    private static func plainWord(_ text: String) -> String? {
        (1...64).contains(text.utf8.count) && URLCoding.encode(text) == text ? text : nil
    }
}
