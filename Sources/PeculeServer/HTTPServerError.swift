import Glibc

/// Why a server did not start.
public enum HTTPServerError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The host is neither a name nor an address that the system knows.
    case unknownHost(String)
    /// A system call failed; `EADDRINUSE` of `bind` says that the port is taken.
    case system(call: String, code: Int32)
    /// A PEM file of the TLS identity is missing, broken or does not belong to the others.
    case tls(file: String, detail: String)

    public var description: String {
        switch self {
        case .unknownHost(let host): "cannot resolve \(host)"
        case .system(let call, let code): "\(call): \(String(cString: strerror(code)))"
        case .tls(let file, let detail): "\(file): \(detail)"
        }
    }

    /// Passes the result of a system call on, or throws its `errno`.
    static func check(_ result: Int32, _ call: String) throws(HTTPServerError) -> Int32 {
        guard result >= 0 else { throw .system(call: call, code: errno) }
        return result
    }
}
