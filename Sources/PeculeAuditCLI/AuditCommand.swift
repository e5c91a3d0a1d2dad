import Glibc
import PeculeAudit

/// `audit`: reads, compares, says what it found.
enum AuditCommand {
    static func run() -> Never {
        do throws(AuditOptions.Fault) {
            switch try AuditOptions.read(CommandLine.arguments.dropFirst()) {
            case .help: say(AuditOptions.help, to: STDOUT_FILENO)
            case .audit(let options): exit(audit(options))
            }
            exit(0)
        } catch {
            complain("\(error.description)\nTry audit --help")
        }
    }

    private static func audit(_ options: AuditOptions) -> Int32 {
        do throws(UnreadableInput) {
            let tables = try StoreInput.read(options.store)
            let books = try options.ledger.map { path throws(UnreadableInput) in try FileInput.books(path) }
            let acknowledged = try options.acknowledged.map { path throws(UnreadableInput) in
                try FileInput.acknowledged(path)
            }
            let audit = Audit(
                tables: tables, books: books,
                expecting: Expectations(
                    caps: options.caps, acknowledged: acknowledged ?? [], allFinal: options.allFinal))
            let report = AuditReport(audit: audit, tables: tables, hasBooks: books != nil)
            say(options.wantsJSON ? report.json : report.text, to: STDOUT_FILENO)
            return audit.isSound ? 0 : 1
        } catch {
            complain(error.description)
        }
    }

    private static func complain(_ text: String) -> Never {
        say("audit: \(text)\n", to: STDERR_FILENO)
        exit(2)
    }

    private static func say(_ text: String, to file: Int32) {
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while let start = rest.baseAddress, !rest.isEmpty {
                let written = write(file, start, rest.count)
                guard written > 0 || errno == EINTR else { return }
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(max(0, written)))
            }
        }
    }
}
