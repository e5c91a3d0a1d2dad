import Foundation
import Pecule
import PeculeHTTP

/// The piles of an establishment: what it has to do, what it waits for, what has ended.
struct StaffQueueFace: Sendable {
    let face: StaffFace

    private var desk: PortalDesk { face.desk }

    func install(in router: inout HTTPRouter) {
        face.forStaff(&router, .get, "/etablissement") { request, member throws(Trouble) in
            try await show(request, member)
        }
    }

    private func show(_ request: PortalRequest, _ member: StaffMember) async throws(Trouble) -> HTTPResponse {
        let pile = ApplicationPile.allCases.first { $0.word == request.query["liste"] } ?? .toDo
        let after = request.query["apres"] ?? ""
        let found = try await desk.applied { () throws(ApplicationError) in
            try await desk.applications.queue(of: member, pile, after: after)
        }
        let more = found.next.map { next -> HTML in
            let query = URLForm([("liste", pile.word), ("apres", next)]).text
            return "<p><a href=\"/etablissement?\(query)\">Demandes suivantes</a></p>"
        }
        let tabs = ApplicationPile.allCases.map { tab($0, pile) }
        let cards = found.applications.map { card($0, request.now) }
        return face.page(
            pile.heading, request,
            """
            <h1>\(pile.heading)</h1>
            <nav aria-label="Listes de demandes"><ul class="tabs">\(tabs)</ul></nav>
            \(Pieces.list(cards, "cards") ?? "<p>\(after.isEmpty ? pile.empty : "Aucune autre demande.")</p>")\(more)
            """)
    }

    private func tab(_ pile: ApplicationPile, _ shown: ApplicationPile) -> HTML {
        let current: HTML = pile == shown ? #" aria-current="page""# : ""
        return #"<li><a href="/etablissement?liste=\#(pile.word)"\#(current)>\#(pile.french)</a></li>"#
    }

    private func card(_ application: PermitApplication, _ now: Date) -> HTML {
        let (mood, state) = ApplicationText.state(of: application.status.kind)
        let relation = application.relationship?.kind.french.lowercased() ?? ""
        return """
            <li class="card"><h2><a href="/etablissement/demandes/\(application.id.text)">\
            \(application.visitor?.revealed ?? "")</a></h2>
            <p>Pour \(application.detaineeName?.revealed ?? "") (\(relation))</p>
            <p>\(Pieces.pill(mood, state))</p>
            \(StaffDelay(application: application, terms: desk.applications.terms, now: now).html)</li>
            """
    }
}

/// How long an application has waited, for what, and until when it may.
struct StaffDelay {
    let application: PermitApplication
    let terms: LegalTerms
    let now: Date

    var html: HTML {
        let received = application.reached(.submitted).map { moment -> HTML in
            "<p>Reçue le \(FrenchDate.day(moment)), \(age(moment))</p>"
        }
        return "\(received)\(asked)\(limit)"
    }

    private var asked: HTML? {
        guard case .complementRequested(let asked) = application.status else { return nil }
        let isAnswered = application.pieces.contains(where: asked.isAnswered)
        return """
            <p>Attendu du demandeur&nbsp;: \(asked.piece.french.lowercased()), demandé \(age(asked.askedAt))\
            \(isAnswered ? " (ajouté, pas encore envoyé)" : "")</p>
            """
    }

    /// What silence does and when, while nothing is decided.
    private var limit: HTML? {
        guard application.status.kind.isOpen, let received = application.reached(.submitted) else { return nil }
        let end = terms.end(after: received)
        let outcome = terms.silence == .refusal ? "refus" : "acceptation"
        let days = Self.days(from: now, to: end)
        let mark: HTML? =
            switch days {
            case ..<1: Pieces.pill(.wrong, "Délai dépassé")
            case ..<15: Pieces.pill(.pending, days == 1 ? "Plus qu’un jour" : "Plus que \(days) jours")
            default: nil
            }
        return """
            <p>À décider avant le \(FrenchDate.day(end)) (sans réponse&nbsp;: \(outcome))</p>
            \(mark.map { "<p>\($0)</p>" })
            """
    }

    private func age(_ moment: Date) -> String {
        switch Self.days(from: moment, to: now) {
        case ..<1: "aujourd’hui"
        case 1: "hier"
        case let days: "il y a \(days) jours"
        }
    }

    /// Days of the calendar in Paris.
    private static func days(from start: Date, to end: Date) -> Int {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: "Europe/Paris") ?? .gmt
        let days = [start, end].map(calendar.startOfDay)
        return calendar.dateComponents([.day], from: days[0], to: days[1]).day ?? 0
    }
}

extension ApplicationPile {
    /// How it stands in an address.
    fileprivate var word: String {
        switch self {
        case .toDo: "a-traiter"
        case .awaited: "en-attente"
        case .ended: "decidees"
        }
    }

    fileprivate var french: String {
        switch self {
        case .toDo: "À traiter"
        case .awaited: "En attente du demandeur"
        case .ended: "Décidées"
        }
    }

    fileprivate var heading: String {
        switch self {
        case .toDo: "Demandes à traiter"
        case .awaited: "Demandes en attente du demandeur"
        case .ended: "Demandes décidées ou annulées"
        }
    }

    fileprivate var empty: String {
        switch self {
        case .toDo: "Aucune demande n’attend de décision."
        case .awaited: "Aucun demandeur n’a de document à envoyer."
        case .ended: "Aucune demande n’est décidée."
        }
    }
}
