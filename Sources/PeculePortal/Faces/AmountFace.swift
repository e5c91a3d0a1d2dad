import Foundation
import Pecule
import PeculeHTTP

/// The amount: typed in the grey box, checked, and kept as a transfer that no bank knows yet.
struct AmountFace: Sendable {
    let desk: PortalDesk

    func install(in router: inout HTTPRouter) {
        desk.forRelatives(&router, .get, "/pecule/{permit}/montant") { request, relative throws(Trouble) in
            let permit = try await desk.permit(request, of: relative)
            let id = TransferID(random: desk.environment.randomBytes)
            return try await page(request, permit, relative, id)
        }
        desk.forRelatives(&router, .post, "/pecule/{permit}/montant") { request, relative throws(Trouble) in
            try await take(request, try await desk.permit(request, of: relative), relative)
        }
    }

    private func field(
        _ request: PortalRequest, _ permit: RegisteredPermit, _ relative: Relative, _ error: String?
    ) async throws(Trouble) -> Field {
        let form = "Au moins \(Self.least), avec deux chiffres au plus après la virgule, par exemple 42,50."
        let caps = try await caps(of: permit, relative, at: request.now)
        return Field(
            name: "montant", label: "Montant du virement, en euros", hint: ([form] + caps).joined(separator: " "),
            value: request.typed("montant"), error: error)
    }

    private func caps(
        of permit: RegisteredPermit, _ relative: Relative, at now: Date
    ) async throws(Trouble) -> [String] {
        guard let cap = permit.establishment.cap else { return [] }
        // What was sent this month is read where the page says it.
        guard cap.perMonth != nil else { return CapText(cap: cap, sent: 0).sentences }
        let sent = try await desk.sentThisMonth(to: permit.permit.detainee, by: relative, at: now)
        return CapText(cap: cap, sent: sent).sentences
    }

    private static let least = "1,00\u{A0}€"

    private func page(
        _ request: PortalRequest, _ permit: RegisteredPermit, _ relative: Relative, _ id: TransferID,
        error: String? = nil, status: Int = 200
    ) async throws(Trouble) -> HTTPResponse {
        if let refusal = PermitRefusal.open(permit) {
            return desk.frame("Virement impossible", .pecule, for: request).page(
                status: 409,
                """
                <h1>Virement impossible</h1>\(Pieces.alert(.wrong, GatewayText.sentence(for: refusal)))
                <p>\(Pieces.link("Revenir au pécule", to: "/pecule"))</p>
                """)
        }
        var frame = desk.frame("Montant du virement, étape 1 sur 3", .pecule, for: request)
        frame.hasErrors = error != nil
        let field = try await field(request, permit, relative, error)
        return frame.page(
            status: status,
            """
            <p class="step">Étape 1 sur 3</p>
            <h1>Quel montant voulez-vous virer&nbsp;?</h1>
            \(Pieces.summary(error.map { [("montant", $0)] } ?? []))
            \(Pieces.facts([
                ("Personne détenue", "\(permit.permit.detainee.name.revealed)"),
                ("Établissement", "\(permit.establishment.name)"),
            ]))
            <form method="post" action="/pecule/\(permit.key)/montant" novalidate>
            \(desk.token(for: request))\(Pieces.hidden("virement", id.text))
            \(field.amount)
            <p>\(Pieces.button("Réaliser le virement"))</p>
            </form>
            \(Pieces.sessionEnd(of: request))
            <p class="hint">Rien n’est débité à cette étape. Vous choisirez votre banque, puis vous confirmerez chez \
            elle.</p>
            """)
    }

    private func take(
        _ request: PortalRequest, _ permit: RegisteredPermit, _ relative: Relative
    ) async throws(Trouble) -> HTTPResponse {
        guard let id = TransferID(request.typed("virement")) else {
            throw .refused("Ce formulaire n’est plus valable. Revenez au pécule et recommencez.")
        }
        let amount: Amount
        do throws(TypedAmountProblem) { amount = try Self.read(request.typed("montant")) } catch {
            return try await page(request, permit, relative, id, error: error.sentence)
        }
        do throws(PeculeError) {
            _ = try await desk.service.draft(id, payer: relative.payer, permit: permit.permit.number, amount: amount)
            return .seeOther("/virements/\(id)/banque")
        } catch {
            switch error {
            case .conflict:
                // The page was gone back to: what is typed now is another transfer.
                return try await page(
                    request, permit, relative, TransferID(random: desk.environment.randomBytes),
                    error: "Vous aviez déjà validé un autre montant. Vérifiez celui-ci, puis validez-le de nouveau.",
                    status: 409)
            case .overCap, .overMonthlyCap:
                return try await page(request, permit, relative, id, error: GatewayText.sentence(for: error))
            default: throw .gateway(error)
            }
        }
    }

    private static func read(_ typed: String) throws(TypedAmountProblem) -> Amount {
        let amount: Amount
        do throws(Amount.Problem) { amount = try Amount(typed: typed) } catch { throw .typing(error) }
        guard amount.cents >= 100 else { throw .tooSmall }
        return amount
    }
}

/// Why what was typed is no amount that the portal takes.
private enum TypedAmountProblem: Error {
    case typing(Amount.Problem)
    case tooSmall

    var sentence: String {
        switch self {
        case .tooSmall: "Le montant doit être d’au moins 1,00\u{A0}€"
        case .typing(.negative): "Saisissez un montant sans signe moins"
        case .typing(.zero): "Le montant doit être d’au moins 1,00\u{A0}€"
        case .typing(.overLimit(let limit)): "Un virement ne peut pas dépasser \(limit.french)"
        case .typing(.notANumber), .typing(.moreThanTwoDecimals):
            "Saisissez un montant en euros, avec deux chiffres au plus après la virgule, par exemple 42,50."
        }
    }
}
