import Foundation
public import Pecule
import PeculeHTTP

/// What an applicant fills in on one screen.
public enum ApplicationEntry: Sendable, Hashable {
    /// « J’ai compris », under the list of documents.
    case listRead
    case beneficiary(Beneficiary)
    case relationship(Relationship)
    case identityDocument(IdentityDocumentKind)
    /// Empty for nothing to add.
    case comment(String)

    fileprivate var event: ApplicationEvent {
        switch self {
        case .listRead: .listRead
        case .beneficiary(let beneficiary): .beneficiaryChosen(beneficiary)
        case .relationship(let relationship): .relationshipStated(relationship)
        case .identityDocument(let kind): .identityDocumentChosen(kind)
        case .comment(let text): .commented(text)
        }
    }
}

/// The applicant's side.
extension ApplicationDesk {
    /// A new draft.
    public func start(_ applicant: Applicant) async throws(ApplicationError) -> PermitApplication {
        let drafts = try await applications(of: applicant.account).filter { $0.status == .draft }
        guard drafts.count < Self.mostDrafts else { throw .tooManyDrafts }
        let id = ApplicationID(random: environment.randomBytes)
        let kept = KeptApplication(PermitApplication(id: id, applicant: applicant, at: environment.now()))
        let item = StoredItem(
            kind: KeptApplication.kind, id: kept.itemID, text: kept.text, due: kept.due(retention))
        _ = try await stored { () throws(StoreFault) in try await store.put(item) }
        return kept.application
    }

    /// Step 2b, first half: whether a convicted person bears that number in that establishment.
    ///
    /// Throws `.detaineeUnknown` whatever is wrong, after the same time as for what is right.
    public func verify(
        _ person: DetaineeAccount, for id: ApplicationID, of account: AccountID
    ) async throws(ApplicationError) -> PermitApplication {
        try await check(id, of: account) { _ throws(StoreFault) in
            try await register.holdsConvicted(person) ? .detaineeFound(person) : nil
        }
    }

    /// Step 2b, second half: whether that person has the name that the applicant typed.
    public func name(
        _ name: PersonName, for id: ApplicationID, of account: AccountID
    ) async throws(ApplicationError) -> PermitApplication {
        try await check(id, of: account) { application throws(StoreFault) in
            guard let person = application.detainee else { return nil }
            return try await register.isConvicted(person, named: name) ? .detaineeNamed(name) : nil
        }
    }

    /// How long every answer about a detained person takes, so that its time says nothing.
    private static let answerTime: TimeInterval = 0.3

    private func check(
        _ id: ApplicationID, of account: AccountID,
        _ ask: (PermitApplication) async throws(StoreFault) -> ApplicationEvent?
    ) async throws(ApplicationError) -> PermitApplication {
        let (now, owner) = (environment.now(), KeptApplication.accountKey(account))
        let application = try await load(id, owner: owner).kept.application
        guard application.status == .draft else { throw .refused(.notNow(application.status.kind)) }
        let limit = CheckLimit(store: store, name: "detainee", most: Self.mostChecks, window: 3600)
        let wait = try await stored { () throws(StoreFault) in try await limit.take(by: owner, at: now) }
        if let wait { throw .tooManyAttempts(until: wait) }
        let event = try await stored { () throws(StoreFault) in try await ask(application) }
        let rest = Self.answerTime - environment.now().timeIntervalSince(now)
        if rest > 0 { try? await environment.sleep(.milliseconds(Int(rest * 1000))) }
        guard let event else { throw .detaineeUnknown }
        return try await apply(event, to: id, owner: owner)
    }

    /// Steps 2c, 2d, 2e, the kind of 2g, and 2i.
    public func fill(
        _ entry: ApplicationEntry, in id: ApplicationID, of account: AccountID
    ) async throws(ApplicationError) -> PermitApplication {
        try await apply(entry.event, to: id, owner: KeptApplication.accountKey(account))
    }

    /// Steps 2f, 2g and 2h, and the answer to a complement: keeps a file, enciphered, once its content was checked. A
    /// photo takes the place of the one before.
    /// - Parameter filename: as the browser says it; a label is made of it.
    public func addPiece(
        _ kind: PieceKind, _ bytes: [UInt8], filename: String, to id: ApplicationID, of account: AccountID
    ) async throws(ApplicationError) -> PermitApplication {
        let owner = KeptApplication.accountKey(account)
        let application = try await load(id, owner: owner).kept.application
        let document: CheckedDocument
        do throws(DocumentProblem) { document = try CheckedDocument(bytes, for: kind) } catch { throw .document(error) }
        let piece = Piece(
            id: PieceID(random: environment.randomBytes), kind: kind, format: document.format,
            size: document.bytes.count, label: FileLabel.made(of: filename), addedAt: environment.now())
        // What will be refused is not kept first.
        _ = try refusing { () throws(ApplicationRefusal) in
            try application.applying(.pieceAdded(piece), at: piece.addedAt)
        }
        try await stored { () throws(StoreFault) in
            try await vault.keep(document.bytes, of: id, as: piece.id, owner: owner)
        }
        return try await apply(.pieceAdded(piece), to: id, owner: owner)
    }

    /// Takes a file out again and erases it.
    public func removePiece(
        _ piece: PieceID, from id: ApplicationID, of account: AccountID
    ) async throws(ApplicationError) -> PermitApplication {
        try await apply(.pieceRemoved(piece), to: id, owner: KeptApplication.accountKey(account))
    }

    /// What is in a file of one's own. Serve it as a download, with `nosniff`, never inside a page.
    public func document(
        _ piece: PieceID, in id: ApplicationID, of account: AccountID
    ) async throws(ApplicationError) -> (piece: Piece, bytes: [UInt8]) {
        try await document(piece, of: try await application(id, of: account))
    }

    /// Sends the file that was asked for; the application is read again.
    public func answerComplement(
        _ id: ApplicationID, of account: AccountID
    ) async throws(ApplicationError) -> PermitApplication {
        try await apply(.complementAnswered, to: id, owner: KeptApplication.accountKey(account))
    }

    /// Takes the application back; its files go at the next sweep.
    public func cancel(
        _ id: ApplicationID, of account: AccountID
    ) async throws(ApplicationError) -> PermitApplication {
        try await apply(.cancelled, to: id, owner: KeptApplication.accountKey(account))
    }

    func document(
        _ id: PieceID, of application: PermitApplication
    ) async throws(ApplicationError) -> (piece: Piece, bytes: [UInt8]) {
        guard let piece = application.pieces.first(where: { $0.id == id }) else { throw .notFound }
        let bytes = try await stored { () throws(StoreFault) in try await vault.open(id, of: application.id) }
        guard let bytes else { throw .notFound }
        return (piece, bytes)
    }
}
