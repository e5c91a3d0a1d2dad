/// The parts of a `multipart/form-data` body (RFC 7578), in the order they came.
///
/// Strict, because one reader's file name is another's field: nothing stands before, between or after the parts, every
/// part has one name in quotes, and what RFC 7578 forbids (`filename*`, transfer encodings) or has given up (parts
/// within parts) is refused. Bodies are slices of the one that was given: reading copies no file.
public struct MultipartForm: Sendable {
    /// What a form may have at most.
    public struct Limits: Sendable, Equatable {
        /// Bytes of the whole body.
        public var body: Int
        public var parts: Int
        /// Bytes of one part's fields, their line breaks included.
        public var head: Int
        /// Bytes of a part that is no file.
        public var value: Int

        public init(body: Int = 12 << 20, parts: Int = 32, head: Int = 2048, value: Int = 64 << 10) {
            (self.body, self.parts, self.head, self.value) = (body, parts, head, value)
        }
    }

    /// One field of the form.
    public struct Part: Sendable, Equatable {
        public let name: String
        /// As the client says it, which may be anything; nil for a part that is no file.
        public let filename: String?
        /// As the client says it, which may be anything.
        public let contentType: String?
        public let body: ArraySlice<UInt8>

        /// The value of a part that is no file; nil for a file, and for bytes that are not UTF-8.
        public var text: String? { filename == nil ? String(validating: body, as: UTF8.self) : nil }

        /// What browsers send for a file that nobody chose.
        public var isNoFile: Bool { filename == "" && body.isEmpty }
    }

    public let parts: [Part]

    /// - Parameter contentType: the `Content-Type` of the request.
    public init(
        _ body: [UInt8], contentType: String?, within limits: Limits = Limits()
    ) throws(MultipartError) {
        guard body.count <= limits.body else { throw .bodyTooLarge }
        var reader = MultipartReader(body, boundary: try MultipartBoundary.bytes(in: contentType), limits)
        parts = try reader.parts()
    }

    /// The part of a name that appears exactly once; nil when it is absent or repeated.
    public subscript(_ name: String) -> Part? {
        let found = parts(named: name)
        return found.count == 1 ? found[0] : nil
    }

    /// Every part of that name, in order: a field that takes several files.
    public func parts(named name: String) -> [Part] { parts.filter { $0.name == name } }

    /// The parts that are no files, as a form without files would have them; a value that is not UTF-8 is left out.
    public var fields: URLForm {
        URLForm(parts.compactMap { part in part.text.map { (part.name, $0) } })
    }
}

/// Why a body is no form that we read.
public enum MultipartError: String, Error, Sendable, CaseIterable {
    case notMultipart = "not_multipart"
    case boundary = "bad_boundary"
    case bodyTooLarge = "body_too_large"
    case tooManyParts = "too_many_parts"
    case headTooLarge = "part_head_too_large"
    case valueTooLarge = "part_value_too_large"
    /// The body ends before its closing boundary.
    case truncated
    /// Something stands where only a boundary may.
    case stray = "stray_bytes"
    case field = "bad_part_field"
    case disposition = "bad_disposition"
    case encoding = "transfer_encoding"
    case nested

    /// The status that answers it (RFC 9110, section 15).
    public var status: Int {
        switch self {
        case .notMultipart: 415
        case .bodyTooLarge, .tooManyParts, .headTooLarge, .valueTooLarge: 413
        default: 400
        }
    }
}
