import Foundation
import PeculeHTTP

/// An answer without what it has to hold.
struct Unreadable: Error, CustomStringConvertible {
    let what: String

    var description: String { "the answer cannot be read: \(what)" }
}

extension JSON {
    func value<Value>(_ name: String, _ make: (JSON) -> Value?) throws(Unreadable) -> Value {
        guard let value = self[name].flatMap(make) else { throw Unreadable(what: name) }
        return value
    }

    /// Nil only where the member is missing.
    func optional<Value>(_ name: String, _ make: (JSON) -> Value?) throws(Unreadable) -> Value? {
        guard let found = self[name] else { return nil }
        guard let value = make(found) else { throw Unreadable(what: name) }
        return value
    }

    func text(_ name: String) throws(Unreadable) -> String { try value(name, \.string) }
    func text<Value>(_ name: String, _ make: (String) -> Value?) throws(Unreadable) -> Value {
        try value(name) { $0.string.flatMap(make) }
    }

    func integer(_ name: String) throws(Unreadable) -> Int { try value(name, \.integer) }
    func array(_ name: String) throws(Unreadable) -> [JSON] { try value(name, \.array) }
    func texts(_ name: String) throws(Unreadable) -> [String] {
        try array(name).map { json throws(Unreadable) in
            guard let text = json.string else { throw Unreadable(what: name) }
            return text
        }
    }

    /// RFC 3339 with milliseconds.
    func time(_ name: String) throws(Unreadable) -> Date { try text(name) { Date(milliseconds: $0) } }

    func optionalTime(_ name: String) throws(Unreadable) -> Date? {
        try optional(name) { $0.string.flatMap { Date(milliseconds: $0) } }
    }
}
