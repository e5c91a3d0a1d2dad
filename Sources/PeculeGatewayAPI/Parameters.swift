import PeculeHTTP

/// The query of a request, read by name; what is unknown, doubled or of another form is refused, named.
struct Parameters {
    private var left: [String: String]

    init(_ request: HTTPRequest) throws(Refusal) {
        guard let form = URLForm(parsing: String(request.query ?? "")) else {
            throw .bad("query", "not of the form name=value&…")
        }
        if let twice = form.repeated.min() { throw .bad(twice, "stands twice") }
        left = Dictionary(form.pairs.map { ($0.name, $0.value) }) { first, _ in first }
    }

    mutating func text(_ name: String) -> String? { left.removeValue(forKey: name) }

    mutating func integer(_ name: String, in range: ClosedRange<Int>) throws(Refusal) -> Int? {
        guard let text = text(name) else { return nil }
        guard let value = Int(text), String(value) == text, range.contains(value) else {
            throw .bad(name, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    mutating func value<Value>(_ name: String, _ rule: String, _ make: (String) -> Value?) throws(Refusal) -> Value? {
        guard let text = text(name) else { return nil }
        guard let value = make(text) else { throw .bad(name, rule) }
        return value
    }

    /// Nothing else may stand there.
    func end() throws(Refusal) {
        guard let name = left.keys.min() else { return }
        throw .bad(name, "no such parameter")
    }
}
