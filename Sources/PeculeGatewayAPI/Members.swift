import Pecule
import PeculeHTTP

/// Reads the members of a JSON object by name; what is missing, of another kind or of no known name is refused, named.
struct Members {
    private var left: [String: JSON]
    private let path: String

    /// The body of a request.
    init(body request: HTTPRequest) throws(Refusal) {
        let type = request.fields["Content-Type"]?.split(separator: ";").first?.lowercased()
        guard type?.trimmingSpaces == "application/json" else {
            throw Refusal(
                status: 415, code: "unsupported_media_type", title: "The body has to be JSON",
                detail: "Content-Type: write application/json")
        }
        let json: JSON
        do throws(JSONError) { json = try JSON(parsing: request.body) } catch {
            throw .bad("body", "not JSON (\(error))")
        }
        try self.init(json, path: "body")
    }

    private init(_ json: JSON, path: String) throws(Refusal) {
        guard let object = json.object else { throw .bad(path, "has to be an object") }
        left = Dictionary(object.members.map { ($0.name, $0.value) }) { first, _ in first }
        self.path = path == "body" ? "" : path + "."
    }

    mutating func text(_ name: String) throws(Refusal) -> String {
        guard let text = try optionalText(name) else { throw .bad(path + name, "missing") }
        return text
    }

    mutating func optionalText(_ name: String) throws(Refusal) -> String? {
        guard let value = left.removeValue(forKey: name) else { return nil }
        guard let text = value.string else { throw .bad(path + name, "has to be a text") }
        return text
    }

    mutating func integer(_ name: String) throws(Refusal) -> Int {
        guard let value = left.removeValue(forKey: name) else { throw .bad(path + name, "missing") }
        guard let integer = value.integer else { throw .bad(path + name, "has to be a whole number") }
        return integer
    }

    mutating func texts(_ name: String) throws(Refusal) -> [String] {
        guard let value = left.removeValue(forKey: name) else { throw .bad(path + name, "missing") }
        guard let array = value.array else { throw .bad(path + name, "has to be a list of texts") }
        return try array.map { value throws(Refusal) in
            guard let text = value.string else { throw .bad(path + name, "has to be a list of texts") }
            return text
        }
    }

    /// An object of texts; empty without one.
    mutating func dictionary(_ name: String) throws(Refusal) -> [String: String] {
        guard let value = left.removeValue(forKey: name) else { return [:] }
        guard let object = value.object else { throw .bad(path + name, "has to be an object of texts") }
        var texts: [String: String] = [:]
        for member in object.members {
            guard let text = member.value.string else { throw .bad(path + name, "has to be an object of texts") }
            texts[member.name] = text
        }
        return texts
    }

    /// An object inside; nil without one.
    mutating func optionalObject(_ name: String) throws(Refusal) -> Members? {
        guard let value = left.removeValue(forKey: name) else { return nil }
        return try Members(value, path: path + name)
    }

    mutating func object(_ name: String) throws(Refusal) -> Members {
        guard let members = try optionalObject(name) else { throw .bad(path + name, "missing") }
        return members
    }

    /// A text read into its type.
    mutating func value<Value>(_ name: String, _ rule: String, _ make: (String) -> Value?) throws(Refusal) -> Value {
        guard let value = make(try text(name)) else { throw .bad(path + name, rule) }
        return value
    }

    mutating func optionalValue<Value>(
        _ name: String, _ rule: String, _ make: (String) -> Value?
    ) throws(Refusal) -> Value? {
        guard let text = try optionalText(name) else { return nil }
        guard let value = make(text) else { throw .bad(path + name, rule) }
        return value
    }

    /// Nothing else may stand there.
    func end() throws(Refusal) {
        guard let name = left.keys.min() else { return }
        throw .bad(path + name, "no such member")
    }
}

extension StringProtocol {
    var trimmingSpaces: String {
        String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
