import Foundation

/// Standard output, with colours only where somebody looks at a terminal.
struct Terminal: Sendable {
    enum Style: String { case plain = "0", bold = "1", faint = "2", good = "32", bad = "31", mark = "36" }

    /// Says nothing: for what is tested rather than shown.
    private let isSilent: Bool

    private let isColoured =
        isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
        && ProcessInfo.processInfo.environment["TERM"] != "dumb"

    init(isSilent: Bool = false) { self.isSilent = isSilent }

    func line(_ text: String = "", _ style: Style = .plain) {
        guard !isSilent else { return }
        let isStyled = isColoured && style != .plain
        let bytes = isStyled ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m\n" : "\(text)\n"
        // A reader that is gone, or a full disk behind it, is no reason to stop a transfer.
        try? FileHandle.standardOutput.write(contentsOf: Data(bytes.utf8))
    }
}

extension String {
    /// Filled with spaces to a width, counted in characters.
    func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
    func leftPadded(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
