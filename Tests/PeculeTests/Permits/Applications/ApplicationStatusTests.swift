import Foundation
import Pecule
import Testing

@Suite("Permit applications: statuses")
struct ApplicationStatusTests {
    /// Every status with every event, in the order of `events`.
    private static let table: [(ApplicationStatus.Kind, [String])] = [
        (.draft, ["draft", "draft", "submitted", "not_now_draft", "cancelled"] + same("not_now_draft", 5)),
        (
            .submitted,
            same("not_now_submitted", 4) + ["cancelled", "under_review", "complement_requested"]
                + same("not_now_submitted", 3)
        ),
        (
            .underReview,
            same("not_now_under_review", 4)
                + ["cancelled", "not_now_under_review", "complement_requested", "accepted", "refused"]
                + ["not_now_under_review"]
        ),
        (
            .complementRequested,
            ["not_now_complement_requested", "complement_requested", "not_now_complement_requested", "awaited"]
                + ["cancelled"] + same("not_now_complement_requested", 3) + ["refused", "not_now_complement_requested"]
        ),
        (.accepted, same("not_now_accepted", 9) + ["accepted"]),
        (.refused, same("not_now_refused", 9) + ["refused"]),
        (.cancelled, same("not_now_cancelled", 9) + ["cancelled"]),
    ]

    private static func same(_ verdict: String, _ count: Int) -> [String] { Array(repeating: verdict, count: count) }

    private static func events() throws -> [ApplicationEvent] {
        [
            .commented("Bonjour"), .pieceAdded(Sample.piece(.identityPhoto, number: 9)), .submitted,
            .complementAnswered, .cancelled, .reviewBegun(Sample.officer),
            .complementAsked(.proofOfAddress, message: "Moins de 3 mois.", Sample.officer),
            .accepted(Sample.permitNumber, Sample.officer), .declined(try Sample.decline(.order), Sample.officer),
            .documentsErased,
        ]
    }

    @Test("every event is decided in every status", arguments: ApplicationStatus.Kind.allCases)
    func all(_ status: ApplicationStatus.Kind) throws {
        let application = try Sample.application(in: status)
        #expect(application.status.kind == status)
        let found = try Self.events().map { verdict(application, $0) }
        #expect(found == Self.table.first { $0.0 == status }?.1)
    }

    @Test("a refused event changes nothing")
    func unchanged() throws {
        for status in ApplicationStatus.Kind.allCases {
            let application = try Sample.application(in: status)
            for event in try Self.events() {
                var next = application
                do throws(ApplicationRefusal) {
                    try next.apply(event, at: Sample.morning + 60)
                    #expect(next.changedAt == Sample.morning + 60)
                } catch { #expect(next == application) }
            }
        }
    }

    @Test("each status that is reached has its time and who brought it there")
    func milestones() throws {
        var application = try Sample.application(try Sample.filling())
        let steps: [(ApplicationEvent, TimeInterval)] = [
            (.submitted, 1), (.complementAsked(.identityPhoto, message: "Floue.", Sample.officer), 2),
            (.pieceAdded(Sample.piece(.identityPhoto, number: 9, at: Sample.morning + 3)), 3),
            (.complementAnswered, 4), (.accepted(Sample.permitNumber, Sample.officer), 5),
        ]
        for (event, offset) in steps { try application.apply(event, at: Sample.morning + offset) }
        #expect(application.milestones.map(\.status) == [
            .draft, .submitted, .complementRequested, .underReview, .accepted,
        ])
        #expect(application.milestones.map { $0.at.timeIntervalSince(Sample.morning) } == [0, 1, 2, 4, 5])
        #expect(application.milestones.map(\.by) == [nil, nil, Sample.officer, nil, Sample.officer])
        #expect(application.reached(.submitted) == Sample.morning + 1)
        #expect(application.reached(.refused) == nil)
    }

    @Test(
        "a refusal has a ground and an explanation, and no ground against family that is not against family",
        arguments: [
            (Relationship.Kind.sibling, [ApplicationDecline.Ground.security], "Faits.", "refused"),
            (.sibling, [.security, .reintegration], "Faits.", "not_against_family"),
            (.friend, [.reintegration], "Faits.", "refused"), (.friend, [], "Faits.", "missing_grounds"),
            (.friend, [.order], " \n", "missing_explanation"),
            (.friend, [.order], String(repeating: "é", count: 2001), "too_long_explanation"),
        ])
    func reasons(
        _ kind: Relationship.Kind, _ grounds: [ApplicationDecline.Ground], _ explanation: String, result: String
    ) throws {
        var events = try Sample.filling()
        events[4] = .relationshipStated(try Relationship(kind))
        let application = try Sample.application(events + [.submitted, .reviewBegun(Sample.officer)])
        do throws(ApplicationRefusal) {
            let decline = try ApplicationDecline(grounds, explanation: explanation)
            #expect(verdict(application, .declined(decline, Sample.officer)) == result)
        } catch { #expect(error.code == result) }
    }

    @Test("a complement is answered with the piece that was asked for, and with no other")
    func complement() throws {
        let asked = try Sample.application(in: .complementRequested)
        let now = Sample.morning + 60
        let photo = Sample.piece(.identityPhoto, number: 9, at: now)
        #expect(verdict(asked, .pieceAdded(Sample.piece(.proofOfAddress, number: 8, at: now)), at: now) == "not_asked")
        let scan = Sample.piece(.identityPhoto, .pdf, at: now)
        #expect(verdict(asked, .pieceAdded(scan), at: now) == "photo_is_no_picture")
        #expect(verdict(asked, .pieceRemoved(Sample.piece(.proofOfAddress, number: 3).id)) == "unknown_piece")
        let answered = try asked.applying(.pieceAdded(photo), at: now)
        #expect(answered.pieces(of: .identityPhoto) == asked.pieces(of: .identityPhoto) + [photo])
        let other = Sample.piece(.identityPhoto, .png, number: 10, at: now)
        let replaced = try answered.applying(.pieceAdded(other), at: now)
        #expect(replaced.pieces(of: .identityPhoto) == asked.pieces(of: .identityPhoto) + [other])
        #expect(try answered.applying(.complementAnswered, at: now).pieces(of: .identityPhoto) == [photo])
        #expect(verdict(try answered.applying(.pieceRemoved(photo.id), at: now), .complementAnswered) == "awaited")
    }

    @Test("a complement can be answered however many files of its kind were judged before")
    func complementToMany() throws {
        let full = (UInt8(30)..<35).map { Sample.piece(.proofOfAddress, number: $0) }
        let events = try Sample.filling().dropLast() + full.map { .pieceAdded($0) }
        var asked = try Sample.application(Array(events) + [.commented(""), .submitted])
        try asked.apply(.complementAsked(.proofOfAddress, message: "Plus récent.", Sample.officer), at: Sample.morning)
        let now = Sample.morning + 60
        for number in UInt8(40)..<46 {
            try asked.apply(.pieceAdded(Sample.piece(.proofOfAddress, number: number, at: now)), at: now)
        }
        let more = Sample.piece(.proofOfAddress, number: 50, at: now)
        #expect(verdict(asked, .pieceAdded(more), at: now) == "too_many_files")
        #expect(verdict(asked, .complementAnswered, at: now) == "under_review")
    }

    @Test("an acceptance gives a permit to the visitor, on nobody's space yet")
    func permit() throws {
        let own = try #require(try Sample.application(in: .accepted).permit)
        #expect(own == Sample.permit(registeredBy: nil))
        #expect(own.refusal(for: Sample.payer) == .notRegistered)
        #expect(try Sample.application(in: .underReview).permit == nil)
        let child = try Sample.filling(for: Sample.visitor(born: "2000-05-05")).dropLast() + [
            .pieceAdded(Sample.piece(.authorisation, number: 4)), .commented(""), .submitted,
            .reviewBegun(Sample.officer),
            .accepted(Sample.permitNumber, Sample.officer),
        ]
        #expect(try Sample.application(Array(child)).permit?.refusal(for: Sample.payer) == .unknown)
    }

    @Test("an application says what it is, and nothing of whom")
    func masked() throws {
        let application = try Sample.application(in: .accepted)
        #expect("\(application)" == "application \(application.id), accepted")
        var dumped = ""
        dump(application, to: &dumped)
        for secret in ["Jeanne", "Petit", "012345", "240001", "mail.example"] { #expect(!dumped.contains(secret)) }
        #expect("\(try Sample.decline(.security))".contains("faits") == false)
    }
}
