import Foundation
import PeculeHTTP

/// Prints the steps of the demonstration and, beneath each, the HTTP exchanges that it took.
final class Journal: Sendable {
    private let terminal: Terminal
    private let began = ContinuousClock.now

    init(_ terminal: Terminal) { self.terminal = terminal }

    func step(_ title: String) {
        let elapsed = (ContinuousClock.now - began).inMilliseconds
        terminal.line()
        terminal.line("\("\(elapsed) ms".leftPadded(8))  \(title)", .bold)
    }

    func note(_ text: String) { terminal.line("          \(text)") }

    func exchange(_ who: String, _ request: HTTPRequest, _ result: String, took: Duration) {
        let line = "\(who.padded(17)) \(request.method.rawValue.padded(4)) \(Self.brief(request.target))"
        terminal.line("          \(line.padded(76)) \(result.leftPadded(7))  \(took.inMilliseconds) ms", .faint)
    }

    /// Path alone, long unguessable segments shortened: what stands in a query is nobody's business.
    private static func brief(_ target: String) -> String {
        let path = target.split(separator: "://", maxSplits: 1).last?.drop { $0 != "/" } ?? ""
        let segments = path.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false)
        let shown = segments.map { $0.count > 24 ? "\($0.prefix(6))…" : String($0) }.joined(separator: "/")
        return path.contains("?") ? shown + "?…" : shown
    }
}

/// A transport that tells the journal of each exchange.
struct JournalingTransport: HTTPTransport {
    let who: String
    let inner: any HTTPTransport
    let journal: Journal

    func send(_ request: HTTPRequest, within limits: HTTPLimits) async throws(HTTPTransportError) -> HTTPResponse {
        let start = ContinuousClock.now
        do throws(HTTPTransportError) {
            let response = try await inner.send(request, within: limits)
            journal.exchange(who, request, "\(response.status)", took: ContinuousClock.now - start)
            return response
        } catch {
            journal.exchange(who, request, error.reason.rawValue, took: ContinuousClock.now - start)
            throw error
        }
    }
}

extension Duration {
    var inMilliseconds: Int { Int(self / .milliseconds(1)) }
}
