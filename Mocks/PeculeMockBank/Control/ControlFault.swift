import PeculeHTTP

/// Why a control call is not done; names the member that is wrong and says what it must be.
struct ControlFault: Error, Equatable, CustomStringConvertible {
    let status: Int
    let detail: String

    init(_ detail: String, status: Int = 400) { (self.status, self.detail) = (status, detail) }

    var description: String { detail }

    static func unknown(_ what: String) -> ControlFault { ControlFault("there is no such \(what)", status: 404) }

    var response: HTTPResponse {
        let code = [404: "not_found", 409: "conflict"][status] ?? "bad_request"
        return .problem(status, code: code, title: "The control call was not done", detail: detail)
    }
}
