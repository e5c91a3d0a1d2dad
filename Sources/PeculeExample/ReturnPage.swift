import Pecule
import PeculeHTTP
import Synchronization

/// The page where banks send browsers back, on this package's own small server. Your web framework takes its place.
final class ReturnPage: HTTPHandler, Sendable {
    typealias Resume = @Sendable (HTTPRequest) async throws -> TransferSummary

    private let resume = Mutex<Resume?>(nil)

    func serve(_ resume: @escaping Resume) { self.resume.withLock { $0 = resume } }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        guard request.path == "/retour", let resume = resume.withLock({ $0 }),
            let transfer = try? await resume(request)
        else { return page("Cette page n’existe pas.", status: 404) }
        switch transfer.outcome {
        case .settled: return page("Votre virement est confirmé.")
        case .failed: return page("Votre virement n’a pas eu lieu. Rien n’a été débité.")
        case .unknown: return page("Votre banque n’a pas encore répondu. Ne refaites pas de virement.")
        case .chooseBank, .approve, .underway: return page("Votre virement est en cours.")
        }
    }

    private func page(_ text: String, status: Int = 200) -> HTTPResponse {
        HTTPResponse(
            status: status, fields: ["Content-Type": "text/html; charset=utf-8"],
            body: Array("<!doctype html><html lang=\"fr\"><title>\(text)</title><h1>\(text)</h1></html>".utf8))
    }
}
