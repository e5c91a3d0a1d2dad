import PeculeHTTP

// A scenario as it is written, and as it is told.

extension Scenario: CustomStringConvertible {
    /// In the grammar: read again, it gives the same scenario.
    var description: String { parts.map(\.written).joined(separator: "; ") }

    /// For people: one sentence for each thing that will happen.
    func told(in language: Language) -> [String] { parts.map { language == .french ? $0.french : $0.english } }

    private struct Part {
        let written: String
        let french: String
        let english: String
    }

    private var parts: [Part] {
        (states.isEmpty ? [] : [timeline])
            + [payer.map(Self.part), callback.map(Self.part), notify.map(Self.part)].compactMap { $0 }
            + strikes.map(Self.part)
    }

    private var timeline: Part {
        let written = states.map(\.written) + (states.last?.isEndless == true ? ["hang"] : [])
        return Part(
            written: written.joined(separator: " > "),
            french: "Après l’accord du payeur : " + states.map(\.french).joined(separator: ", puis ") + ".",
            english: "After the payer's agreement: " + states.map(\.english).joined(separator: ", then ") + ".")
    }

    private static func part(_ payer: Payer) -> Part {
        switch payer {
        case .codeWrong(let times):
            Part(
                written: "code wrong x\(times)", french: "Le bon code est pris \(times) fois pour un faux.",
                english: "The right code is taken for a wrong one, times: \(times).")
        case .codeLocked:
            Part(
                written: "code locked", french: "Le premier code tapé bloque la confirmation.",
                english: "The first code typed locks the confirmation.")
        case .codeExpired:
            Part(
                written: "code expired", french: "Le premier code a expiré.", english: "The first code has expired.")
        case .loginLocked:
            Part(
                written: "login locked", french: "L’accès du client est bloqué.",
                english: "The customer's access is locked.")
        case .cancels:
            Part(
                written: "cancel", french: "Le payeur renonce en se connectant.",
                english: "The payer gives up at the login.")
        case .expires:
            Part(
                written: "expire", french: "La demande expire au moment de la connexion.",
                english: "The consent runs out at the moment of the login.")
        }
    }

    private static func part(_ callback: Callback) -> Part {
        switch callback {
        case .lost:
            Part(
                written: "callback lost", french: "Le navigateur n’est pas renvoyé au service.",
                english: "The browser is not sent back.")
        case .doubled:
            Part(
                written: "callback double", french: "Le navigateur revient deux fois.",
                english: "The browser comes back twice.")
        case .late(let time):
            Part(
                written: "callback late \(time.text)", french: "Le navigateur revient après \(time.text).",
                english: "The browser comes back after \(time.text).")
        case .forged:
            Part(
                written: "callback forged", french: "Le navigateur revient avec de fausses preuves.",
                english: "The browser comes back with forged proofs.")
        }
    }

    private static func part(_ notify: Notify) -> Part {
        switch notify {
        case .never:
            Part(
                written: "notify never", french: "La banque n’envoie aucun avis.",
                english: "The bank sends no notification.")
        case .twice:
            Part(
                written: "notify twice", french: "Chaque avis est envoyé deux fois.",
                english: "Each notification is sent twice.")
        case .late(let time):
            Part(
                written: "notify late \(time.text)", french: "Chaque avis part après \(time.text).",
                english: "Each notification is sent after \(time.text).")
        case .reordered:
            Part(
                written: "notify reordered", french: "Les avis partent à la fin, le dernier d’abord.",
                english: "The notifications are sent at the end, the last one first.")
        case .forged:
            Part(
                written: "notify forged", french: "De faux avis disent un autre état.",
                english: "Forged notifications tell another status.")
        case .badlySigned:
            Part(
                written: "notify badly-signed", french: "La signature des avis est fausse.",
                english: "The notifications' signature is wrong.")
        }
    }

    private static func part(_ strike: Strike) -> Part {
        let often = strike.times.map { "x\($0)" } ?? "always"
        let what = "\(strike.endpoint.rawValue) \(strike.fault.written)"
        let (french, english) = strike.times.map { ("\($0) fois", "times: \($0)") } ?? ("toujours", "always")
        return Part(
            written: "at \(what) \(often)", french: "Panne : \(what) (\(french)).",
            english: "Fault: \(what) (\(english)).")
    }
}

extension Scenario.State {
    fileprivate var isEndless: Bool {
        switch status {
        case .accp, .pdng, .acsp: lasts == nil
        case .acsc, .rjct: false
        }
    }

    fileprivate var written: String { [status.word, lasts?.text].compactMap { $0 }.joined(separator: " ") }

    fileprivate var french: String { status.french + span(endless: "sans fin") }
    fileprivate var english: String { status.english + span(endless: "for ever") }

    private func span(endless: String) -> String {
        lasts.map { " (\($0.text))" } ?? (isEndless ? " (\(endless))" : "")
    }
}

extension Scenario.Status {
    fileprivate var word: String {
        switch self {
        case .accp: "accp"
        case .pdng: "pdng"
        case .acsp: "acsp"
        case .acsc: "acsc"
        case .rjct(let reason): "rjct \(reason.code)"
        }
    }

    fileprivate var french: String {
        switch self {
        case .accp: "accepté"
        case .pdng: "en attente"
        case .acsp: "débité"
        case .acsc: "exécuté"
        case .rjct(let reason): "rejeté, \(reason.french)"
        }
    }

    fileprivate var english: String {
        switch self {
        case .accp: "accepted"
        case .pdng: "pending"
        case .acsp: "debited"
        case .acsc: "executed"
        case .rjct(let reason): "rejected, \(reason.english)"
        }
    }
}

extension WireTrouble {
    /// As the grammar writes it.
    var written: String {
        switch self {
        case .status(let status, let after): ["\(status)", after?.text].compactMap { $0 }.joined(separator: " ")
        case .reset: "reset"
        case .hang: "hang"
        case .latency(let time): "latency \(time.text)"
        case .lost: "lost"
        case .cut: "cut"
        case .truncate: "truncate"
        case .garble: "garble"
        case .length: "length"
        case .drip(let time): "drip \(time.text)"
        }
    }
}

/// In which a page speaks.
enum Language: String, Sendable, CaseIterable {
    case french = "fr"
    case english = "en"

    /// As a page's address asks for it: `?lang=en`.
    init?(named request: HTTPRequest) {
        guard let language = URLForm(parsing: request.query ?? "")?["lang"].flatMap(Language.init) else { return nil }
        self = language
    }

    /// As a page is asked for: by its address, or else by what the browser prefers. Nil for neither.
    init?(asked request: HTTPRequest) {
        // Browsers list the preferred one first.
        let preferred = request.fields["Accept-Language"]?.split(separator: ",") ?? []
        let known = preferred.lazy.compactMap { Language(rawValue: $0.prefix(2).lowercased()) }.first
        guard let language = Language(named: request) ?? known else { return nil }
        self = language
    }

    var other: Language { self == .french ? .english : .french }
}
