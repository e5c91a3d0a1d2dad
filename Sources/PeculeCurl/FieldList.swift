import CPeculeCurl
import PeculeHTTP

extension HTTPRequest {
    /// Whether it says the length of its body: some methods do even when that is nothing (RFC 9110, section 8.6).
    var announcesBody: Bool { !body.isEmpty || method == .post || method == .put || method == .patch }
}

/// The owner of the header lines of one request, in libcurl's form.
final class FieldList {
    private(set) var pointer: UnsafeMutablePointer<curl_slist>?
    /// False when memory ran out: a field is missing.
    private(set) var isComplete = true

    /// Fields that libcurl would add by itself, the last two to a body; a line with no value keeps it from doing so.
    private static let uninvited = ["Accept", "Content-Type", "Expect"].map { (name: $0, line: $0 + ":") }

    init(of request: HTTPRequest) {
        let fields = request.fields
        for field in fields.all { append(Self.line(field)) }
        for (name, line) in Self.uninvited.prefix(request.announcesBody ? 3 : 1) where !fields.contains(name) {
            append(line)
        }
    }

    deinit { curl_slist_free_all(pointer) }

    /// libcurl takes a line that ends in `;` as a field with an empty value.
    private static func line(_ field: HTTPFields.Field) -> String {
        let isBlank = field.value.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
        return isBlank ? field.name + ";" : "\(field.name): \(field.value)"
    }

    private func append(_ line: String) {
        guard let longer = curl_slist_append(pointer, line) else { return isComplete = false }
        pointer = longer
    }
}
