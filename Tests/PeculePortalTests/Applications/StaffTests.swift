import Foundation
import Pecule
import PeculePortal
import Testing

@Suite("The desk: establishments")
struct StaffTests {
    private let world = DeskWorld()
    private var desk: ApplicationDesk { world.desk }
    private let jeanne = DeskWorld.jeanne.account
    private let marcel = DeskWorld.marcel.account
    private let clerk = DeskWorld.clerk
    private let other = DeskWorld.otherClerk

    @Test("an acceptance gives a permit under a number of its own, that its holder can register")
    func accepted() async throws {
        let application = try await desk.accept(try await world.underReview().id, by: clerk)
        let permit = try #require(application.permit)
        #expect(permit.number.revealed.wholeMatch(of: /[0-9]{10}/) != nil)
        #expect(permit.refusal(for: Payer(account: jeanne, name: DeskWorld.jeanne.name)) == .notRegistered)
        try await world.sweep()
        #expect(try await world.permits.permit(permit.number) == permit)
        #expect(world.mails.kinds == [.submitted, .accepted])
        #expect(try await desk.queue(of: clerk).applications == [])
        #expect(try await desk.application(application.id, for: clerk) == application)
    }

    @Test("a complement goes to the applicant and back")
    func complement() async throws {
        let id = try await world.underReview().id
        _ = try await desk.askComplement(.identityPhoto, message: "La photo est floue.", for: id, by: clerk)
        let early = await outcome { try await desk.answerComplement(id, of: jeanne) }
        #expect(early == "awaited")
        world.clock.advance(60)
        _ = try await desk.addPiece(.identityPhoto, SampleFile.png(), filename: "n.png", to: id, of: jeanne)
        let answered = try await desk.answerComplement(id, of: jeanne)
        #expect(answered.status == .underReview)
        let photo = try #require(answered.pieces(of: .identityPhoto).first)
        #expect(try await desk.document(photo.id, in: id, for: clerk).bytes == SampleFile.png())
        try await world.sweep()
        // It is told what was asked for, though nothing is asked for any more.
        #expect(world.mails.kinds == [.submitted, .complementRequested(.identityPhoto)])
    }

    @Test("a refusal is told with its reasons on the site, once by mail")
    func declined() async throws {
        let id = try await world.underReview().id
        let decline = try ApplicationDecline([.security], explanation: "Les faits.")
        #expect(try await desk.decline(id, decline, by: clerk).status == .refused(decline))
        let again = await outcome { try await desk.decline(id, decline, by: clerk) }
        #expect(again == "not_now_refused")
        try await world.sweep()
        #expect(world.mails.kinds == [.submitted, .refused])
    }

    @Test("another establishment finds nothing of it")
    func strangers() async throws {
        let sent = try await world.sent()
        let piece = try #require(sent.pieces.first).id
        let decline = try ApplicationDecline([.security], explanation: "Les faits.")
        let calls: [() async throws -> Any] = [
            { try await desk.application(sent.id, for: other) },
            { try await desk.document(piece, in: sent.id, for: other) },
            { try await desk.beginReview(sent.id, by: other) },
            { try await desk.askComplement(.additional, message: "x", for: sent.id, by: other) },
            { try await desk.accept(sent.id, by: other) },
            { try await desk.decline(sent.id, decline, by: other) },
        ]
        for call in calls { #expect(await outcome(call) == "not_found") }
        #expect(try await desk.application(sent.id, of: jeanne) == sent)
    }

    @Test("what became of a permit later stays, whatever is swept again")
    func suspended() async throws {
        let application = try await desk.accept(try await world.underReview().id, by: clerk)
        let permit = try #require(application.permit)
        world.mortal.die(.after, at: 2)
        _ = try? await desk.sweep()
        world.mortal.live()
        let suspended = VisitPermit(
            number: permit.number, holder: permit.holder, detainee: permit.detainee, status: .suspended,
            registeredBy: nil)
        try await world.permits.keep(GrantedPermit(suspended))
        try await world.sweep()
        #expect(try await world.permits.permit(permit.number)?.status == .suspended)
        #expect(world.mails.kinds == [.submitted, .accepted])
    }

    @Test("of two who decide at once, one does; a number that was not used is no permit's")
    func race() async throws {
        let id = try await world.underReview().id
        let results = await withTaskGroup(of: String.self) { group in
            for _ in 1...8 {
                group.addTask { await outcome { try await desk.accept(id, by: clerk) } }
            }
            return await group.reduce(into: [String]()) { $0.append($1) }
        }
        #expect(results.filter { $0 == "ok" }.count == 1)
        #expect(Set(results).isSubset(of: ["ok", "not_now_accepted"]))
        try await world.sweep()
        #expect(try await world.count("permit") == 1)
    }

    @Test("a number whose acceptance did not come about is erased; the permit's own stays", arguments: [1, 2])
    func claims(_ deaths: Int) async throws {
        let id = try await world.underReview().id
        for _ in 1...deaths {
            world.mortal.die(.after, at: 0)
            _ = try? await desk.accept(id, by: clerk)
            world.mortal.live()
        }
        let permit = try #require(try await desk.accept(id, by: clerk).permit)
        try await world.sweep()
        #expect(try await world.count("permit-number") == deaths + 1)
        world.clock.advance(days: 1)
        try await world.sweep()
        world.clock.advance(days: 1)
        try await world.sweep()
        #expect(try await world.store.items("permit-number", after: "", limit: 9).map(\.id) == [permit.number.revealed])
    }

    @Test("the one that was received first stands first, however early another was begun")
    func reception() async throws {
        let early = try await world.draft(by: DeskWorld.marcel)
        world.clock.advance(days: 1)
        let first = try await world.sent()
        world.clock.advance(days: 1)
        _ = try await desk.submit(early.id, of: marcel)
        #expect(try await desk.queue(of: clerk).applications.map(\.id) == [first.id, early.id])
    }

    @Test("an application lies in one pile, by who has to act")
    func piles() async throws {
        func piles() async throws -> [[ApplicationID]] {
            var found: [[ApplicationID]] = []
            for pile in ApplicationPile.allCases {
                found.append(try await desk.queue(of: clerk, pile).applications.map(\.id))
                #expect(try await desk.queue(of: other, pile).applications.isEmpty)
            }
            return found
        }
        let (one, two) = (try await world.underReview().id, try await world.sent(by: DeskWorld.marcel).id)
        #expect(try await piles() == [[one, two], [], []])
        _ = try await desk.askComplement(.additional, message: "Un acte.", for: one, by: clerk)
        #expect(try await piles() == [[two], [one], []])
        let decline = try ApplicationDecline([.security], explanation: "Les faits.")
        _ = try await desk.decline(one, decline, by: clerk)
        try await world.sweep()
        #expect(try await piles() == [[two], [], [one]])
        world.clock.advance(60)
        _ = try await desk.cancel(two, of: marcel)
        try await world.sweep()
        #expect(try await piles() == [[], [], [two, one]])
    }

    @Test("a queue is read page by page, the oldest first")
    func pages() async throws {
        var sent: [ApplicationID] = []
        for number in 1...5 {
            let account = try #require(AccountID("account-\(number)"))
            let applicant = Applicant(
                account: account, name: DeskWorld.jeanne.name, birthDate: nil, email: DeskWorld.jeanne.email)
            sent.append(try await world.sent(by: applicant).id)
            world.clock.advance(60)
        }
        var (found, cursor): ([ApplicationID], String?) = ([], "")
        while let after = cursor {
            let page = try await desk.queue(of: clerk, after: after, limit: 2)
            found += page.applications.map(\.id)
            cursor = page.next
        }
        #expect(found == sent)
    }
}

@Suite("The desk: what is erased by rule")
struct ErasureTests {
    private let world = DeskWorld()
    private var desk: ApplicationDesk { world.desk }
    private let jeanne = DeskWorld.jeanne.account

    private func left() async throws -> Int {
        var count = 0
        let kinds = [
            "permit-application", "permit-open", "permit-document", "permit-document-part", "permit-number",
            "permit-at/mc-pont-neuf", "permit-queue/mc-pont-neuf",
            "permit-ended/mc-pont-neuf",
        ]
        for kind in kinds { count += try await world.count(kind) }
        return count
    }

    @Test("a draft goes after seven days, whole, with a proof")
    func draft() async throws {
        let id = try await world.draft().id
        world.clock.advance(7 * 86_400 - 1)
        try await world.sweep()
        #expect(try await desk.applications(of: jeanne).count == 1)
        world.clock.advance(1)
        try await world.sweep()
        #expect(try await left() == 0)
        let proofs = try await desk.erasures.proofs()
        #expect(proofs.map(\.object) == [id.text])
        #expect(proofs.map(\.count) == [4])
        #expect(try await desk.erasures.firstBreak() == nil)
        let gone = await outcome { try await desk.application(id, of: jeanne) }
        #expect(gone == "not_found")
    }

    @Test("files go after the delay of appeal, the rest after two years")
    func decided() async throws {
        let id = try await desk.accept(try await world.underReview().id, by: DeskWorld.clerk).id
        try await world.sweep()
        world.clock.advance(days: 91)
        try await world.sweep()
        #expect(try await world.count("permit-document") == 3)
        world.clock.advance(days: 1)
        try await world.sweep()
        #expect(try await world.count("permit-document") == 0)
        #expect(try await world.count("permit-document-part") == 0)
        let kept = try await desk.application(id, of: jeanne)
        #expect(kept.documentsErasedAt != nil)
        #expect(kept.permit != nil)
        world.clock.advance(days: 640)
        try await world.sweep()
        #expect(try await left() == 0)
        #expect(try await desk.erasures.proofs().map(\.subject) == [.documents, .record])
    }

    @Test("files of a cancelled application go at once")
    func cancelled() async throws {
        let id = try await world.sent().id
        _ = try await desk.cancel(id, of: jeanne)
        try await world.sweep()
        #expect(try await world.count("permit-document") == 0)
        #expect(try await desk.application(id, of: jeanne).status == .cancelled)
        #expect(world.mails.kinds == [.submitted, .cancelled])
    }

    @Test("what cannot be read holds nothing else up")
    func corrupt() async throws {
        let broken = StoredItem(kind: "permit-application", id: "a/b", text: "{", due: .distantPast)
        _ = try await world.store.put(broken)
        _ = try await world.sent()
        await #expect(throws: StoreFault.self) { try await desk.sweep() }
        #expect(world.mails.kinds == [.submitted])
    }

    @Test("an open application keeps its files however long it waits")
    func open() async throws {
        let id = try await world.sent().id
        world.clock.advance(days: 400)
        try await world.sweep()
        #expect(try await desk.application(id, of: jeanne).pieces.count == 3)
        #expect(try await world.count("permit-document") == 3)
    }

    @Test("a file that a dead process left behind goes within a day", arguments: MortalStore.Death.allCases)
    func orphans(_ death: MortalStore.Death) async throws {
        for write in 0..<6 {
            let world = DeskWorld()
            let draft = try await world.draft()
            world.mortal.die(death, at: write)
            _ = try? await world.desk.addPiece(
                .identityPhoto, SampleFile.png(), filename: "n", to: draft.id, of: jeanne)
            world.mortal.live()
            world.clock.advance(days: 1)
            try await world.sweep()
            let pieces = try await world.desk.application(draft.id, of: jeanne).pieces
            #expect(pieces.count == 3)
            #expect(try await world.count("permit-document") == 3)
            #expect(try await world.count("permit-document-part") == 3)
            for piece in pieces { _ = try await world.desk.document(piece.id, in: draft.id, of: jeanne) }
        }
    }

    @Test("wherever the process dies, an erasure is finished and proved once", arguments: MortalStore.Death.allCases)
    func death(_ death: MortalStore.Death) async throws {
        for write in 0..<20 {
            let world = DeskWorld()
            let id = try await world.draft().id
            world.clock.advance(days: 7)
            world.mortal.die(death, at: write)
            try? await world.sweep()
            world.mortal.live()
            try await world.sweep()
            #expect(try await world.count("permit-application") == 0)
            #expect(try await world.count("permit-document") == 0)
            #expect(try await world.count("permit-document-part") == 0)
            let proofs = try await world.desk.erasures.proofs().filter { $0.object == id.text }
            #expect(proofs.count == 1, "\(write)")
            #expect(try await world.desk.erasures.firstBreak() == nil)
        }
    }
}
