import Foundation
import Pecule
import Testing

@Suite("Permit applications: the fixed order")
struct ApplicationStepTests {
    @Test("each thing filled in opens the next step")
    func order() throws {
        let events = try Sample.filling()
        let steps = try events.indices.map { index in
            try Sample.application(Array(events[...index])).step(at: Sample.morning)
        }
        #expect(steps == [
            .detainee, .documentList, .beneficiary, .relationship, .identityPhoto, .identityDocument,
            .identityDocument, .proofOfAddress, .comment, .review,
        ])
        #expect(try Sample.application().step(at: Sample.morning) == .detainee)
    }

    @Test("no step is skipped: whatever comes too early is refused, and names what has to come first")
    func skipping() throws {
        let events = try Sample.filling()
        for done in events.indices {
            let application = try Sample.application(Array(events[..<done]))
            let reached = application.step(at: Sample.morning)
            for later in events[(done + 1)...] {
                // The kind of document and its file belong to one step.
                guard case .refused(let refusal) = tried(application, later) else {
                    #expect(step(of: later) <= reached, "\(done)")
                    continue
                }
                #expect(refusal == .stepSkipped(reached) || refusal == .missing(.identityDocument))
            }
            #expect(tried(application, .submitted) == .refused(.stepSkipped(reached)))
        }
    }

    private enum Tried: Equatable { case taken, refused(ApplicationRefusal) }

    private func tried(_ application: PermitApplication, _ event: ApplicationEvent) -> Tried {
        do throws(ApplicationRefusal) {
            _ = try application.applying(event, at: Sample.morning)
            return .taken
        } catch { return .refused(error) }
    }

    private func step(of event: ApplicationEvent) -> ApplicationStep {
        switch event {
        case .detaineeFound, .detaineeNamed: .detainee
        case .listRead: .documentList
        case .beneficiaryChosen: .beneficiary
        case .relationshipStated: .relationship
        case .identityDocumentChosen: .identityDocument
        case .pieceAdded(let piece): piece.kind.step
        case .commented: .comment
        default: .review
        }
    }

    @Test("another detained person has to be named again; the same one has not")
    func otherDetainee() throws {
        let application = try Sample.application(try Sample.filling())
        let same = try application.applying(.detaineeFound(Sample.detainee.account), at: Sample.morning)
        #expect(same.step(at: Sample.morning) == .review)
        let other = try application.applying(.detaineeFound(Sample.otherDetainee.account), at: Sample.morning)
        #expect(other.step(at: Sample.morning) == .detainee)
        #expect(other.detaineeName == nil)
    }

    @Test(
        "an identity document needs every side, which one PDF may hold",
        arguments: [
            (IdentityDocumentKind.passport, [Piece.Format.jpeg], true),
            (.nationalIdentityCard, [.jpeg], false), (.nationalIdentityCard, [.jpeg, .png], true),
            (.nationalIdentityCard, [.pdf], true), (.residencePermit, [.png], false),
            (.residencePermit, [.png, .png, .png], true),
        ])
    func sides(_ kind: IdentityDocumentKind, _ formats: [Piece.Format], isDone: Bool) throws {
        var events = Array(try Sample.filling()[..<6]) + [.identityDocumentChosen(kind)]
        for (number, format) in zip(UInt8(10)..., formats) {
            events.append(.pieceAdded(Sample.piece(.identityDocument, format, number: number)))
        }
        let step = try Sample.application(events).step(at: Sample.morning)
        #expect((step == .proofOfAddress) == isDone)
    }

    @Test("there is one photo, and a bounded number of other files")
    func counts() throws {
        let photo = Sample.piece(.identityPhoto, .png, number: 20)
        var application = try Sample.application(try Sample.filling() + [.pieceAdded(photo)])
        #expect(application.pieces(of: .identityPhoto) == [photo])
        #expect(verdict(application, .pieceAdded(Sample.piece(.identityPhoto, .pdf))) == "photo_is_no_picture")
        for number in UInt8(30)..<35 {
            try application.apply(.pieceAdded(Sample.piece(.proofOfAddress, number: number)), at: Sample.morning)
        }
        #expect(verdict(application, .pieceAdded(Sample.piece(.proofOfAddress, number: 40))) == "too_many_files")
        #expect(verdict(application, .pieceRemoved(Sample.piece(.proofOfAddress, number: 41).id)) == "unknown_piece")
        try application.apply(.pieceRemoved(photo.id), at: Sample.morning)
        #expect(application.step(at: Sample.morning) == .identityPhoto)
    }

    @Test(
        "what is asked depends on who is to visit, and is what the list says",
        arguments: [
            (Sample.applicant, Beneficiary.applicant, [RequiredPieces.Who.everyone]),
            (Sample.young, .applicant, [.everyone, .minor]),
            (Sample.applicant, Sample.visitor(born: "2008-11-21"), [.everyone, .minor]),
            (Sample.applicant, Sample.visitor(born: "2008-11-20"), [.everyone, .adultThirdParty]),
            (Sample.young, Sample.visitor(born: "1980-01-01", .other), [.everyone, .adultThirdParty]),
        ])
    func required(_ applicant: Applicant, _ beneficiary: Beneficiary, who: [RequiredPieces.Who]) throws {
        let lines = RequiredPieces(for: beneficiary, of: applicant, at: Sample.morning).lines
        #expect(lines == RequiredPieces.all.filter { who.contains($0.who) })
        let events = try Sample.filling(for: beneficiary).dropLast()
        var application = try Sample.application(Array(events), by: applicant)
        let extra = lines.map(\.kind).filter { $0.step == .otherPieces }
        #expect((application.step(at: Sample.morning) == .otherPieces) == !extra.isEmpty)
        for (number, kind) in zip(UInt8(50)..., extra) {
            try application.apply(.pieceAdded(Sample.piece(kind, number: number)), at: Sample.morning)
        }
        #expect(application.step(at: Sample.morning) == .comment)
        let notAsked = PieceKind.allCases.filter { !lines.map(\.kind).contains($0) }
        for kind in notAsked { #expect(verdict(application, .pieceAdded(Sample.piece(kind))) == "not_asked") }
    }

    @Test(
        "what was said and added of another visitor goes; a correction keeps all that is still asked",
        arguments: [
            (Beneficiary.applicant, [PieceKind](), ApplicationStep.relationship),
            (
                Sample.visitor(born: "2015-01-02"), [.identityPhoto, .identityDocument, .proofOfAddress, .proofOfLink],
                .otherPieces
            ),
            (
                Sample.visitor(born: "2000-01-02"), [.identityPhoto, .identityDocument, .proofOfAddress], .otherPieces
            ),
        ])
    func otherVisitor(_ chosen: Beneficiary, keeps kinds: [PieceKind], reached: ApplicationStep) throws {
        let events = Array(try Sample.filling(for: Sample.visitor(born: "2015-01-01")).dropLast())
        let child = try Sample.application(events + [.pieceAdded(Sample.piece(.proofOfLink, number: 4))])
        let next = try child.applying(.beneficiaryChosen(chosen), at: Sample.morning)
        #expect(next.pieces.map(\.kind) == kinds)
        #expect(next.step(at: Sample.morning) == reached)
        #expect(try child.applying(.beneficiaryChosen(try #require(child.beneficiary)), at: Sample.morning) == child)
    }

    @Test(
        "texts are trimmed and bounded",
        arguments: [
            ("", "draft"), ("  \n ", "draft"), (String(repeating: "é", count: 2000), "draft"),
            (String(repeating: "é", count: 2001), "too_long_comment"), ("a\u{7}", "unreadable_comment"),
            ("a\u{0}", "unreadable_comment"), ("a\r\n\tb", "draft"), ("👨‍👩‍👧‍👦", "draft"),
            ("a" + String(repeating: "\u{301}", count: 20_000), "too_long_comment"),
        ])
    func comments(_ text: String, result: String) throws {
        #expect(verdict(try Sample.application(try Sample.filling()), .commented(text)) == result)
    }

    @Test("another relation is told in words")
    func relation() throws {
        #expect(try Relationship(.other, details: " Marraine ").details?.revealed == "Marraine")
        #expect(try Relationship(.friend, details: "x").details == nil)
        #expect(throws: ApplicationRefusal.missing(.relationship)) { try Relationship(.other) }
        #expect(throws: ApplicationRefusal.tooLong(.relationship, longest: 100)) {
            try Relationship(.other, details: String(repeating: "a", count: 101))
        }
    }
}
