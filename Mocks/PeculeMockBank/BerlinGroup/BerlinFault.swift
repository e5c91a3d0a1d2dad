import PeculeHTTP

/// An error of the interface, in either of its two media types.
struct BerlinFault: Error {
    let status: Int
    /// A message code of the standard.
    let code: String
    let text: String

    init(_ status: Int, _ code: String, _ text: String) {
        (self.status, self.code, self.text) = (status, code, text)
    }

    init(_ refusal: RequestRefusal) {
        switch refusal {
        case .invalid(let text): self.init(400, "FORMAT_ERROR", text)
        case .declined(.instant): self.init(403, "PRODUCT_INVALID", "not as an instant transfer")
        case .declined(.foreignAccount): self.init(400, "FORMAT_ERROR", "debtorAccount.iban is no account of this bank")
        case .forbidden(let text): self.init(409, "STATUS_INVALID", text)
        case .unknown: self.init(404, "RESOURCE_UNKNOWN", "there is no such payment")
        }
    }

    func response(asProblem: Bool) -> HTTPResponse {
        guard asProblem else {
            let message: JSON = ["category": "ERROR", "code": .string(code), "text": .string(text)]
            return .json(["tppMessages": [message]], status: status)
        }
        let problem: JSON = [
            "type": "about:blank", "title": .string(code), "code": .string(code), "detail": .string(text),
        ]
        return .json(problem, status: status, type: "application/problem+json")
    }
}
