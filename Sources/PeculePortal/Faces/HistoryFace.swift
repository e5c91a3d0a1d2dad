import Foundation
import Pecule
import PeculeHTTP

/// The transfers of the last six months, as a page and as a table for other programs.
struct HistoryFace: Sendable {
    let desk: PortalDesk

    private static let pageLength = 20

    func install(in router: inout HTTPRouter) {
        desk.forRelatives(&router, .get, "/virements") { request, relative throws(Trouble) in
            try await show(request, relative)
        }
        desk.forRelatives(&router, .get, "/virements.csv") { request, relative throws(Trouble) in
            try await export(relative)
        }
    }

    private func show(_ request: PortalRequest, _ relative: Relative) async throws(Trouble) -> HTTPResponse {
        var cursor: TransferHistory.Cursor?
        if let place = request.query["apres"] {
            guard let read = TransferHistory.Cursor(text: place) else { throw .notFound }
            cursor = read
        }
        let after = cursor
        let history = try await desk.asked { () throws(PeculeError) in
            try await desk.service.history(of: relative.account, after: after, limit: Self.pageLength)
        }
        let since = FrenchDate.day(TransferHistory.start(at: request.now))
        let next = history.next.map { Pieces.link("Virements plus anciens", to: "/virements?apres=\($0.text)") }
        let first = cursor.map { _ in Pieces.link("Virements les plus récents", to: "/virements") }
        return desk.frame("Historique des virements", .pecule, for: request).page(
            """
            <h1>Historique des virements</h1>
            <p>Vos virements depuis le \(since).</p>
            \(history.transfers.isEmpty ? empty(isFirst: cursor == nil) : table(history.transfers))
            <p>\(first) \(next)</p>
            \(history.transfers.isEmpty ? "" : Self.exportLink)
            """)
    }

    private static let exportLink: HTML = """
        <p><a href="/virements.csv" download="virements.csv">Télécharger la liste (fichier CSV pour tableur)</a></p>
        """

    private func empty(isFirst: Bool) -> HTML {
        """
        <p>\(isFirst ? "Aucun virement ces six derniers mois." : "Aucun virement plus ancien.")</p>
        <p>\(Pieces.link("Faire un virement", to: "/pecule", isMain: true))</p>
        """
    }

    private func table(_ transfers: [TransferSummary]) -> HTML {
        let rows = transfers.map { transfer -> HTML in
            let (mood, text) = GatewayText.name(of: transfer.outcome)
            return """
                <tr><th scope="row" data-title="Date"><a \
                href="/virements/\(transfer.id.text)">\(FrenchDate.dayAndTime(transfer.draftedAt))</a></th>
                <td data-title="Personne détenue">\(transfer.detainee.name.revealed)</td>
                <td data-title="Établissement">\(transfer.establishmentName)</td>
                <td data-title="Montant" class="number">\(transfer.amount.french)</td>
                <td data-title="État">\(Pieces.pill(mood, text))</td>
                <td data-title="Référence" class="reference">\(transfer.id.text)</td></tr>
                """
        }
        return """
            <table><caption>Virements, du plus récent au plus ancien</caption>
            <thead><tr><th scope="col">Date</th><th scope="col">Personne détenue</th><th scope="col">Établissement</th>
            <th scope="col">Montant</th><th scope="col">État</th><th scope="col">Référence</th></tr></thead>
            <tbody>\(rows)</tbody></table>
            """
    }

    // MARK: Export

    private func export(_ relative: Relative) async throws(Trouble) -> HTTPResponse {
        let head = ["Date", "Personne détenue", "Établissement", "Montant (euros)", "État", "Référence"]
        let rows = try await desk.transfers(of: relative).map { transfer in
            [
                FrenchDate.numbers(transfer.draftedAt), transfer.detainee.name.revealed, transfer.establishmentName,
                transfer.amount.decimal.replacing(".", with: ","), GatewayText.name(of: transfer.outcome).1,
                transfer.id.text,
            ]
        }
        // The mark by which spreadsheets know UTF-8.
        let text = "\u{FEFF}" + ([head] + rows).map { $0.map(CSV.cell).joined(separator: ";") + "\r\n" }.joined()
        return HTTPResponse(
            status: 200,
            fields: [
                "Content-Type": "text/csv; charset=utf-8",
                "Content-Disposition": #"attachment; filename="virements.csv""#, "Cache-Control": "no-store",
                "X-Content-Type-Options": "nosniff",
            ], body: Array(text.utf8))
    }
}

enum CSV {
    /// A cell that a spreadsheet reads as text: what looks like a formula is kept from being one.
    static func cell(_ text: String) -> String {
        let isFormula = text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
        return "\"" + (isFormula ? "'" : "") + text.replacing("\"", with: "\"\"") + "\""
    }
}
