import Pecule
import PeculeHTTP

/// The pieces that pages are made of, each once.
enum Pieces {
    static func token(_ token: String) -> HTML { #"<input type="hidden" name="jeton" value="\#(token)">"# }

    static func hidden(_ name: String, _ value: String) -> HTML {
        #"<input type="hidden" name="\#(name)" value="\#(value)">"#
    }

    enum Mood: String {
        case done, pending, wrong, note

        var icon: String {
            switch self {
            case .done: "✓"
            case .pending: "…"
            case .wrong: "✕"
            case .note: "i"
            }
        }

        /// An error is announced at once, the rest when the reader has time.
        var role: String { self == .wrong ? "alert" : "status" }
    }

    /// A first sentence in bold, then what to do. What is wrong has the focus when the page comes: who does not see it
    /// hears it first, and goes on from there.
    static func alert(_ mood: Mood, _ first: String, _ more: HTML = "") -> HTML {
        let focus: HTML = mood == .wrong ? #"tabindex="-1" autofocus "# : ""
        return """
            <div class="alert \(mood.rawValue)" \(focus)role="\(mood.role)"><span class="icon" \
            aria-hidden="true">\(mood.icon)</span>
            <div><p><strong>\(first)</strong></p>\(more)</div></div>
            """
    }

    static func pill(_ mood: Mood, _ text: String) -> HTML {
        #"<span class="pill \#(mood.rawValue)"><span aria-hidden="true">\#(mood.icon)</span> \#(text)</span>"#
    }

    /// The sentence at the top of a page whose fields are wrong, with a way to each of them.
    static func summary(_ errors: [(field: String, message: String)]) -> HTML? {
        guard !errors.isEmpty else { return nil }
        let items = errors.map { error -> HTML in "<li><a href=\"#\(error.field)\">\(error.message)</a></li>" }
        let first = errors.count == 1 ? "Une information est à corriger." : "Des informations sont à corriger."
        return alert(.wrong, first, "<ul>\(items)</ul>")
    }

    /// What is wrong with fields, for the summary above them.
    static func errors(of fields: [Field]) -> [(field: String, message: String)] {
        fields.compactMap { field in field.error.map { (field.name, "\(field.label)\u{A0}: \($0)") } }
    }

    static func button(_ text: String) -> HTML { #"<button type="submit">\#(text)</button>"# }

    static func link(_ text: String, to address: String, isMain: Bool = false) -> HTML {
        #"<a class="\#(isMain ? "button" : "button second")" href="\#(address)">\#(text)</a>"#
    }

    /// How long there is for a form (RGAA 13.1); nil for who is not logged in.
    static func sessionEnd(of request: PortalRequest) -> HTML? {
        guard request.relative != nil, let session = request.session else { return nil }
        return """
            <p class="hint">Votre session dure jusqu’à \(FrenchDate.time(session.expires)), et chaque page ouverte la \
            prolonge. Si elle prend fin, ce que vous enverrez ici vous sera rendu après une nouvelle connexion.</p>
            """
    }

    /// Nil without rows.
    static func list(_ rows: [HTML], _ kind: String) -> HTML? {
        rows.isEmpty ? nil : #"<ul class="\#(kind)">\#(rows)</ul>"#
    }

    /// Terms and what they are.
    static func facts(_ facts: [(String, HTML)]) -> HTML {
        let rows = facts.map { fact -> HTML in "<div><dt>\(fact.0)</dt><dd>\(fact.1)</dd></div>" }
        return "<dl class=\"facts\">\(rows)</dl>"
    }
}

/// One field of a form: label above, hint, error, field.
struct Field {
    let name: String
    let label: String
    var hint: String?
    var value = ""
    var error: String?
    var isRequired = true
    /// Tokens of HTML's `autocomplete`, for the user's own data alone.
    var autocomplete: String?
    var inputMode: String?
    var longest = 100

    private var describedBy: HTML {
        let ids = [hint == nil ? nil : "\(name)-aide", error == nil ? nil : "\(name)-erreur"].compactMap(\.self)
        return ids.isEmpty ? "" : #" aria-describedby="\#(ids.joined(separator: " "))""#
    }

    private var attributes: HTML {
        let required: HTML = isRequired ? " required" : ""
        let invalid: HTML = error == nil ? "" : #" aria-invalid="true""#
        return #"id="\#(name)" name="\#(name)"\#(required)\#(invalid)\#(describedBy)"#
    }

    private func framed(_ control: HTML) -> HTML {
        let hint = hint.map { text -> HTML in #"<span class="hint" id="\#(name)-aide">\#(text)</span>"# }
        let error = error.map { text -> HTML in
            #"<span class="error-text" id="\#(name)-erreur"><span aria-hidden="true">✕</span> \#(text)</span>"#
        }
        let mark = isRequired ? "" : " (facultatif)"
        return """
            <div class="field"><label for="\(name)">\(label)\(mark)</label>\(hint)\(error)
            \(control)</div>
            """
    }

    var text: HTML {
        let mode = inputMode.map { mode -> HTML in #" inputmode="\#(mode)""# }
        let complete = #" autocomplete="\#(autocomplete ?? "off")""# as HTML
        return framed(
            #"<input type="text" \#(attributes) value="\#(value)" maxlength="\#(longest)"\#(complete)\#(mode)>"#)
    }

    /// For a code that nobody else may read.
    var secret: HTML {
        framed(#"<input type="password" \#(attributes) maxlength="\#(longest)" autocomplete="current-password">"#)
    }

    /// The large grey box of the flyer.
    var amount: HTML {
        framed(
            """
            <span class="amount-box"><input type="text" \(attributes) value="\(value)" maxlength="20" \
            inputmode="decimal" autocomplete="off"><span aria-hidden="true">€</span></span>
            """)
    }

    func choice(among options: [(value: String, text: String)]) -> HTML {
        let items = options.map { option -> HTML in
            let selected: HTML = option.value == value ? " selected" : ""
            return #"<option value="\#(option.value)"\#(selected)>\#(option.text)</option>"#
        }
        return framed(#"<select \#(attributes)><option value="">Choisir…</option>\#(items)</select>"#)
    }

    /// - Parameter types: media types, with commas between them.
    func file(of types: String) -> HTML { framed(#"<input type="file" \#(attributes) accept="\#(types)">"#) }

    var area: HTML { framed(#"<textarea \#(attributes) rows="6" maxlength="\#(longest)">\#(value)</textarea>"#) }
}
