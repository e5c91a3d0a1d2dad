import Foundation
public import Pecule
import PeculeHTTP

/// What happens without anybody asking: mails handed over, drafts and documents erased by rule.
extension ApplicationDesk {
    /// Does what is due. May be interrupted anywhere and run by many at once: each thing still happens once. What
    /// cannot be done now holds nothing else up; the first fault is thrown at the end.
    /// - Returns: how much was due; as much as `limit` means that there may be more.
    @discardableResult
    public func sweep(limit: Int = 50) async throws(StoreFault) -> Int {
        let items = try await store.dueItems(KeptApplication.kind, at: environment.now(), limit: limit)
        var fault: StoreFault?
        for item in items {
            do throws(StoreFault) { try await attend(item) } catch { fault = fault ?? error }
        }
        let files = try await vault.due(limit: limit)
        for file in files {
            do throws(StoreFault) { try await look(at: file.place, file.item) } catch { fault = fault ?? error }
        }
        for claim in try await store.dueItems(Self.numberKind, at: environment.now(), limit: limit) {
            do throws(StoreFault) { try await look(at: claim) } catch { fault = fault ?? error }
        }
        try await CheckLimit.forget(in: store, at: environment.now())
        if let fault { throw fault }
        return items.count + files.count
    }

    private func attend(_ item: StoredItem) async throws(StoreFault) {
        var kept = try KeptApplication(item)
        if let notice = kept.notices.first {
            if notice.kind == .submitted { try await enqueue(kept.application) }
            try await grant(kept.application)
            try await notify(notice, kept.application)
            try await leaveQueueIfEnded(kept.application)
            kept.notices.removeFirst()
            _ = try await store.put(item.next(text: kept.text, due: kept.due(retention)))
        } else if kept.erasing != nil {
            try await finishErasing(item, kept)
        } else {
            try await beginErasing(item, kept)
        }
    }

    /// Writes the permit of an acceptance down, once: what the establishment makes of it later stays.
    private func grant(_ application: PermitApplication) async throws(StoreFault) {
        guard let permit = application.permit, try await permits.granted(permit.number) == nil else { return }
        try await permits.keep(GrantedPermit(permit, holderBirthDate: application.visitorBirthDate?.revealed))
    }

    private func leaveQueueIfEnded(_ application: PermitApplication) async throws(StoreFault) {
        guard let place = QueuePlace(application), let ended = place.ended, let queued = place.queued else { return }
        _ = try await store.put(ended)
        try await store.removeItem(queued.kind, queued.id)
    }

    // MARK: - Erasure

    /// The intent before the act: from here on nobody else changes it, and the proof says what there was.
    private func beginErasing(_ item: StoredItem, _ kept: KeptApplication) async throws(StoreFault) {
        let now = environment.now()
        guard let next = retention.nextErasure(of: kept.application), next.at <= now else {
            _ = try await store.put(item.next(text: item.text, due: kept.due(retention)))
            return
        }
        var begun = kept
        let count = kept.application.pieces.count + (next.rule == .documents ? 0 : 1)
        let proofs = try await erasures.count()
        begun.erasing = KeptApplication.Erasing(rule: next.rule, begunAt: now, proofs: proofs, count: count)
        let intent = item.next(text: begun.text, due: begun.due(retention))
        if try await store.put(intent) { try await finishErasing(intent, begun) }
    }

    private func finishErasing(_ item: StoredItem, _ kept: KeptApplication) async throws(StoreFault) {
        guard let erasing = kept.erasing else { return }
        try await vault.eraseAll(of: kept.application.id)
        let proof = ErasureProof(
            kept.application.id.text, .init(erasing.rule), rule: erasing.rule.rawValue, at: erasing.begunAt,
            count: erasing.count)
        try await erasures.append(proof, unlessAfter: erasing.proofs)
        guard erasing.rule == .documents else { return try await forget(item, kept) }
        var next = kept
        next.erasing = nil
        if let erased = try? kept.application.applying(.documentsErased, at: erasing.begunAt) {
            next.application = erased
        }
        _ = try await store.put(item.next(text: next.text, due: next.due(retention)))
    }

    /// Everything that leads to an application, then the application.
    private func forget(_ item: StoredItem, _ kept: KeptApplication) async throws(StoreFault) {
        let application = kept.application
        if let key = application.duplicateKey,
            let claim = try await store.item(Self.claimKind, Self.claimID(key)), claim.text == application.id.text
        {
            _ = try await store.remove(claim)
        }
        if let place = QueuePlace(application) {
            for entry in place.all { try await store.removeItem(entry.kind, entry.id) }
        }
        if let number = application.permit?.number { try await store.removeItem(Self.numberKind, number.revealed) }
        _ = try await store.remove(item)
    }

    // MARK: - Numbers

    /// A number that no permit has was claimed by somebody whose acceptance did not come about.
    private func look(at claim: StoredItem) async throws(StoreFault) {
        let item = try await store.item(KeptApplication.kind, claim.text)
        let permit = try item.map { item throws(StoreFault) in try KeptApplication(item) }?.application.permit
        let isUsed = permit?.number.revealed == claim.id
        _ = isUsed ? try await store.put(claim.next(text: claim.text)) : try await store.remove(claim)
    }

    // MARK: - Files

    /// A file that no application refers to was left behind by a process that ended.
    private func look(at place: DocumentPlace, _ item: StoredItem) async throws(StoreFault) {
        if try await isUsed(place, owner: try DocumentHead(item).owner) {
            try await vault.leave(item)
        } else {
            try await eraseUnused(place)
        }
    }

    private func isUsed(_ place: DocumentPlace, owner: String) async throws(StoreFault) -> Bool {
        let item = try await store.item(KeptApplication.kind, "\(owner)/\(place.application)")
        guard let item else { return false }
        return try KeptApplication(item).application.pieces.contains { $0.id == place.piece }
    }
}

extension ErasureProof.Subject {
    fileprivate init(_ rule: ApplicationErasure.Rule) {
        switch rule {
        case .draft: self = .draft
        case .documents: self = .documents
        case .record: self = .record
        }
    }
}
