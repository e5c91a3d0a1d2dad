/// A value that says more about a person than a log may hold.
///
/// Printing, interpolating, dumping or mirroring it shows `mask`; `revealed` is the only way to the text.
public protocol Sensitive: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// What may be shown to anyone.
    var mask: String { get }
    /// The text itself: for the wire, the store and the page of its owner.
    var revealed: String { get }
}

extension Sensitive {
    public var description: String { mask }
    public var debugDescription: String { mask }
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
