import FoundationEssentials
import PeculeHTTP

/// Who called whom about one payment, when, and with which answer: time goes down, long waits are marked.
struct SequenceDiagram {
    let say: Saying
    let item: ConsolePage.Item
    let exchanges: [Journal.Entry]
    let notifications: [Notification]

    private enum Life: Int, CaseIterable { case browser, portal, gateway, bank }

    private static let shown = 80
    private static let width = 960
    private static let top = 64
    private static let step = 56
    /// A silence that is worth a mark.
    private static let gap: TimeInterval = 60

    /// One exchange, one attempt to send a notification, or a gap before the next.
    private enum Row {
        case exchange(Journal.Entry)
        case notification(status: String, Notification.Attempt)
        case gap(TimeInterval)
    }

    var markup: HTML {
        guard let start = talk.first?.at else { return "<p>\(say("Aucun échange gardé.", "No exchange kept."))</p>" }
        let rows = rows
        let height = Self.top + rows.count * Self.step + 16
        return """
            <div class="scroll"><svg class="sequence" viewBox="0 0 \(Self.width) \(height)" role="img" \
            aria-labelledby="seq-title seq-desc">
            <title id="seq-title">\(say("Diagramme de séquence du paiement", "Sequence diagram of payment")) \
            \(item.reference)</title>
            <desc id="seq-desc">\(talk.map { sentence($0.row) }.joined(separator: " "))</desc>
            \(Life.allCases.map { lifeline($0, height) })
            \(rows.enumerated().map { draw($1, Self.top + $0 * Self.step, since: start) })
            </svg></div>
            """
    }

    /// What was said, in its order.
    private var talk: [(at: Date, row: Row)] {
        let attempts = notifications.flatMap { notification in
            notification.attempts.map { (at: $0.at, row: Row.notification(status: notification.status, $0)) }
        }
        let all = exchanges.map { (at: $0.at, row: Row.exchange($0)) } + attempts
        return Array(all.sorted { $0.at < $1.at }.prefix(Self.shown))
    }

    private var rows: [Row] {
        var rows: [Row] = []
        var last = talk.first?.at ?? .distantPast
        for (at, row) in talk {
            let wait = at.timeIntervalSince(last)
            if wait > Self.gap { rows.append(.gap(wait)) }
            rows.append(row)
            last = at
        }
        return rows
    }

    private func lifeline(_ life: Life, _ height: Int) -> HTML {
        let x = Self.x(life)
        return """
            <text class="life" x="\(x)" y="24" text-anchor="middle">\(name(life))</text>\
            <line class="life" x1="\(x)" y1="36" x2="\(x)" y2="\(height)"/>
            """
    }

    private func draw(_ row: Row, _ y: Int, since start: Date) -> HTML {
        switch row {
        case .gap(let wait):
            return #"<text class="gap" x="8" y="\#(y + 16)">⋯ \#(say.span(wait)) ⋯</text>"#
        case .notification(let status, let attempt):
            return """
                <text class="time" x="8" y="\(y + 4)">+\(say.span(attempt.at.timeIntervalSince(start)))</text>
                \(arrow(.bank, .gateway, y, "call", say("avis", "notification") + " " + status))
                \(arrow(.gateway, .bank, y + 22, "call answer", attempt.outcome ?? "…"))
                """
        case .exchange(let entry):
            let caller: Life = entry.endpoint == .page ? .browser : .gateway
            let kind = entry.fault == nil ? "call" : "call fault"
            let fault = entry.fault.map { " ⚡ " + $0 } ?? ""
            return """
                <text class="time" x="8" y="\(y + 4)">+\(say.span(entry.at.timeIntervalSince(start)))</text>
                \(arrow(caller, .bank, y, kind, "\(entry.request.method) \(path(entry))"))
                \(arrow(.bank, caller, y + 22, kind + " answer", "\(entry.response.status)\(fault)"))
                \(isLeaving(entry) ? arrow(.browser, .portal, y + 38, "call", say("retour", "return")) : nil)
                """
        }
    }

    private func arrow(_ from: Life, _ to: Life, _ y: Int, _ kind: String, _ text: String) -> HTML {
        let (start, end) = (Self.x(from), Self.x(to))
        let head = end > start ? end - 7 : end + 7
        return """
            <g class="\(kind)"><line x1="\(start)" y1="\(y)" x2="\(end)" y2="\(y)"/>\
            <path d="M\(end) \(y) L\(head) \(y - 4) L\(head) \(y + 4) Z"/>\
            <text x="\((start + end) / 2)" y="\(y - 4)" text-anchor="middle">\(text)</text></g>
            """
    }

    private func sentence(_ row: Row) -> String {
        switch row {
        case .exchange(let entry): return sentence(entry)
        case .notification(let status, let attempt):
            let what = say("avis", "notification") + " " + status
            return "\(name(.bank)) → \(name(.gateway)) : \(what), \(attempt.outcome ?? "…")."
        case .gap: return ""
        }
    }

    private func sentence(_ entry: Journal.Entry) -> String {
        let who = name(entry.endpoint == .page ? .browser : .gateway)
        let fault = entry.fault.map { ", " + say("panne", "fault") + " " + $0 } ?? ""
        return "\(who) → \(name(.bank)) : \(entry.request.method) \(path(entry)), \(entry.response.status)\(fault)."
    }

    private func isLeaving(_ entry: Journal.Entry) -> Bool {
        entry.endpoint == .page && entry.response.fields["Location"].map { !$0.hasPrefix("/") } == true
    }

    private func path(_ entry: Journal.Entry) -> String {
        Masked.path(entry.request.path.dropFirst(entry.bank.utf8.count + 1))
    }

    private func name(_ life: Life) -> String {
        switch life {
        case .browser: say("Navigateur", "Browser")
        case .portal: say("Portail", "Portal")
        case .gateway: say("Passerelle", "Gateway")
        case .bank: say("Banque", "Bank")
        }
    }

    private static func x(_ life: Life) -> Int { 130 + life.rawValue * 255 }
}
