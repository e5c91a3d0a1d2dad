import Foundation
import Pecule

extension Explanation {
    private static let step = 44
    private static let top = 70

    /// The same as a sequence diagram: time goes down.
    var svg: String {
        let height = Self.top + steps.count * Self.step + 20
        let width = 110 + Self.actors.count * 250
        let lifelines = Self.actors.map { actor in
            """
            <text x="\(Self.x(actor))" y="30" text-anchor="middle" font-weight="bold">\(actor)</text>
            <line x1="\(Self.x(actor))" y1="42" x2="\(Self.x(actor))" y2="\(height - 10)" stroke="#929292"/>
            """
        }
        let rows = steps.enumerated().map { index, step in Self.row(step, Self.top + index * Self.step) }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" font-family="sans-serif" \
            font-size="13" role="img" aria-labelledby="title">
            <title id="title">Transfer \(transfer.id), step by step</title>
            <rect width="\(width)" height="\(height)" fill="#fff"/>
            <defs><marker id="tip" markerWidth="9" markerHeight="8" refX="8" refY="4" orient="auto">
            <path d="M0,0 L9,4 L0,8 z" fill="#000091"/></marker></defs>
            \(lifelines.joined(separator: "\n"))
            \(rows.joined(separator: "\n"))
            </svg>
            """
    }

    /// From left to right.
    private static let actors: [Actor] = [.payer, .gateway, .bank, .webhook]

    private static func x(_ actor: Actor) -> Int { 250 + (actors.firstIndex(of: actor) ?? 0) * 250 }

    private static func row(_ step: Step, _ y: Int) -> String {
        let (from, to) = step.way
        let words = escaped(step.words)
        let time = "<text x=\"8\" y=\"\(y)\" fill=\"#666\" font-size=\"11\">\(self.time(step.at))</text>"
        let result = "\(step.label) \(escaped(step.result))"
        let state = "<text x=\"8\" y=\"\(y + 14)\" font-size=\"11\">\(result)</text>"
        guard from != to else {
            return "\(time)\(state)<circle cx=\"\(x(.gateway))\" cy=\"\(y)\" r=\"5\" fill=\"#000091\"/>"
                + "<text x=\"\(x(.gateway) + 12)\" y=\"\(y + 4)\">\(words)</text>"
        }
        let dash = step.isUnanswered ? " stroke-dasharray=\"6 4\"" : ""
        let (start, end) = (x(from), x(to) + (x(from) < x(to) ? -2 : 2))
        return "\(time)\(state)<line x1=\"\(start)\" y1=\"\(y + 6)\" x2=\"\(end)\" y2=\"\(y + 6)\" "
            + "stroke=\"#000091\"\(dash) marker-end=\"url(#tip)\"/>"
            + "<text x=\"\((start + end) / 2)\" y=\"\(y)\" text-anchor=\"middle\">\(words)</text>"
    }

    private static func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
    }
}
