import CPeculePostgres
import Pecule

/// Where the database is and who asks for it.
struct Server: Sensitive {
    let revealed: String
    private let options: [(name: String, value: String)]

    /// - Parameter text: `postgresql://…` or `host=… dbname=…`, as libpq reads it.
    init(_ text: String) throws(PostgresStoreError) {
        // What libpq has to say against it would quote it.
        guard !text.isEmpty, !text.utf8.contains(0), let parsed = PQconninfoParse(text, nil) else {
            throw .notAConnectionString
        }
        defer { PQconninfoFree(parsed) }
        options = sequence(first: parsed) { $0 + 1 }.prefix { $0.pointee.keyword != nil }.compactMap { option in
            guard let value = option.pointee.val else { return nil }
            return (String(cString: option.pointee.keyword), String(cString: value))
        }
        guard options.allSatisfy(Self.isSound) else { throw .notAConnectionString }
        revealed = text
    }

    /// Where a password holds `@`, `:` or `/` that should have been escaped, its rest is taken for a host or a port.
    private static func isSound(_ option: (name: String, value: String)) -> Bool {
        switch option.name {
        case "port": option.value.split(separator: ",").allSatisfy { UInt16($0) != nil }
        case "host": !option.value.contains("@")
        default: true
        }
    }

    var mask: String { "PostgreSQL server •••" }

    /// A machine that has vanished is found out within half a minute, unless the caller has other wishes.
    private static let defaults = [
        (name: "keepalives_idle", value: "10"), (name: "keepalives_interval", value: "5"),
        (name: "keepalives_count", value: "3"), (name: "tcp_user_timeout", value: "25000"),
        (name: "fallback_application_name", value: "pecule"),
    ]

    /// Begins a connection; the caller owns it. Nil when there is no memory for one.
    func connect() -> OpaquePointer? {
        let all = Self.defaults + options + [(name: "client_encoding", value: "UTF8")]
        return CStrings(all.map(\.name) + [nil]).withPointers { names in
            CStrings(all.map(\.value) + [nil]).withPointers { values in
                PQconnectStartParams(names.baseAddress, values.baseAddress, 0)
            }
        }
    }

    /// Without the password, should it stand in there.
    func masked(_ message: String) -> String {
        let secrets = options.filter { $0.name.contains("password") && !$0.value.isEmpty }.map(\.value)
        return secrets.reduce(message) { $0.replacing($1, with: "•••") }
    }
}

/// Texts as C takes them, in one piece of memory.
struct CStrings {
    private var bytes: [CChar] = []
    private var places: [Int?] = []

    /// Nil stays a null pointer.
    init(_ texts: [String?]) {
        for text in texts {
            places.append(text == nil ? nil : bytes.count)
            if let text { bytes += text.utf8CString }
        }
    }

    func withPointers<Value>(_ body: (UnsafeBufferPointer<UnsafePointer<CChar>?>) -> Value) -> Value {
        bytes.withUnsafeBufferPointer { bytes in
            places.map { place in place.flatMap { bytes.baseAddress?.advanced(by: $0) } }.withUnsafeBufferPointer(body)
        }
    }
}
