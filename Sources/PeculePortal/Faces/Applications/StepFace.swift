import Foundation
import Pecule
import PeculeHTTP

/// The screens of flyer A in their fixed order, one question each.
struct StepFace: Sendable {
    let desk: PortalDesk

    func install(in router: inout HTTPRouter) {
        let pattern = "/permis/demandes/{demande}/{etape}"
        desk.forRelatives(&router, .get, pattern) { request, relative throws(Trouble) in
            try await show(request, relative)
        }
        desk.forRelatives(&router, .post, pattern) { request, relative throws(Trouble) in
            try await take(request, relative)
        }
        desk.forRelatives(&router, .get, "\(pattern)/retirer") { request, _ throws(Trouble) in
            .seeOther("/permis/demandes/\(try ApplicationFace.id(request))/\(request.parameters["etape"] ?? "")")
        }
        desk.forRelatives(&router, .post, "\(pattern)/retirer") { request, relative throws(Trouble) in
            let id = try ApplicationFace.id(request)
            guard let piece = PieceID(request.typed("fichier")) else { throw .notFound }
            _ = try await desk.applied { () throws(ApplicationError) in
                try await desk.applications.removePiece(piece, from: id, of: relative.account)
            }
            return .seeOther("/permis/demandes/\(id)/\(request.parameters["etape"] ?? "")")
        }
    }

    private func step(_ request: PortalRequest) throws(Trouble) -> ApplicationStep {
        guard let step = request.parameters["etape"].flatMap(StepAddress.step) else { throw .notFound }
        return step
    }

    // MARK: Showing

    private func show(_ request: PortalRequest, _ relative: Relative) async throws(Trouble) -> HTTPResponse {
        let application = try await desk.application(request, of: relative)
        let place = "/permis/demandes/\(application.id)"
        guard application.status == .draft else {
            guard request.parameters["etape"] == "complement" else { return .seeOther(place) }
            return try ComplementPage(desk: desk, request: request, application: application).response()
        }
        // Where acts are sent to there is nothing to see: whoever logs in there again finds the application.
        guard !StepAddress.acts.contains(request.parameters["etape"] ?? "") else { return .seeOther(place) }
        let (asked, reached) = (try step(request), application.step(at: request.now))
        guard asked <= reached else { return .seeOther("\(place)/\(StepAddress.word(reached))") }
        return try await page(request, application, asked)
    }

    private func page(
        _ request: PortalRequest, _ application: PermitApplication, _ step: ApplicationStep,
        problem: ScreenProblem? = nil
    ) async throws(Trouble) -> HTTPResponse {
        let places = step == .detainee || step == .review ? try await establishments() : []
        return StepPage(
            desk: desk, request: request, application: application, step: step, places: places, problem: problem
        ).response
    }

    private func establishments() async throws(Trouble) -> [Establishment] {
        try await desk.stored { () throws(StoreFault) in try await desk.permits.establishments() }
    }

    // MARK: Taking

    private func take(_ request: PortalRequest, _ relative: Relative) async throws(Trouble) -> HTTPResponse {
        let application = try await desk.application(request, of: relative)
        let place = "/permis/demandes/\(application.id)"
        switch request.parameters["etape"] {
        case "complement": return try await answer(request, application, relative)
        case "enregistrer": return try await register(application, relative)
        default: break
        }
        let step = try step(request)
        guard application.status == .draft else { return .seeOther(place) }
        guard step <= application.step(at: request.now) else {
            return .seeOther("\(place)/\(StepAddress.word(application.step(at: request.now)))")
        }
        let entry = StepEntry(desk: desk, request: request, application: application)
        if let more = entry.more(on: step) { return .seeOther("\(place)/\(StepAddress.word(step))?\(more)") }
        do throws(ScreenFailure) {
            let taken = try await entry.take(step)
            guard step != .review else { return .seeOther("\(place)?fait=envoi") }
            return .seeOther("\(place)/\(StepAddress.word(next(after: step, in: taken, request)))")
        } catch {
            let problem = try error.shown()
            return try await page(request, try await desk.application(request, of: relative), step, problem: problem)
        }
    }

    /// Stays where a file was added or something is missing; goes on to the next screen; back to the review as soon as
    /// everything is there, so that a correction leads to no screen that it does not concern.
    private func next(
        after step: ApplicationStep, in application: PermitApplication, _ request: PortalRequest
    ) -> ApplicationStep {
        let reached = application.step(at: request.now)
        if reached <= step || request.isAdding { return step }
        if reached == .review { return .review }
        let following = ApplicationStep(rawValue: step.rawValue + 1) ?? .review
        let isPassedOver = following == .otherPieces && !application.asksOtherPieces(at: request.now)
        return min(isPassedOver ? .comment : following, reached)
    }

    private func answer(
        _ request: PortalRequest, _ application: PermitApplication, _ relative: Relative
    ) async throws(Trouble) -> HTTPResponse {
        let place = "/permis/demandes/\(application.id)"
        guard case .complementRequested(let asked) = application.status else { return .seeOther(place) }
        do throws(ScreenFailure) {
            _ = try await StepEntry(desk: desk, request: request, application: application).addFiles(asked.piece)
            guard !request.isAdding else { return .seeOther("\(place)/complement") }
            _ = try await ScreenFailure.asking(about: "fichier") { () throws(ApplicationError) in
                try await desk.applications.answerComplement(application.id, of: relative.account)
            }
            return .seeOther(place)
        } catch {
            let problem = try error.shown()
            let kept = try await desk.application(request, of: relative)
            return try ComplementPage(desk: desk, request: request, application: kept, problem: problem).response()
        }
    }

    /// The accepted permit on the space of its holder, in one step.
    private func register(
        _ application: PermitApplication, _ relative: Relative
    ) async throws(Trouble) -> HTTPResponse {
        guard let permit = application.permit else { throw .notFound }
        let registration = try await desk.stored { () throws(StoreFault) in
            try await desk.applications.sweep()
            return try await desk.permits.register(
                permit.number, at: permit.detainee.establishment, permit.detainee.ecrouNumber, for: relative)
        }
        switch registration {
        case .registered: return .seeOther("/?fait=permis-ajoute")
        case .already: return .seeOther("/permis")
        case .unknown, .notActive: throw .refused("Ce permis ne peut pas être enregistré sur votre espace personnel.")
        }
    }
}
