import Foundation
import Pecule
import PeculeHTTP

/// What was typed on one screen of an application, put into it.
struct StepEntry {
    let desk: PortalDesk
    let request: PortalRequest
    let application: PermitApplication

    private var account: AccountID { application.applicant.account }
    private var id: ApplicationID { application.id }

    func take(_ step: ApplicationStep) async throws(ScreenFailure) -> PermitApplication {
        switch step {
        case .detainee: return try await request.form["nom"] == nil ? number() : name()
        case .documentList: return try await fill(.listRead)
        case .beneficiary: return try await fill(.beneficiary(try beneficiary()))
        case .relationship: return try await fill(.relationship(try relationship()))
        case .identityPhoto: return try await files(.identityPhoto)
        case .identityDocument: return try await identityDocument()
        case .proofOfAddress: return try await files(.proofOfAddress)
        case .otherPieces: return try await others()
        case .comment: return try await fill(.comment(request.typed("commentaire")), "commentaire")
        case .review: return try await submit()
        }
    }

    /// The query of the screen on which a choice asks for more; nil when it says all.
    func more(on step: ApplicationStep) -> String? {
        switch step {
        case .beneficiary where request.typed("pour") == "tiers" && request.form["nom"] == nil: "pour=tiers"
        case .relationship where request.typed("relation") == "other" && request.form["precision"] == nil:
            "relation=other"
        default: nil
        }
    }

    private func fill(
        _ entry: ApplicationEntry, _ field: String? = nil
    ) async throws(ScreenFailure) -> PermitApplication {
        try await ScreenFailure.asking(about: field) { () throws(ApplicationError) in
            try await desk.applications.fill(entry, in: id, of: account)
        }
    }

    private func submit() async throws(ScreenFailure) -> PermitApplication {
        guard request.typed("vu") == application.version else {
            throw .problem(ScreenProblem("Votre demande a changé depuis. Relisez-la, puis envoyez-la."))
        }
        return try await ScreenFailure.asking(about: nil) { () throws(ApplicationError) in
            try await desk.applications.submit(id, of: account)
        }
    }

    // MARK: Words

    private func number() async throws(ScreenFailure) -> PermitApplication {
        var problem = ScreenProblem()
        let place = problem.read(
            "etablissement", EstablishmentID(request.typed("etablissement")),
            or: "Établissement pénitentiaire\u{A0}: choisissez-le dans la liste.")
        let number = problem.read(
            "ecrou", try? EcrouNumber(request.typed("ecrou")),
            or: "Numéro d’écrou\u{A0}: saisissez de 1 à 10 lettres ou chiffres, par exemple 042137.")
        guard let place, let number else { throw .problem(problem) }
        return try await ScreenFailure.asking(about: "ecrou") { () throws(ApplicationError) in
            let person = DetaineeAccount(establishment: place, ecrouNumber: number)
            return try await desk.applications.verify(person, for: id, of: account)
        }
    }

    /// Asked only once the number is found; the desk refuses a name that comes before.
    private func name() async throws(ScreenFailure) -> PermitApplication {
        var problem = ScreenProblem()
        guard let name = problem.name(request) else { throw .problem(problem) }
        let field = application.detainee == nil ? "ecrou" : "nom"
        return try await ScreenFailure.asking(about: field) { () throws(ApplicationError) in
            try await desk.applications.name(name, for: id, of: account)
        }
    }

    private func beneficiary() throws(ScreenFailure) -> Beneficiary {
        switch request.typed("pour") {
        case "moi": return .applicant
        case "tiers": return .thirdParty(try thirdParty())
        default:
            let message = "La demande est : choisissez « Pour moi » ou « Pour un tiers »."
            throw .wrong(message.spaced, at: "pour")
        }
    }

    private func thirdParty() throws(ScreenFailure) -> ThirdParty {
        var problem = ScreenProblem()
        let name = problem.name(request, whose: " du tiers")
        let born = TypedDate.read(request.typed("naissance")).flatMap { $0.age(at: request.now) < 0 ? nil : $0 }
        let birthDate = problem.read(
            "naissance", born,
            or: "Date de naissance du tiers\u{A0}: saisissez le jour, le mois et l’année, par exemple 17/05/1984.")
        let link = problem.read(
            "lien", ThirdParty.Link(rawValue: request.typed("lien")),
            or: "Qui est ce tiers pour vous\u{A0}: choisissez dans la liste.")
        guard let name, let birthDate, let link else { throw .problem(problem) }
        return ThirdParty(name: name, birthDate: birthDate, link: link)
    }

    private func relationship() throws(ScreenFailure) -> Relationship {
        guard let kind = Relationship.Kind(rawValue: request.typed("relation")) else {
            throw .wrong("Relation\u{A0}: choisissez-la dans la liste.", at: "relation")
        }
        do throws(ApplicationRefusal) { return try Relationship(kind, details: request.typed("precision")) } catch {
            throw ScreenFailure(.refused(error), at: "precision")
        }
    }

    // MARK: Files

    private func identityDocument() async throws(ScreenFailure) -> PermitApplication {
        guard let kind = IdentityDocumentKind(rawValue: request.typed("type")) else {
            throw .wrong("Type de pièce d’identité\u{A0}: choisissez-le dans la liste.", at: "type")
        }
        _ = try await fill(.identityDocument(kind))
        return try await files(.identityDocument)
    }

    private func others() async throws(ScreenFailure) -> PermitApplication {
        guard request.hasFiles || request.isAdding else { return try await goOn(from: .otherPieces) }
        guard let kind = PieceKind(rawValue: request.typed("document")), kind.step == .otherPieces else {
            throw .wrong("Document\u{A0}: choisissez lequel dans la liste.", at: "document")
        }
        return try await files(kind)
    }

    /// Keeps the files that are sent, if any, and goes on if that is asked.
    private func files(_ kind: PieceKind) async throws(ScreenFailure) -> PermitApplication {
        let kept = try await addFiles(kind)
        return request.isAdding ? kept : try await goOn(from: kind.step)
    }

    /// Goes on if the step has all it needs.
    private func goOn(from step: ApplicationStep) async throws(ScreenFailure) -> PermitApplication {
        let kept = try await ScreenFailure.asking(about: nil) { () throws(ApplicationError) in
            try await desk.applications.application(id, of: account)
        }
        guard kept.step(at: request.now) <= step else { return kept }
        throw .wrong(kept.awaited(on: step, at: request.now).spaced, at: "fichier")
    }

    func addFiles(_ kind: PieceKind) async throws(ScreenFailure) -> PermitApplication {
        guard request.hasFiles || !request.isAdding else {
            throw .wrong("Fichier\u{A0}: choisissez-le sur votre appareil avant de l’ajouter.", at: "fichier")
        }
        var taken = application
        for file in request.files {
            taken = try await ScreenFailure.asking(about: "fichier") { () throws(ApplicationError) in
                try await desk.applications.addPiece(
                    kind, Array(file.body), filename: file.filename ?? "", to: id, of: account)
            }
        }
        return taken
    }
}

extension PortalRequest {
    /// Whether the « + » was pressed, and not the way on.
    var isAdding: Bool { typed("suite") == "ajouter" }
}

extension PermitApplication {
    func asksOtherPieces(at moment: Date) -> Bool {
        requiredPieces(at: moment)?.kinds.contains { $0.step == .otherPieces } ?? false
    }

    /// What a screen of files still lacks.
    fileprivate func awaited(on step: ApplicationStep, at moment: Date) -> String {
        let asked = requiredPieces(at: moment)?.kinds.filter { $0.step == step } ?? []
        guard let kind = asked.first(where: { pieces(of: $0).isEmpty }) else {
            return "Pièce d’identité : ajoutez aussi l’autre côté, ou un seul PDF avec les deux."
        }
        return ApplicationRefusal.awaited(kind).french
    }
}
