import Synchronization

/// A mail server of a few lines, which says yes until it is told otherwise.
final class SMTPScript: Sendable {
    /// What it says to a verb, or does.
    enum Answer: Sendable, Equatable {
        case says(String)
        case closes
        case isSilent
    }

    /// By verb; `220` is the greeting, `.` the end of a message.
    private let answers: [String: Answer]
    private let heard = Mutex<[String]>([])

    init(_ answers: [String: Answer] = [:]) { self.answers = answers }

    /// Every line that came, in order.
    var lines: [String] { heard.withLock { $0 } }

    /// The message, as it lay between DATA and the dot.
    var message: [String] {
        Array(lines.drop { $0 != "DATA" }.dropFirst().prefix { $0 != "." })
    }

    func play(_ connection: RawConnection) {
        guard answer("220", "220 mail.example", connection) else { return }
        var isData = false
        while let line = connection.readLine() {
            heard.withLock { $0.append(line) }
            let verb = isData ? line : line.split(separator: " ").first.map { $0.uppercased() } ?? ""
            if isData && line != "." { continue }
            isData = verb == "DATA" && answers[verb] == nil
            guard answer(verb, usual(verb), connection), verb != "QUIT" else { return }
        }
    }

    private func usual(_ verb: String) -> String {
        switch verb {
        case "EHLO": "250-mail.example\r\n250-AUTH PLAIN\r\n250 SIZE 1000000"
        case "AUTH": "235 yes"
        case "DATA": "354 go on"
        case "QUIT": "221 bye"
        default: "250 yes"
        }
    }

    /// False when nothing more is to be said.
    private func answer(_ verb: String, _ usual: String, _ connection: RawConnection) -> Bool {
        switch answers[verb] ?? .says(usual) {
        case .says(let text): return connection.write("\(text)\r\n")
        case .closes: return false
        case .isSilent:
            connection.waitForClose()
            return false
        }
    }
}
