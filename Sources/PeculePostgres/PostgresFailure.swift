import Pecule

/// What went wrong with a statement or the connection that it was sent on.
enum PostgresFailure: Error, CustomStringConvertible {
    /// The server said no, in its five letters: what the transaction did is undone.
    case refused(String)
    /// The connection is gone, or could not be had, before a commit was sent.
    case lost(String)
    /// A commit was sent, and its answer did not come or does not say what became of it.
    case commitUnknown(String)
    /// A newer release works on these tables now.
    case outdated
    /// The server's answer is not what its tables promise.
    case unreadable(String)

    /// Never the text of a statement nor a value: the server's own messages may hold some, and are not asked for.
    var description: String {
        switch self {
        case .refused(let state): Self.words[state].map { "\($0), SQLSTATE \(state)" } ?? "SQLSTATE \(state)"
        case .outdated: "a newer release has changed the tables"
        case .lost(let why), .commitUnknown(let why), .unreadable(let why): why
        }
    }

    private static let words = [
        "22021": "a text that cannot be stored", "23505": "a value that must be unique is taken",
        "25006": "the server is read-only", "40001": "too many others at the same rows",
        "40P01": "too many others at the same rows", "42501": "permission denied", "53100": "disk full",
        "53300": "too many connections", "55P03": "a lock was not to be had in time", "57014": "took too long",
        "57P01": "the server ended the connection", "57P03": "the server is starting or stopping",
    ]

    /// Undone only because of what others did at the same time: to be done again.
    var isConflict: Bool {
        if case .refused(let state) = self { ["40001", "40P01"].contains(state) } else { false }
    }

    var isLost: Bool {
        if case .lost = self { true } else { false }
    }

    /// What it means to a caller.
    var fault: StoreFault {
        switch self {
        case .refused(let state) where ["XX001", "XX002"].contains(state): .corrupt(description)
        case .refused, .lost, .outdated: .unavailable(description)
        case .commitUnknown: .outcomeUnknown(description)
        case .unreadable: .corrupt(description)
        }
    }
}
