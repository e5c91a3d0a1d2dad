import Pecule
import PeculeHTTP

/// The one page of a portal that the demonstration needs: where the bank sends the browser back.
struct DemoPortal: HTTPHandler {
    let gateway: PeculeGateway
    let browser: BrowserSession

    static let path = "/retour"

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        guard request.method == .get, request.path == Self.path else {
            return .problem(404, code: "not_found", title: "There is nothing at this address")
        }
        do {
            let transfer = try await gateway.resume(query: String(request.query ?? ""), from: browser)
            return page(DemoReport.sentence(transfer.outcome))
        } catch {
            return page("Ce retour de la banque n’est pas reconnu.", status: 400)
        }
    }

    private func page(_ sentence: String, status: Int = 200) -> HTTPResponse {
        let html = "<!doctype html><html lang=\"fr\"><title>\(sentence)</title><h1>\(sentence)</h1></html>"
        return HTTPResponse(
            status: status, fields: ["Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"],
            body: Array(html.utf8))
    }
}
