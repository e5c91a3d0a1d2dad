import Foundation
import PeculeHTTP

/// What a browser asks, read.
struct PortalRequest: Sendable {
    let http: HTTPRequest
    /// What stands in the path.
    let parameters: HTTPRouter.Parameters
    let session: Session?
    let query: URLForm
    /// Empty unless something is sent; then the page it comes from was this session's.
    let form: URLForm
    /// The files that are sent with it.
    let files: [MultipartForm.Part]
    let now: Date
    /// What was typed into this page's form before the login.
    var typedBefore: URLForm?

    var hasFiles: Bool { !files.isEmpty }

    var relative: Relative? { session?.relative }

    /// What a field held that was sent, now or before the login; nil when there was no such field.
    func sent(_ field: String) -> String? { form[field] ?? typedBefore?[field] }

    /// What was typed into a field, without the spaces around it; empty when nothing was.
    func typed(_ field: String) -> String { (sent(field) ?? "").trimmed }
}

extension String {
    /// Without spaces of any kind at both ends.
    var trimmed: String {
        let rest = drop(while: \.isWhitespace)
        return String(rest[..<(rest.lastIndex { !$0.isWhitespace }.map(rest.index(after:)) ?? rest.startIndex)])
    }
}
