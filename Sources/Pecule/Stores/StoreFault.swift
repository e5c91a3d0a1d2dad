/// A store that cannot do what it is there for. Nothing was written, or it is said that this is not known.
public enum StoreFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// Cannot be reached or written now; the operation had no effect.
    case unavailable(String)
    /// The write may or may not be there: read again before anything else.
    case outcomeUnknown(String)
    /// What is stored cannot be read.
    case corrupt(String)

    package static let closed = StoreFault.unavailable("the store is closed")

    public var description: String {
        switch self {
        case .unavailable(let why): "store: not available (\(why))"
        case .outcomeUnknown(let why): "store: it is not known whether the write succeeded (\(why))"
        case .corrupt(let why): "store: unreadable (\(why))"
        }
    }
}
