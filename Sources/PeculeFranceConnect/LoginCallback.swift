import FoundationEssentials
import PeculeCrypto
import PeculeHTTP

/// What a browser brings back from FranceConnect, believed as far as it can be before anybody is asked.
struct LoginCallback {
    let code: String

    /// An error in the answer is told only when the answer belongs to the attempt and comes from the issuer.
    init(query: String, of attempt: LoginAttempt, issuer: String, at now: Date) throws(FranceConnectError) {
        guard let form = URLForm(parsing: query), form.repeated.isEmpty else {
            throw .notTrusted(.unreadableCallback)
        }
        guard let state = form["state"], ConstantTime.equal(state.utf8, attempt.state.utf8) else {
            throw .notTrusted(.wrongState)
        }
        guard form["iss"] == issuer else { throw .notTrusted(.wrongCallbackIssuer) }
        guard !attempt.isOver(at: now) else { throw .outdated }
        if let error = form["error"] { throw Self.refusal(error, form["error_description"] ?? "") }
        guard let code = form["code"], (1...2048).contains(code.utf8.count) else {
            throw .notTrusted(.unreadableCallback)
        }
        self.code = code
    }

    private static func refusal(_ error: String, _ description: String) -> FranceConnectError {
        switch error {
        case "access_denied": .cancelled
        case "server_error", "temporarily_unavailable": .unavailable(LogText.of(error, description))
        default: .misconfigured(LogText.of(error, description))
        }
    }
}

/// Words of another server as a log may hold them: short, and on one line.
enum LogText {
    static func of(_ parts: String...) -> String {
        let text = parts.filter { !$0.isEmpty }.joined(separator: ": ")
        return String(text.unicodeScalars.prefix(200).map { $0.isASCII && $0.value >= 0x20 ? Character($0) : "?" })
    }
}
