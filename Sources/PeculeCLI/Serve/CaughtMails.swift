import Foundation
import Pecule
import PeculeCurl
import PeculeHTTP
import PeculeMail
import Synchronization

/// Catches the portal's mails instead of sending them, and shows them: nobody here has a mailbox.
final class CaughtMails: MailCarrier, HTTPHandler, Sendable {
    private let caught = Mutex<[(mail: Mail, at: Date)]>([])

    /// First segment of the page that shows them.
    static let folder = "courrier-simule"
    private static let most = 100
    private static let none: HTML = "<p>Aucun message pour l’instant.</p>"

    func carry(_ mail: Mail, id: String, at moment: Date) async throws(SMTPError) {
        caught.withLock { $0 = ($0 + [(mail, moment)]).suffix(Self.most) }
    }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        let mails = caught.withLock(\.self).reversed().map { kept -> HTML in
            """
            <article class="card"><h2>\(kept.mail.subject)</h2><p>À&nbsp;: \(kept.mail.to.revealed)</p>
            <pre>\(kept.mail.body)</pre></article>
            """
        }
        return .page(
            """
            <!DOCTYPE html>
            <html lang="fr"><head><meta charset="utf-8"><title>Courrier simulé – Portail des proches</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <link rel="stylesheet" href="/portail.css"></head>
            <body><header><p class="simulation">Simulation – aucun virement réel</p></header>
            <main><h1>Courrier simulé</h1>
            <p>Les messages que le portail aurait envoyés, du plus récent au plus ancien.</p>
            \(mails.isEmpty ? Self.none : "")\(mails)
            <p><a href="/">Revenir au portail</a></p></main></body></html>
            """)
    }
}
