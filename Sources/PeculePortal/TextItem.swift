import Pecule
import PeculeHTTP

/// A value that is kept as a stored item, in JSON.
protocol TextItem: ItemText, JSONText {}

extension JSON {
    /// An object of those members that have a value.
    static func present(_ members: [(String, JSON?)]) -> JSON {
        .object(members.compactMap { name, value in value.map { (name, $0) } })
    }
}
