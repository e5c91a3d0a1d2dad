import FoundationEssentials
import PeculeHTTP

/// The frame of the console: the payments on the left, one thing on the right.
struct ConsolePage: Sendable {
    /// A payment as it stood when the page was asked for.
    struct Item: Sendable {
        let profile: MockBankProfile
        let payment: Payment
        let scenario: Scenario

        var status: String { payment.status(at: profile) }
        var reference: String { String(payment.order.endToEndID.suffix(8)) }
    }

    let say: Saying
    /// Newest first.
    let items: [Item]
    let bookings: [(bank: String, entry: Ledger.Entry)]
    let catalogue: ScenarioCatalogue
    private let root: String

    private static let shown = 200

    init(desk: Desk, language: Language) {
        say = Saying(language: language)
        root = BankState.path(of: desk.books.baseURL) + ConsoleFace.root
        catalogue = desk.currentSeed.catalogue
        let all = desk.books.all { state in
            state.payments.values.map {
                Item(profile: state.profile, payment: $0, scenario: state.scenario(of: $0))
            }
        }
        items = all.sorted { ($0.payment.createdAt, $0.payment.id) > ($1.payment.createdAt, $1.payment.id) }
        bookings = desk.books.all { state in
            state.ledger.entries.filter { $0.kind != .opening }.map { (state.profile.id, $0) }
        }.sorted { $0.1.at > $1.1.at }
    }

    func link(_ path: String) -> String { root + path + (say.language == .french ? "" : "?lang=en") }

    func response(_ title: (Saying) -> String, content: (ConsolePage) -> HTML) -> HTTPResponse {
        let layout = Layout(
            title: title(say), wordmark: say("Console de recette", "QA console"), stylesheet: root + "/style.css",
            language: say.language)
        return layout.response(
            """
            <nav aria-label="\(say("Console", "Console"))">
            <a href="\(link(""))">\(say("Scénarios", "Scenarios"))</a>
            <a href="\(link("/ledger"))">\(say("Grand livre", "Ledger"))</a>
            <a href="\(root)\(say("?lang=en", ""))" lang="\(say("en", "fr"))">\(say("English", "Français"))</a>
            </nav>
            <div class="columns">
            <section class="list" aria-labelledby="paiements">
            <h2 id="paiements">\(say("Paiements", "Payments")) (\(items.count))</h2>
            \(items.isEmpty ? empty : nil)
            <ul>\(items.prefix(Self.shown).map(row))</ul>
            </section>
            <section class="detail">
            \(content(self))
            </section>
            </div>
            """)
    }

    private var empty: HTML {
        "<p>\(say("Aucun paiement reçu. Envoyez-en un à une banque.", "No payment yet. Send one to a bank."))</p>"
    }

    private func row(_ item: Item) -> HTML {
        """
        <li><a href="\(link("/\(item.profile.id)/\(item.payment.id)"))">
        \(Self.pill(item.status)) <span class="sum">\(French.euros(item.payment.order.cents))</span>
        <span class="who">\(item.profile.name) · \(item.reference)</span></a></li>
        """
    }

    /// A state by word and colour.
    static func pill(_ status: String) -> HTML {
        let kind =
            switch status {
            case "ACSC": "ok"
            case "RJCT", "CANC": "no"
            default: "wait"
            }
        let sign = ["ok": "✓", "no": "✕"][kind] ?? "…"
        return #"<span class="pill \#(kind)">\#(sign) \#(status)</span>"#
    }
}
