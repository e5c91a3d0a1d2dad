/// The textual form of keys and certificates (RFC 7468).
public enum PEM {
    /// The content of every block of that label, in order. Nil when one of them is broken.
    public static func blocks(_ label: String, in text: String) -> [[UInt8]]? {
        var (found, current): ([[UInt8]], [Substring]?) = ([], nil)
        for line in text.split(whereSeparator: \.isNewline) {
            switch line {
            case "-----BEGIN \(label)-----": current = []
            case "-----END \(label)-----":
                guard let bytes = current.flatMap({ Base64.decode($0.joined()) }) else { return nil }
                found.append(bytes)
                current = nil
            default: current?.append(line)
            }
        }
        return current == nil ? found : nil
    }

    /// A block of that label.
    public static func text(_ label: String, _ bytes: [UInt8]) -> String {
        var (lines, rest) = (["-----BEGIN \(label)-----"], Base64.encode(bytes)[...])
        while !rest.isEmpty {
            lines.append(String(rest.prefix(64)))
            rest = rest.dropFirst(64)
        }
        return (lines + ["-----END \(label)-----", ""]).joined(separator: "\n")
    }
}
