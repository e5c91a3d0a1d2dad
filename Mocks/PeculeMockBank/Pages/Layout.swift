import PeculeHTTP

/// The frame of every page, and the headers that keep it to itself.
struct Layout: Sendable {
    let title: String
    let wordmark: String
    let stylesheet: String
    /// Beyond this site, where a form may lead.
    var formTargets: [String] = []
    /// Beyond this site, what a page may load as an image.
    var imageSources: [String] = []

    var language = Language.french
    /// Where this page is in the other language; nil where it is not.
    var otherLanguage: String?

    func response(status: Int = 200, _ body: HTML) -> HTTPResponse {
        .page(document(body), status: status, formTargets: formTargets, imageSources: imageSources)
    }

    private func document(_ body: HTML) -> HTML {
        """
        <!DOCTYPE html>
        <html lang="\(language.rawValue)">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(title) – \(wordmark)</title>
        <link rel="stylesheet" href="\(stylesheet)">
        </head>
        <body>
        <a class="skip" href="#contenu">\(say("Aller au contenu", "Skip to content"))</a>
        <p class="simulation">\(say("Simulation – aucun virement réel", "Simulation – no real transfer"))</p>
        <header><p class="wordmark">\(wordmark)</p>\(otherLanguage.map(link))</header>
        <main id="contenu">
        \(body)
        </main>
        </body>
        </html>
        """
    }

    private var say: Saying { Saying(language: language) }

    private func link(_ address: String) -> HTML {
        let other = language.other.rawValue
        return #"<p><a href="\#(address)" lang="\#(other)" hreflang="\#(other)">\#(say("English", "Français"))</a></p>"#
    }
}
