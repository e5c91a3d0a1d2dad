import Foundation
import Pecule
import PeculeHTTP

/// What staff can do with one application: the forms, and what was typed in them.
struct StaffActs {
    let desk: PortalDesk
    let log: StaffLog
    let request: PortalRequest
    let member: StaffMember
    let id: ApplicationID

    private var applications: ApplicationDesk { desk.applications }

    // MARK: Taking

    func take(_ act: String?) async throws(ScreenFailure) {
        switch act {
        case "instruire":
            try await doing(.review) { () throws(ApplicationError) in
                try await applications.beginReview(id, by: member)
            }
        case "accepter":
            try await doing(.acceptance) { () throws(ApplicationError) in
                try await applications.accept(id, by: member)
            }
        case "completer": try await askComplement()
        case "refuser": try await decline()
        default: throw .desk(.notFound)
        }
    }

    /// Logged before it is done, once it is known that the application is one of this establishment's.
    private func doing(
        _ act: StaffAct, about field: String? = nil,
        _ work: () async throws(ApplicationError) -> PermitApplication
    ) async throws(ScreenFailure) {
        _ = try await ScreenFailure.asking(about: field) { () throws(ApplicationError) in
            _ = try await applications.application(id, for: member)
            do throws(StoreFault) { try await log.note(act, id.text, by: member, at: request.now) } catch {
                throw .store(error)
            }
            return try await work()
        }
    }

    private func askComplement() async throws(ScreenFailure) {
        guard let piece = PieceKind(rawValue: request.typed("document")) else {
            throw .wrong("Document\u{A0}: choisissez-le dans la liste.", at: "document")
        }
        try await doing(.complement(piece), about: "message") { () throws(ApplicationError) in
            try await applications.askComplement(piece, message: request.typed("message"), for: id, by: member)
        }
    }

    private func decline() async throws(ScreenFailure) {
        let grounds = ApplicationDecline.Ground.allCases.filter { chosen.contains($0.rawValue) }
        guard !grounds.isEmpty else { throw .wrong("Motifs\u{A0}: cochez-en au moins un.", at: "motif") }
        let decline: ApplicationDecline
        do throws(ApplicationRefusal) {
            decline = try ApplicationDecline(grounds, explanation: request.typed("explication"))
        } catch { throw ScreenFailure(.refused(error), at: "explication") }
        try await doing(.refusal, about: "motif") { () throws(ApplicationError) in
            try await applications.decline(id, decline, by: member)
        }
    }

    /// The grounds that are ticked.
    private var chosen: Set<String> {
        Set(ApplicationDecline.Ground.allCases.map(\.rawValue).filter { request.form["motif-\($0)"] == "oui" })
    }

    // MARK: Showing

    func html(for application: PermitApplication, _ problem: ScreenProblem?) -> HTML {
        let refusal = refusal(of: application, problem)
        return switch application.status.kind {
        case .submitted:
            """
            <h2>Instruire</h2>\(form("instruire", "Commencer l’instruction"))
            <h2>Demander un complément</h2>\(complement(problem))
            """
        case .underReview:
            """
            <h2>Accepter</h2>\(form("accepter", "Accepter la demande"))
            <h2>Demander un complément</h2>\(complement(problem))
            <h2>Refuser</h2>\(refusal)
            """
        case .complementRequested: "<h2>Refuser</h2>\(refusal)"
        case .draft, .accepted, .refused, .cancelled: ""
        }
    }

    private func form(_ act: String, _ button: String, _ fields: HTML = "") -> HTML {
        """
        <form method="post" action="/etablissement/demandes/\(id.text)/\(act)" novalidate>\(desk.token(for: request))
        \(fields)
        <p>\(Pieces.button(button))</p></form>
        """
    }

    private func complement(_ problem: ScreenProblem?) -> HTML {
        let kinds = PieceKind.allCases.map { ($0.rawValue, $0 == .identityPhoto ? "Nouvelle photo" : $0.french) }
        return form(
            "completer", "Demander ce document",
            """
            \(Field(
                name: "document", label: "Document", value: request.typed("document"), error: problem?["document"]
            ).choice(among: kinds))
            \(Field(
                name: "message", label: "Message au demandeur", value: request.typed("message"),
                error: problem?["message"], longest: 1000
            ).area)
            """)
    }

    /// With the grounds that hold: against family there is one less.
    private func refusal(of application: PermitApplication, _ problem: ScreenProblem?) -> HTML {
        let isFamily = application.relationship?.kind.isFamily ?? true
        let grounds = ApplicationDecline.Ground.allCases.filter { $0 != .reintegration || !isFamily }
            .map { ($0.rawValue, $0.french) }
        return form(
            "refuser", "Refuser la demande",
            """
            \(ChoiceGroup(
                kind: .checkbox, name: "motif", legend: "Motifs", options: grounds, chosen: chosen,
                error: problem?["motif"]
            ).html)
            \(Field(
                name: "explication", label: "Explication", value: request.typed("explication"),
                error: problem?["explication"], longest: 2000
            ).area)
            """)
    }
}
