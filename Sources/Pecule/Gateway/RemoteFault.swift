/// Why a gateway that runs elsewhere gave no answer of its own; what happens to nobody who embeds it.
public enum RemoteFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// Certain that it did nothing. Safe to call again.
    case notSent(String)
    /// It may have acted: read the transfer again. Calling again with the same id is safe, too.
    case outcomeUnknown(String)
    /// It does not accept this caller or this request: the code of its answer, and its words.
    case refused(code: String, String)

    public var description: String {
        switch self {
        case .notSent(let why): "gateway: not reached (\(why))"
        case .outcomeUnknown(let why): "gateway: it is not known what it did (\(why))"
        case .refused(let code, let why): "gateway: \(code) (\(why))"
        }
    }
}
