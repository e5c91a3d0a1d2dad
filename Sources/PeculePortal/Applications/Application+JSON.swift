import Foundation
import Pecule
import PeculeHTTP

/// Permit applications as they are kept.
extension PermitApplication {
    var json: JSON {
        .present([
            ("id", .string(id.text)), ("applicant", applicant.json), ("started", .integer(startedAt.milliseconds)),
            ("changed", .integer(changedAt.milliseconds)), ("detainee", detainee?.json),
            ("detainee_name", detaineeName?.json), ("list_read", .bool(hasReadList)),
            ("beneficiary", beneficiary?.json), ("relationship", relationship?.json),
            ("identity_document", identityDocument.map { .string($0.rawValue) }),
            ("pieces", .array(pieces.map(\.json))), ("comment", comment.map { .string($0.revealed) }),
            ("status", status.json), ("milestones", .array(milestones.map(\.json))),
            ("documents_erased", documentsErasedAt.map { .integer($0.milliseconds) }),
        ])
    }

    init?(_ json: JSON) {
        guard let id = json["id"]?.string.flatMap(ApplicationID.init),
            let applicant = json["applicant"].flatMap(Applicant.init), let started = json["started"]?.integer,
            let changed = json["changed"]?.integer, let isRead = json["list_read"]?.bool,
            let pieces = Piece.all(json["pieces"]), let status = json["status"].flatMap(ApplicationStatus.init),
            let milestones = json["milestones"]?.array?.compactMap(ApplicationMilestone.init)
        else { return nil }
        self.init(id: id, applicant: applicant, at: Date(milliseconds: started))
        (hasReadList, self.pieces, self.status, self.milestones) = (isRead, pieces, status, milestones)
        changedAt = Date(milliseconds: changed)
        detainee = json["detainee"].flatMap(DetaineeAccount.init)
        detaineeName = json["detainee_name"].flatMap(PersonName.init(json:))
        beneficiary = json["beneficiary"].flatMap(Beneficiary.init)
        relationship = json["relationship"].flatMap(Relationship.init)
        identityDocument = json["identity_document"]?.string.flatMap(IdentityDocumentKind.init)
        comment = json["comment"]?.string.map(FreeText.init(kept:))
        documentsErasedAt = json["documents_erased"]?.integer.map(Date.init(milliseconds:))
    }
}

extension Piece {
    var json: JSON {
        [
            "id": .string(id.text), "kind": .string(kind.rawValue), "format": .string(format.rawValue),
            "size": .integer(size), "label": .string(label), "added": .integer(addedAt.milliseconds),
        ]
    }

    init?(_ json: JSON) {
        guard let id = json["id"]?.string.flatMap(PieceID.init),
            let kind = json["kind"]?.string.flatMap(PieceKind.init),
            let format = json["format"]?.string.flatMap(Format.init), let size = json["size"]?.integer,
            let label = json["label"]?.string, let added = json["added"]?.integer
        else { return nil }
        self.init(
            id: id, kind: kind, format: format, size: size, label: label, addedAt: Date(milliseconds: added))
    }

    /// Nil when one of them cannot be read.
    fileprivate static func all(_ json: JSON?) -> [Piece]? {
        guard let array = json?.array else { return nil }
        let pieces = array.compactMap(Piece.init)
        return pieces.count == array.count ? pieces : nil
    }
}

extension ApplicationStatus {
    var json: JSON {
        var members: [(String, JSON?)] = [("kind", .string(kind.rawValue))]
        switch self {
        case .complementRequested(let request):
            members += [
                ("piece", .string(request.piece.rawValue)), ("message", .string(request.message.revealed)),
                ("asked", .integer(request.askedAt.milliseconds)),
            ]
        case .accepted(let number): members.append(("permit", .string(number.revealed)))
        case .refused(let decline):
            members += [
                ("grounds", .array(decline.grounds.map { .string($0.rawValue) })),
                ("explanation", .string(decline.explanation.revealed)),
            ]
        case .draft, .submitted, .underReview, .cancelled: break
        }
        return .present(members)
    }

    init?(_ json: JSON) {
        guard let kind = json["kind"]?.string.flatMap(Kind.init) else { return nil }
        switch kind {
        case .draft: self = .draft
        case .submitted: self = .submitted
        case .underReview: self = .underReview
        case .cancelled: self = .cancelled
        case .complementRequested:
            guard let piece = json["piece"]?.string.flatMap(PieceKind.init), let message = json["message"]?.string,
                let asked = json["asked"]?.integer
            else { return nil }
            let text = FreeText(kept: message)
            self = .complementRequested(
                ComplementRequest(piece: piece, message: text, askedAt: Date(milliseconds: asked)))
        case .accepted:
            guard let number = json["permit"]?.string.flatMap(PermitNumber.init) else { return nil }
            self = .accepted(number)
        case .refused:
            let grounds = json["grounds"]?.array?.compactMap { $0.string.flatMap(ApplicationDecline.Ground.init) }
            guard let grounds, let text = json["explanation"]?.string,
                let decline = try? ApplicationDecline(grounds, explanation: text)
            else { return nil }
            self = .refused(decline)
        }
    }
}

extension ApplicationMilestone {
    var json: JSON {
        .present([
            ("status", .string(status.rawValue)), ("at", .integer(at.milliseconds)),
            ("by", by.map { .string($0.text) }),
        ])
    }

    init?(_ json: JSON) {
        guard let status = json["status"]?.string.flatMap(ApplicationStatus.Kind.init), let at = json["at"]?.integer
        else { return nil }
        self.init(status, at: Date(milliseconds: at), by: json["by"]?.string.flatMap(StaffID.init))
    }
}
