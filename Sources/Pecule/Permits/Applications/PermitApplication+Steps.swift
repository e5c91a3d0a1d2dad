public import Foundation

/// Where an application stands in the fixed order.
extension PermitApplication {
    /// The first step that is not done: what may be filled in is this one and those before.
    public func step(at now: Date) -> ApplicationStep {
        ApplicationStep.allCases.first { !isDone($0, at: now) } ?? .review
    }

    /// The documents asked for; nil while it is not said who is to visit.
    public func requiredPieces(at now: Date) -> RequiredPieces? {
        beneficiary.map { RequiredPieces(for: $0, of: applicant, at: now) }
    }

    private func isDone(_ step: ApplicationStep, at now: Date) -> Bool {
        switch step {
        case .detainee: detainee != nil && detaineeName != nil
        case .documentList: hasReadList
        case .beneficiary: beneficiary != nil
        case .relationship: relationship != nil
        case .identityPhoto: has(.identityPhoto)
        case .identityDocument: hasEverySide
        case .proofOfAddress: has(.proofOfAddress)
        case .otherPieces: requiredPieces(at: now)?.kinds.allSatisfy(has) ?? false
        case .comment: comment != nil
        case .review: false
        }
    }

    /// The files of one kind.
    public func pieces(of kind: PieceKind) -> [Piece] { pieces.filter { $0.kind == kind } }

    private func has(_ kind: PieceKind) -> Bool { pieces.contains { $0.kind == kind } }

    /// One PDF may hold all sides.
    private var hasEverySide: Bool {
        guard let identityDocument else { return false }
        let files = pieces(of: .identityDocument)
        return files.count >= identityDocument.sides || files.contains { $0.format == .pdf }
    }
}
