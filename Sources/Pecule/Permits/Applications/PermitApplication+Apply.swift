public import Foundation

extension PermitApplication {
    /// The application after an event.
    public func applying(_ event: ApplicationEvent, at now: Date) throws(ApplicationRefusal) -> PermitApplication {
        var next = self
        try next.apply(event, at: now)
        return next
    }

    /// Changes by an event, or refuses it and stays as it was.
    public mutating func apply(_ event: ApplicationEvent, at now: Date) throws(ApplicationRefusal) {
        var next = self
        switch status.kind {
        case .draft: try next.applyToDraft(event, at: now)
        case .complementRequested: try next.applyToComplement(event, at: now)
        case .submitted, .underReview: try next.applyToOpen(event, at: now)
        case .accepted, .refused, .cancelled: try next.applyToFinal(event, at: now)
        }
        next.changedAt = now
        self = next
    }

    // MARK: - Each status

    private mutating func applyToDraft(_ event: ApplicationEvent, at now: Date) throws(ApplicationRefusal) {
        switch event {
        case .detaineeFound, .detaineeNamed, .listRead, .beneficiaryChosen, .relationshipStated,
            .identityDocumentChosen, .commented:
            try fill(in: event, at: now)
        case .pieceAdded(let piece): try add(piece, at: now)
        case .pieceRemoved(let id): try remove(id)
        case .submitted:
            let step = step(at: now)
            guard step == .review else { throw .stepSkipped(step) }
            reach(.submitted, at: now)
        case .cancelled: reach(.cancelled, at: now)
        default: throw .notNow(.draft)
        }
    }

    private mutating func applyToOpen(_ event: ApplicationEvent, at now: Date) throws(ApplicationRefusal) {
        switch event {
        case .cancelled: reach(.cancelled, at: now)
        case .reviewBegun(let staff) where status == .submitted: reach(.underReview, at: now, by: staff)
        case .complementAsked(let kind, let message, let staff):
            let message = try FreeText(message, in: .message, longest: 1000)
            let request = ComplementRequest(piece: kind, message: message, askedAt: now)
            reach(.complementRequested(request), at: now, by: staff)
        case .accepted(let number, let staff) where status == .underReview:
            reach(.accepted(number), at: now, by: staff)
        case .declined(let decline, let staff) where status == .underReview:
            try checkGrounds(of: decline)
            reach(.refused(decline), at: now, by: staff)
        default: throw .notNow(status.kind)
        }
    }

    private mutating func applyToComplement(_ event: ApplicationEvent, at now: Date) throws(ApplicationRefusal) {
        guard case .complementRequested(let request) = status else { return }
        switch event {
        case .pieceAdded(let piece):
            guard piece.kind == request.piece else { throw .notAsked(piece.kind) }
            try put(piece, beside: request.isAnswered)
        case .pieceRemoved(let id):
            // What the establishment has seen stays.
            guard pieces.contains(where: { $0.id == id && request.isAnswered(by: $0) }) else { throw .unknownPiece }
            try remove(id)
        case .complementAnswered:
            guard pieces.contains(where: request.isAnswered) else { throw .awaited(request.piece) }
            // The photo that would not do goes with the answer.
            if request.piece == .identityPhoto {
                pieces.removeAll { $0.kind == .identityPhoto && !request.isAnswered(by: $0) }
            }
            reach(.underReview, at: now)
        case .declined(let decline, let staff):
            try checkGrounds(of: decline)
            reach(.refused(decline), at: now, by: staff)
        case .cancelled: reach(.cancelled, at: now)
        default: throw .notNow(.complementRequested)
        }
    }

    private mutating func applyToFinal(_ event: ApplicationEvent, at now: Date) throws(ApplicationRefusal) {
        guard event == .documentsErased, documentsErasedAt == nil else { throw .notNow(status.kind) }
        pieces = []
        documentsErasedAt = now
    }

    // MARK: - Changes

    private mutating func reach(_ status: ApplicationStatus, at now: Date, by staff: StaffID? = nil) {
        self.status = status
        milestones.append(ApplicationMilestone(status.kind, at: now, by: staff))
    }

    private func checkGrounds(of decline: ApplicationDecline) throws(ApplicationRefusal) {
        let isFamily = relationship?.kind.isFamily ?? true
        if isFamily, decline.grounds.contains(.reintegration) { throw .notAgainstFamily }
    }

    private func require(_ step: ApplicationStep, at now: Date) throws(ApplicationRefusal) {
        let reached = self.step(at: now)
        guard step <= reached else { throw .stepSkipped(reached) }
    }

    private mutating func fill(in event: ApplicationEvent, at now: Date) throws(ApplicationRefusal) {
        switch event {
        case .detaineeFound(let found):
            if found != detainee { (detainee, detaineeName) = (found, nil) }
        case .detaineeNamed(let name):
            guard detainee != nil else { throw .stepSkipped(.detainee) }
            detaineeName = name
        case .listRead:
            try require(.documentList, at: now)
            hasReadList = true
        case .beneficiaryChosen(let chosen):
            try require(.beneficiary, at: now)
            choose(chosen, at: now)
        case .relationshipStated(let stated):
            try require(.relationship, at: now)
            relationship = stated
        case .identityDocumentChosen(let kind):
            try require(.identityDocument, at: now)
            identityDocument = kind
        case .commented(let text):
            try require(.comment, at: now)
            comment = try FreeText(optional: text, in: .comment, longest: Self.longestComment)
        default: throw .notNow(status.kind)
        }
    }

    /// What was said and added of another visitor goes; of a third party whose name is corrected it stays.
    private mutating func choose(_ chosen: Beneficiary, at now: Date) {
        let isOther = (beneficiary == .applicant) != (chosen == .applicant)
        if beneficiary != nil, isOther { (relationship, identityDocument, pieces) = (nil, nil, []) }
        beneficiary = chosen
        let asked = requiredPieces(at: now)?.kinds ?? []
        pieces.removeAll { !asked.contains($0.kind) }
    }

    private mutating func add(_ piece: Piece, at now: Date) throws(ApplicationRefusal) {
        try require(piece.kind.step, at: now)
        guard requiredPieces(at: now)?.kinds.contains(piece.kind) == true else { throw .notAsked(piece.kind) }
        if piece.kind == .identityDocument, identityDocument == nil { throw .missing(.identityDocument) }
        try put(piece)
    }

    /// - Parameter isOpen: whether a file may still be changed: those are counted, and a photo takes their place.
    private mutating func put(
        _ piece: Piece, beside isOpen: (Piece) -> Bool = { _ in true }
    ) throws(ApplicationRefusal) {
        if piece.kind == .identityPhoto {
            guard piece.format != .pdf else { throw .photoIsNoPicture }
            pieces.removeAll { $0.kind == .identityPhoto && isOpen($0) }
        }
        let count = pieces(of: piece.kind).filter(isOpen).count
        guard count < piece.kind.mostFiles else { throw .tooManyFiles(piece.kind) }
        pieces.append(piece)
    }

    private mutating func remove(_ id: PieceID) throws(ApplicationRefusal) {
        guard let index = pieces.firstIndex(where: { $0.id == id }) else { throw .unknownPiece }
        pieces.remove(at: index)
    }
}
