/// Why bytes are not a request that we read. The connection they came on is never read again: where one reader
/// and another could disagree about the end of a request, a second request can hide (RFC 9112, section 11.2).
public enum HTTPParseError: String, Error, Sendable, CaseIterable {
    case lineBreak = "bad_line_break"
    case requestLine = "bad_request_line"
    case target = "bad_target"
    case field = "bad_field"
    case host = "bad_host"
    case contentLength = "bad_content_length"
    case transferEncoding = "bad_transfer_encoding"
    case chunk = "bad_chunk"
    case bodyTooLarge = "body_too_large"
    case requestLineTooLong = "request_line_too_long"
    case headTooLarge = "head_too_large"
    case methodTooLong = "unknown_method"
    case codingUnknown = "unknown_transfer_coding"
    case version = "unknown_version"

    /// The status that answers it (RFC 9110, section 15).
    public var status: Int {
        switch self {
        case .bodyTooLarge: 413
        case .requestLineTooLong: 414
        case .headTooLarge: 431
        case .methodTooLong, .codingUnknown: 501
        case .version: 505
        default: 400
        }
    }

    public var title: String {
        switch self {
        case .lineBreak: "A line does not end with CR LF"
        case .requestLine: "The request line is not well-formed"
        case .target: "The request target is not well-formed, or names another host"
        case .field: "A header field is not well-formed"
        case .host: "The Host field is missing, repeated or not well-formed"
        case .contentLength: "Content-Length is repeated or not a number"
        case .transferEncoding: "Transfer-Encoding leaves the length of the body in doubt"
        case .chunk: "The chunked body is not well-formed"
        case .bodyTooLarge: "The body is too large"
        case .requestLineTooLong: "The request line is too long"
        case .headTooLarge: "The header fields are too large or too many"
        case .methodTooLong: "The method is unknown"
        case .codingUnknown: "The transfer coding is unknown"
        case .version: "Only HTTP/1.1 and HTTP/1.0 are spoken here"
        }
    }

    /// The problem document to answer with, before closing.
    public var response: HTTPResponse {
        .problem(status, code: rawValue, title: title, detail: "write the request as RFC 9112 has it")
    }
}
