import Foundation
import Pecule
import PeculeHTTP

/// « Contact »: a message to the support, logged in or not.
struct ContactFace: Sendable {
    let desk: PortalDesk

    func install(in router: inout HTTPRouter) {
        desk.forAnyone(&router, .get, "/contact") { request throws(Trouble) in
            try await ask(request, ContactForm(request))
        }
        desk.forAnyone(&router, .post, "/contact") { request throws(Trouble) in try await take(request) }
    }

    /// Whoever has no session gets one: the form can be sent by its own page alone.
    private func ask(
        _ request: PortalRequest, _ form: ContactForm, kept reference: String? = nil
    ) async throws(Trouble) -> HTTPResponse {
        let (token, cookie) = try await desk.tokenForAnyone(request)
        var frame = desk.frame("Contact", .contact, for: request)
        frame.hasErrors = !form.errors.isEmpty
        let said = reference.map { reference in
            Pieces.alert(
                .done, "Votre message est enregistré.",
                "<p>Référence&nbsp;: \(reference). Nous vous répondrons par courriel.</p>")
        }
        var response = frame.page("<h1>Contact</h1>\(said)\(form.html(token))")
        if let cookie { response.fields.set(cookie, for: "Set-Cookie") }
        return response
    }

    private func take(_ request: PortalRequest) async throws(Trouble) -> HTTPResponse {
        var form = ContactForm(request)
        guard let message = form.read() else { return try await ask(request, form) }
        let reference = try await desk.stored { () throws(StoreFault) in
            try await desk.messages.keep(message, from: request.relative?.account, at: request.now)
        }
        return try await ask(request, ContactForm(request, isEmpty: true), kept: reference)
    }
}

/// What is typed to the support.
private struct ContactForm {
    private var subject: Field
    private var message: Field
    private var address: Field

    init(_ request: PortalRequest, isEmpty: Bool = false) {
        func typed(_ name: String) -> String { isEmpty ? "" : request.typed(name) }
        subject = Field(name: "sujet", label: "Sujet", value: typed("sujet"))
        message = Field(
            name: "message", label: "Message",
            hint: "2\u{A0}000 caractères au plus. N’y écrivez ni mot de passe, ni coordonnées bancaires.",
            value: typed("message"), longest: 2000)
        let known = request.relative?.email ?? ""
        address = Field(
            name: "courriel", label: "Votre adresse électronique", hint: "Par exemple camille@exemple.fr.",
            value: request.sent("courriel") == nil || isEmpty ? known : typed("courriel"), autocomplete: "email",
            inputMode: "email", longest: 254)
    }

    var errors: [(field: String, message: String)] { Pieces.errors(of: [subject, message, address]) }

    /// Nil, and the fields say why, when something is missing.
    mutating func read() -> SupportMessage? {
        if subject.value.isEmpty || subject.value.count > 100 { subject.error = "écrivez de 1 à 100 caractères" }
        if message.value.isEmpty || message.value.count > 2000 { message.error = "écrivez de 1 à 2000 caractères" }
        let email = EmailAddress(address.value)
        if email == nil { address.error = "écrivez une adresse complète, par exemple camille@exemple.fr" }
        guard errors.isEmpty, let email else { return nil }
        return SupportMessage(subject: subject.value, text: message.value, address: email)
    }

    func html(_ token: HTML) -> HTML {
        """
        \(Pieces.summary(errors))
        <p>Si vous rencontrez des problèmes sur le portail&nbsp;: contactez le support. Pour une question sur un \
        permis ou \
        sur le pécule d’une personne détenue, adressez-vous à son établissement.</p>
        <form method="post" action="/contact" novalidate>\(token)
        \(subject.text)\(message.area)\(address.text)
        <p>\(Pieces.button("Envoyer"))</p></form>
        """
    }
}
