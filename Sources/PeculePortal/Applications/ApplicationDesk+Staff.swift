import Foundation
public import Pecule

/// Somebody who works for one establishment.
public struct StaffMember: Sendable, Hashable {
    public let id: StaffID
    public let establishment: EstablishmentID

    public init(id: StaffID, establishment: EstablishmentID) {
        (self.id, self.establishment) = (id, establishment)
    }
}

/// How an establishment sorts the applications that it received.
public enum ApplicationPile: String, Sendable, Hashable, CaseIterable {
    /// It has to act.
    case toDo
    /// The applicant has to send a document.
    case awaited
    /// Decided, or cancelled by the applicant.
    case ended

    func holds(_ status: ApplicationStatus.Kind) -> Bool {
        switch self {
        case .toDo: status == .submitted || status == .underReview
        case .awaited: status == .complementRequested
        case .ended: status.isFinal
        }
    }
}

/// The establishment's side. Applications of other establishments, and drafts, are not found.
extension ApplicationDesk {
    /// One pile of this establishment's: those that are open in the order in which they were received, those that have
    /// ended with the newest first.
    /// - Parameter cursor: `next` of the page before.
    public func queue(
        of staff: StaffMember, _ pile: ApplicationPile = .toDo, after cursor: String = "", limit: Int = 50
    ) async throws(ApplicationError) -> (applications: [PermitApplication], next: String?) {
        let kind = QueuePlace.kind(of: pile, at: staff.establishment)
        var (found, place) = ([PermitApplication](), cursor)
        while true {
            let after = place
            let items = try await stored { () throws(StoreFault) in
                try await store.items(kind, after: after, limit: limit)
            }
            for item in items {
                place = item.id
                guard let id = item.id.split(separator: "-").last.flatMap({ ApplicationID(String($0)) }),
                    let application = try await visible(id, owner: item.text, to: staff),
                    pile.holds(application.status.kind)
                else { continue }
                found.append(application)
                if found.count == limit { return (found, place) }
            }
            if items.count < limit { return (found, nil) }
        }
    }

    /// An application that was sent to this establishment, whatever became of it.
    public func application(
        _ id: ApplicationID, for staff: StaffMember
    ) async throws(ApplicationError) -> PermitApplication {
        try await find(id, for: staff).application
    }

    /// What is in a file. Serve it as a download, with `nosniff`, never inside a page.
    public func document(
        _ piece: PieceID, in id: ApplicationID, for staff: StaffMember
    ) async throws(ApplicationError) -> (piece: Piece, bytes: [UInt8]) {
        try await document(piece, of: try await application(id, for: staff))
    }

    /// Takes an application out of the pile and reads it.
    public func beginReview(
        _ id: ApplicationID, by staff: StaffMember
    ) async throws(ApplicationError) -> PermitApplication {
        try await apply(.reviewBegun(staff.id), to: id, by: staff)
    }

    /// Asks for a document, or for a new photo (`.identityPhoto`).
    public func askComplement(
        _ piece: PieceKind, message: String, for id: ApplicationID, by staff: StaffMember
    ) async throws(ApplicationError) -> PermitApplication {
        try await apply(.complementAsked(piece, message: message, staff.id), to: id, by: staff)
    }

    /// Refuses an application, with reasons.
    public func decline(
        _ id: ApplicationID, _ decline: ApplicationDecline, by staff: StaffMember
    ) async throws(ApplicationError) -> PermitApplication {
        try await apply(.declined(decline, staff.id), to: id, by: staff)
    }

    /// Accepts an application under a number that no other permit has; `permit` of what is returned has it. Its holder
    /// can register it once the next sweep has written it down.
    public func accept(
        _ id: ApplicationID, by staff: StaffMember
    ) async throws(ApplicationError) -> PermitApplication {
        let (application, owner) = try await find(id, for: staff)
        while true {
            let number = try newNumber()
            // What is refused takes no number.
            _ = try refusing { () throws(ApplicationRefusal) in
                try application.applying(.accepted(number, staff.id), at: environment.now())
            }
            // Who loses against another agent, or ends here, leaves a claim that is erased when it is due.
            let claim = StoredItem(
                kind: Self.numberKind, id: number.revealed, text: "\(owner)/\(id)",
                due: environment.now() + DocumentVault.patience)
            let isNew = try await stored { () throws(StoreFault) in
                guard try await permits.granted(number) == nil else { return false }
                return try await store.put(claim)
            }
            guard isNew else { continue }
            return try await apply(.accepted(number, staff.id), to: id, owner: owner)
        }
    }

    /// Ten digits, as permit numbers are a series of digits.
    private func newNumber() throws(ApplicationError) -> PermitNumber {
        let value = environment.randomBytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard let number = PermitNumber(String(1_000_000_000 + value % 9_000_000_000)) else { throw .notFound }
        return number
    }

    private func apply(
        _ event: ApplicationEvent, to id: ApplicationID, by staff: StaffMember
    ) async throws(ApplicationError) -> PermitApplication {
        try await apply(event, to: id, owner: try await find(id, for: staff).owner)
    }

    private func find(
        _ id: ApplicationID, for staff: StaffMember
    ) async throws(ApplicationError) -> (application: PermitApplication, owner: String) {
        let entry = try await stored { () throws(StoreFault) in
            try await store.item(QueuePlace.kind(of: staff.establishment), id.text)
        }
        guard let owner = entry?.text, let application = try await visible(id, owner: owner, to: staff)
        else { throw .notFound }
        return (application, owner)
    }

    /// Nil unless it was sent, and to that establishment: an entry is made a moment before.
    private func visible(
        _ id: ApplicationID, owner: String, to staff: StaffMember
    ) async throws(ApplicationError) -> PermitApplication? {
        do throws(ApplicationError) {
            let application = try await load(id, owner: owner).kept.application
            let isTheirs = application.detainee?.establishment == staff.establishment
            return isTheirs && application.reached(.submitted) != nil ? application : nil
        } catch {
            guard error == .notFound else { throw error }
            return nil
        }
    }
}
