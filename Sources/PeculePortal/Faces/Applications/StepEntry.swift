import Pecule
import PeculeHTTP

/// What was typed on one screen of an application, put into it.
struct StepEntry {
    let desk: PortalDesk
    let request: PortalRequest
    let application: PermitApplication

    private var account: AccountID { application.applicant.account }

    func take(_ step: ApplicationStep) async throws(ApplicationError) -> PermitApplication {
        switch step {
        case .detainee: return try await detainee()
        case .documentList: return try await fill(.listRead)
        case .beneficiary: return try await fill(.beneficiary(try beneficiary()))
        case .relationship: return try await fill(.relationship(try relationship()))
        case .identityPhoto: return try await files(.identityPhoto)
        case .identityDocument: return try await identityDocument()
        case .proofOfAddress: return try await files(.proofOfAddress)
        case .otherPieces: return try await others()
        case .comment: return try await fill(.comment(request.typed("commentaire")))
        case .review: return try await desk.applications.submit(application.id, of: account)
        }
    }

    private func fill(_ entry: ApplicationEntry) async throws(ApplicationError) -> PermitApplication {
        try await desk.applications.fill(entry, in: application.id, of: account)
    }

    // MARK: Words

    /// First number and establishment; the name only once these are found.
    private func detainee() async throws(ApplicationError) -> PermitApplication {
        guard request.form["nom"] == nil else {
            guard let name = try? PersonName(birthName: request.typed("nom"), givenNames: [request.typed("prenom")])
            else { throw .refused(.missing(.name)) }
            return try await desk.applications.name(name, for: application.id, of: account)
        }
        guard let place = EstablishmentID(request.typed("etablissement")) else { throw .refused(.missing(.detainee)) }
        // What is no number at all is nobody's number.
        guard let number = try? EcrouNumber(request.typed("ecrou")) else { throw .detaineeUnknown }
        let person = DetaineeAccount(establishment: place, ecrouNumber: number)
        return try await desk.applications.verify(person, for: application.id, of: account)
    }

    private func beneficiary() throws(ApplicationError) -> Beneficiary {
        switch request.typed("pour") {
        case "moi": return .applicant
        case "tiers":
            guard let name = try? PersonName(birthName: request.typed("nom"), givenNames: [request.typed("prenom")]),
                let birthDate = TypedDate.read(request.typed("naissance")),
                let link = ThirdParty.Link(rawValue: request.typed("lien"))
            else { throw .refused(.missing(.beneficiary)) }
            return .thirdParty(ThirdParty(name: name, birthDate: birthDate, link: link))
        default: throw .refused(.missing(.beneficiary))
        }
    }

    private func relationship() throws(ApplicationError) -> Relationship {
        guard let kind = Relationship.Kind(rawValue: request.typed("relation")) else {
            throw .refused(.missing(.relationship))
        }
        do throws(ApplicationRefusal) { return try Relationship(kind, details: request.typed("precision")) } catch {
            throw .refused(error)
        }
    }

    // MARK: Files

    private func identityDocument() async throws(ApplicationError) -> PermitApplication {
        if let kind = IdentityDocumentKind(rawValue: request.typed("type")) {
            _ = try await fill(.identityDocument(kind))
        } else if application.identityDocument == nil {
            throw .refused(.missing(.identityDocument))
        }
        return try await files(.identityDocument)
    }

    private func others() async throws(ApplicationError) -> PermitApplication {
        guard request.hasFiles else { return try await files(.additional) }
        guard let kind = PieceKind(rawValue: request.typed("document")), kind.step == .otherPieces else {
            throw .refused(.missing(.piece))
        }
        return try await files(kind)
    }

    /// Keeps the files that are sent, if any, and goes on if the step has all it needs.
    private func files(_ kind: PieceKind) async throws(ApplicationError) -> PermitApplication {
        let added = try await addFiles(kind)
        guard request.typed("suite") != "ajouter" || !request.hasFiles else { return added }
        let kept = try await desk.applications.application(application.id, of: account)
        guard kept.step(at: request.now) > kind.step else { throw .refused(.awaited(kind)) }
        return kept
    }

    @discardableResult
    func addFiles(_ kind: PieceKind) async throws(ApplicationError) -> PermitApplication {
        var taken = application
        for file in request.files {
            taken = try await desk.applications.addPiece(
                kind, Array(file.body), filename: file.filename ?? "", to: application.id, of: account)
        }
        return taken
    }
}
