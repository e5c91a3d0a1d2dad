import PeculeHTTP

/// The frame of every page.
struct Page: Sendable {
    let title: String
    /// Beyond this site, where a form may lead.
    var formTargets: [String] = []

    func response(status: Int = 200, _ body: HTML) -> HTTPResponse {
        .page(document(body), status: status, formTargets: formTargets)
    }

    private func document(_ body: HTML) -> HTML {
        """
        <!DOCTYPE html>
        <html lang="fr">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(title) – Simulation de FranceConnect</title>
        <link rel="stylesheet" href="\(ProviderPath.stylesheet)">
        </head>
        <body>
        <a class="skip" href="#contenu">Aller au contenu</a>
        <header>
        <p class="simulation">Simulation — ce n’est pas FranceConnect</p>
        <p class="wordmark">Simulation de FranceConnect</p>
        </header>
        <main id="contenu">
        <h1>\(title)</h1>
        \(body)
        </main>
        </body>
        </html>
        """
    }
}

/// Pages with no way back to the service.
enum ErrorPage {
    static func response(_ code: ErrorCode, detail: String) -> HTTPResponse {
        Page(title: "Une erreur est survenue").response(
            status: 400,
            """
            <p class="alert" role="alert">\(code.text)</p>
            <p>Code d’erreur\u{A0}: <strong>\(code.rawValue)</strong>\(detail.isEmpty ? "" : " (\(detail))")</p>
            <p>Revenez au service d’où vous venez pour recommencer.</p>
            """)
    }

    /// For a browser that did not begin what it shows, or too long ago.
    static var over: HTTPResponse {
        Page(title: "Cette connexion n’est plus valable").response(
            status: 400,
            """
            <p class="alert" role="alert">Elle a expiré, elle est terminée, ou elle a commencé dans un autre \
            navigateur.</p>
            <p>Revenez au service d’où vous venez pour recommencer.</p>
            """)
    }
}

/// For those whom the service has given no way back.
enum LogoutPage {
    static var response: HTTPResponse {
        Page(title: "Vous êtes bien déconnecté").response(
            """
            <p role="status">Votre session est terminée. Vous pouvez fermer cet onglet.</p>
            """)
    }
}
