import Foundation
import Pecule

/// One line of JSON for every change of a transfer, on standard error: nothing personal stands in a change.
struct EventLog: Sendable {
    private let write: @Sendable (String) -> Void

    /// - Parameter write: takes one line.
    init(_ write: @escaping @Sendable (String) -> Void) { self.write = write }

    static let standardError = EventLog { try? FileHandle.standardError.write(contentsOf: Data("\($0)\n".utf8)) }

    func note(_ change: TransferChange) { write(change.json) }
}
