/// Walks a multipart body once, from boundary to boundary.
struct MultipartReader {
    private let body: [UInt8]
    private let boundary: [UInt8]
    private let limits: MultipartForm.Limits
    private var place = 0

    init(_ body: [UInt8], boundary: [UInt8], _ limits: MultipartForm.Limits) {
        (self.body, self.boundary, self.limits) = (body, boundary, limits)
    }

    mutating func parts() throws(MultipartError) -> [MultipartForm.Part] {
        guard body[place...].starts(with: boundary) else { throw body.count < boundary.count ? .truncated : .stray }
        place += boundary.count
        var parts: [MultipartForm.Part] = []
        while true {
            if try isAtEnd() { return parts }
            guard parts.count < limits.parts else { throw .tooManyParts }
            parts.append(try part())
        }
    }

    /// After a boundary: `--` ends the body, a line break begins a part.
    private mutating func isAtEnd() throws(MultipartError) -> Bool {
        let rest = body[place...]
        guard rest.count >= 2 else { throw .truncated }
        if rest.starts(with: "\r\n".utf8) {
            place += 2
            return false
        }
        guard rest.starts(with: "--".utf8), rest.count == 2 || rest.dropFirst(2).elementsEqual("\r\n".utf8)
        else { throw .stray }
        return true
    }

    private mutating func part() throws(MultipartError) -> MultipartForm.Part {
        let fields = try head()
        let start = place
        guard let end = nextBoundary() else { throw .truncated }
        place = end + 2 + boundary.count
        return try Self.part(fields, body[start..<end], limits)
    }

    /// The fields of a part, up to the empty line that ends them.
    private mutating func head() throws(MultipartError) -> HTTPFields {
        var fields = HTTPFields()
        var size = 0
        while true {
            let line = try line(atMost: limits.head - size)
            size += line.count + 2
            if line.isEmpty { return fields }
            guard let field = Self.field(line) else { throw .field }
            fields.append(field.value, for: field.name)
        }
    }

    private mutating func line(atMost limit: Int) throws(MultipartError) -> ArraySlice<UInt8> {
        let rest = body[place...].prefix(max(limit, 0))
        guard let end = rest.firstIndex(of: 0x0D), end + 1 < rest.endIndex else {
            throw rest.endIndex == body.endIndex ? .truncated : .headTooLarge
        }
        guard rest[end + 1] == 0x0A else { throw .field }
        place = end + 2
        return rest[..<end]
    }

    /// Where the line break before the next boundary stands.
    private func nextBoundary() -> Int? {
        body.withUnsafeBufferPointer { bytes in
            var start = place
            while let found = bytes[start...].firstIndex(of: 0x0D) {
                let line = bytes[(found + 1)...]
                if line.first == 0x0A, line.dropFirst().starts(with: boundary) { return found }
                start = found + 1
            }
            return nil
        }
    }

    private static func field(_ line: ArraySlice<UInt8>) -> (name: String, value: String)? {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else { return nil }
        let (name, value) = (line[..<colon], line[(colon + 1)...].drop(while: HTTPSyntax.isSpace))
        guard name.allSatisfy(HTTPSyntax.isToken), value.allSatisfy(HTTPSyntax.isFieldValue),
            let text = String(validating: value, as: UTF8.self)
        else { return nil }
        return (String(decoding: name, as: UTF8.self), text)
    }

    private static func part(
        _ fields: HTTPFields, _ body: ArraySlice<UInt8>, _ limits: MultipartForm.Limits
    ) throws(MultipartError) -> MultipartForm.Part {
        guard !fields.contains("Content-Transfer-Encoding") else { throw .encoding }
        guard let text = fields["Content-Disposition"], let disposition = MultipartParameters(text),
            disposition.value == "form-data", disposition["filename*"] == nil, let name = disposition["name"],
            (1...100).contains(name.utf8.count)
        else { throw .disposition }
        let contentType = fields["Content-Type"]
        guard contentType?.lowercased().hasPrefix("multipart/") != true else { throw .nested }
        let filename = disposition["filename"]
        guard filename != nil || body.count <= limits.value else { throw .valueTooLarge }
        return MultipartForm.Part(name: name, filename: filename, contentType: contentType, body: body)
    }
}
