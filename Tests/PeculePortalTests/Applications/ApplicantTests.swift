import Foundation
import Pecule
import PeculeCrypto
import PeculePortal
import Testing

@Suite("The desk: applicants")
struct ApplicantTests {
    private let world = DeskWorld()
    private var desk: ApplicationDesk { world.desk }
    private let jeanne = DeskWorld.jeanne.account
    private let marcel = DeskWorld.marcel.account

    @Test("a whole application is sent, kept, and told of once")
    func whole() async throws {
        let draft = try await world.draft()
        #expect(draft.step(at: world.clock.now) == .review)
        let sent = try await desk.submit(draft.id, of: jeanne)
        #expect(sent.status == .submitted)
        #expect(try await desk.application(draft.id, of: jeanne) == sent)
        world.clock.advance(5)
        #expect(try await desk.submit(draft.id, of: jeanne) == sent)
        try await world.sweep()
        #expect(world.mails.kinds == [.submitted])
        #expect(world.mails.receivers == ["jeanne@mail.example"])
        #expect(try await desk.queue(of: DeskWorld.clerk).applications == [sent])
        #expect(try await desk.queue(of: DeskWorld.otherClerk).applications == [])
    }

    @Test(
        "about a detained person there is one answer whatever is wrong, after one time",
        arguments: [
            ("mc-pont-neuf", "012345", "ok"), ("mc-pont-neuf", "067890", "detainee_unknown"),
            ("mc-pont-neuf", "999", "detainee_unknown"), ("cd-les-saules", "012345", "detainee_unknown"),
            ("nowhere", "012345", "detainee_unknown"), ("cd-les-saules", "5", "ok"),
        ])
    func verification(_ prison: String, _ number: String, result: String) async throws {
        let id = try await desk.start(DeskWorld.jeanne).id
        let person = DetaineeAccount(
            establishment: try #require(EstablishmentID(prison)), ecrouNumber: DeskWorld.ecrou(number))
        let before = world.clock.now
        #expect(await outcome { try await desk.verify(person, for: id, of: jeanne) } == result)
        #expect(abs(world.clock.now.timeIntervalSince(before) - 0.3) < 0.002)
    }

    @Test(
        "a name is checked like the number, and only after it",
        arguments: [("Petit", "Émile", "ok"), ("petit", "EMILE", "ok"), ("Grand", "Émile", "detainee_unknown")])
    func naming(_ name: String, _ given: String, result: String) async throws {
        let typed = try PersonName(birthName: name, givenNames: [given])
        let id = try await desk.start(DeskWorld.jeanne).id
        let tooEarly = await outcome { try await desk.name(DeskWorld.emile, for: id, of: jeanne) }
        #expect(tooEarly == "detainee_unknown")
        _ = try await desk.verify(DeskWorld.detainee, for: id, of: jeanne)
        let before = world.clock.now
        #expect(await outcome { try await desk.name(typed, for: id, of: jeanne) } == result)
        #expect(abs(world.clock.now.timeIntervalSince(before) - 0.3) < 0.002)
    }

    @Test("nobody asks about more than ten people in an hour, over all drafts")
    func limit() async throws {
        let ids = [try await desk.start(DeskWorld.jeanne).id, try await desk.start(DeskWorld.jeanne).id]
        let stranger = DetaineeAccount(establishment: DeskWorld.prison, ecrouNumber: DeskWorld.ecrou("1"))
        for number in 0..<10 {
            let id = ids[number % 2]
            let result = await outcome { try await desk.verify(stranger, for: id, of: jeanne) }
            #expect(result == "detainee_unknown")
        }
        let call = { @Sendable in try await desk.verify(DeskWorld.detainee, for: ids[0], of: jeanne) }
        #expect(await outcome(call) == "too_many_attempts")
        let other = try await desk.start(DeskWorld.marcel).id
        let free = await outcome { try await desk.verify(DeskWorld.detainee, for: other, of: marcel) }
        #expect(free == "ok")
        world.clock.advance(3590)
        #expect(await outcome(call) == "too_many_attempts")
        world.clock.advance(10)
        #expect(await outcome(call) == "ok")
    }

    @Test("another's application is not found, whatever is asked of it")
    func strangers() async throws {
        let draft = try await world.draft()
        let piece = try #require(draft.pieces.first).id
        let calls: [() async throws -> Any] = [
            { try await desk.application(draft.id, of: marcel) },
            { try await desk.verify(DeskWorld.detainee, for: draft.id, of: marcel) },
            { try await desk.fill(.listRead, in: draft.id, of: marcel) },
            { try await desk.addPiece(.additional, SampleFile.jpeg(), filename: "", to: draft.id, of: marcel) },
            { try await desk.removePiece(piece, from: draft.id, of: marcel) },
            { try await desk.document(piece, in: draft.id, of: marcel) },
            { try await desk.submit(draft.id, of: marcel) },
            { try await desk.cancel(draft.id, of: marcel) },
            { try await desk.answerComplement(draft.id, of: marcel) },
            { try await desk.application(draft.id, for: DeskWorld.clerk) },
        ]
        for call in calls { #expect(await outcome(call) == "not_found") }
        #expect(try await desk.applications(of: marcel) == [])
        #expect(try await desk.application(draft.id, of: jeanne) == draft)
    }

    @Test("files come back as they were sent, and those taken out are gone")
    func pieces() async throws {
        let draft = try await world.draft()
        let photo = try #require(draft.pieces(of: .identityPhoto).first)
        let document = try await desk.document(photo.id, in: draft.id, of: jeanne)
        #expect(document.bytes == SampleFile.jpeg())
        #expect(document.piece.label == "moi.jpg")
        let next = try await desk.addPiece(
            .identityPhoto, SampleFile.png(), filename: "2.png", to: draft.id, of: jeanne)
        #expect(next.pieces(of: .identityPhoto).map(\.label) == ["2.png"])
        #expect(try await world.count("permit-document") == 3)
        _ = try await desk.removePiece(try #require(next.pieces.first).id, from: draft.id, of: jeanne)
        #expect(try await world.count("permit-document") == 2)
        let gone = await outcome { try await desk.document(photo.id, in: draft.id, of: jeanne) }
        #expect(gone == "not_found")
        #expect(try await desk.erasures.proofs().map(\.subject) == [.piece, .piece])
    }

    @Test("a file that is refused leaves nothing")
    func refusedFiles() async throws {
        let draft = try await world.draft()
        let before = try await world.count("permit-document")
        let files: [(PieceKind, [UInt8], String)] = [
            (.identityPhoto, SampleFile.pdf(), "identityPhoto: photo_is_no_picture"),
            (.proofOfAddress, Array("MZ".utf8), "proofOfAddress: unknown_format"),
            (.authorisation, SampleFile.pdf(), "not_asked"),
        ]
        for (kind, bytes, code) in files {
            let result = await outcome { try await desk.addPiece(kind, bytes, filename: "", to: draft.id, of: jeanne) }
            #expect(result == code)
        }
        #expect(try await world.count("permit-document") == before)
    }

    @Test("one application is open for one visitor and one detained person; after it another may be sent")
    func duplicates() async throws {
        let first = try await world.sent()
        let second = try await world.draft()
        let call = { @Sendable in try await desk.submit(second.id, of: jeanne) }
        #expect(await outcome(call) == "duplicate")
        let child = ThirdParty(
            name: try PersonName(birthName: "Petit", givenNames: ["Léo"]),
            birthDate: try #require(DateOfBirth("2015-01-01")), link: .child)
        world.clock.advance(3600)
        let other = try await world.draft(.thirdParty(child))
        #expect(try await desk.submit(other.id, of: jeanne).status == .submitted)
        world.clock.advance(3600)
        #expect(try await world.sent(by: DeskWorld.marcel).status == .submitted)
        _ = try await desk.cancel(first.id, of: jeanne)
        #expect(await outcome(call) == "ok")
    }

    @Test("of two that are sent at once, one comes through")
    func race() async throws {
        var ids: [ApplicationID] = []
        for _ in 1...5 {
            ids.append(try await world.draft().id)
            world.clock.advance(3600)
        }
        let results = await withTaskGroup(of: String.self) { group in
            for id in ids + ids {
                group.addTask { await outcome { try await desk.submit(id, of: jeanne) } }
            }
            return await group.reduce(into: [String]()) { $0.append($1) }
        }
        #expect(Set(results) == ["ok", "duplicate"])
        let open = try await desk.applications(of: jeanne).filter { $0.status.kind.isOpen }
        #expect(open.count == 1)
        #expect(try await desk.queue(of: DeskWorld.clerk).applications == open)
    }

    @Test("wherever the process dies, sending again sends once", arguments: MortalStore.Death.allCases)
    func death(_ death: MortalStore.Death) async throws {
        for write in 0..<12 {
            let world = DeskWorld()
            let draft = try await world.draft()
            world.mortal.die(death, at: write)
            _ = try? await world.desk.submit(draft.id, of: jeanne)
            try? await world.sweep()
            world.mortal.live()
            #expect(try await world.desk.submit(draft.id, of: jeanne).status == .submitted)
            try await world.sweep()
            #expect(world.mails.kinds == [.submitted])
            #expect(try await world.desk.queue(of: DeskWorld.clerk).applications.map(\.id) == [draft.id])
        }
    }

    @Test("drafts are bounded")
    func drafts() async throws {
        for _ in 1...10 { _ = try await desk.start(DeskWorld.jeanne) }
        #expect(await outcome { try await desk.start(DeskWorld.jeanne) } == "too_many_drafts")
        #expect(try await desk.applications(of: jeanne).count == 10)
    }

    @Test("no id and no kind in the store says who asks or who is detained")
    func names() async throws {
        _ = try await world.underReview()
        for kind in ["permit-application", "permit-open", "permit-document", "permit-document-part", "attempts"] {
            for item in try await world.store.items(kind, after: "", limit: 100) {
                for secret in ["jeanne", "Petit", "012345"] { #expect(!"\(item)".contains(secret)) }
            }
        }
    }
}
