import PeculeHTTP

extension JSON {
    /// The value with one place changed: `"a.b"`, `"list.0.c"`; nil takes the member away.
    func changing(_ path: String, to value: JSON?) -> JSON {
        changing(path.split(separator: ".").map(String.init)[...], to: value)
    }

    private func changing(_ path: ArraySlice<String>, to value: JSON?) -> JSON {
        guard let name = path.first else { return value ?? .null }
        let rest = path.dropFirst()
        switch self {
        case .object(var object):
            object[name] = rest.isEmpty ? value : (object[name] ?? [:]).changing(rest, to: value)
            return .object(object)
        case .array(var values):
            guard let index = Int(name), values.indices.contains(index) else { return self }
            values[index] = values[index].changing(rest, to: value)
            return .array(values)
        default: return self
        }
    }
}
