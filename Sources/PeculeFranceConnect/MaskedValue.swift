/// A value that says more about a person, or opens more doors, than a log may hold: printing, interpolating, dumping or
/// mirroring it shows `mask`.
public protocol MaskedValue: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// What may be shown to anyone.
    var mask: String { get }
}

extension MaskedValue {
    public var description: String { mask }
    public var debugDescription: String { mask }
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}

/// What the service and FranceConnect share. `revealed` is for the token request alone.
public struct ClientSecret: MaskedValue, Equatable {
    public let revealed: String
    public var mask: String { "client secret •••" }

    public init(_ text: String) { revealed = text }
}

/// The signed statement of a login. Kept for nothing but the logout, which it authorises; it may be too old by then.
public struct IDToken: MaskedValue, Equatable, Codable {
    public let revealed: String
    public var mask: String { "id token •••" }

    public init(_ text: String) { revealed = text }
}
