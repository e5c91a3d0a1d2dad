import Foundation
import Pecule
import PeculeCrypto
import PeculeHTTP

/// The receipt of a transfer, and the counter where its code is checked.
struct ReceiptFace: Sendable {
    let desk: PortalDesk

    func install(in router: inout HTTPRouter) {
        desk.forRelatives(&router, .get, "/virements/{transfer}/recu") { request, relative throws(Trouble) in
            let id = try desk.transferID(request)
            let transfer = try await desk.asked { () throws(PeculeError) in
                try await desk.service.transfer(id, by: relative.account)
            }
            guard transfer.state == .settled else { throw .notFound }
            return receipt(request, transfer)
        }
        desk.forAnyone(&router, .get, "/verification") { request throws(Trouble) in check(request) }
    }

    private func receipt(_ request: PortalRequest, _ transfer: TransferSummary) -> HTTPResponse {
        let code = ReceiptCode(transfer, secret: desk.settings.secret)
        return desk.frame("Reçu de virement", .pecule, for: request).page(
            """
            <h1>Reçu de virement</h1>
            <div class="receipt"><p class="amount">\(transfer.amount.french)</p>
            \(Pieces.facts([
                ("Référence", "\(transfer.id.text)"), ("Date", "\(FrenchDate.dayAndTime(transfer.updatedAt))"),
                ("Personne détenue", "\(transfer.detainee.name.revealed)"),
                ("Établissement", "\(transfer.establishmentName)"), ("Bénéficiaire", "\(transfer.payeeName)"),
                ("Code de vérification", "<strong class=\"code\">\(code.text)</strong>"),
            ]))
            <p>Le code se vérifie à l’adresse \(desk.settings.address)/verification, avec la référence et le \
            montant.</p></div>
            <p class="screen">Imprimez cette page avec la commande de votre navigateur.</p>
            <p class="screen">\(Pieces.link("Voir l’historique", to: "/virements"))</p>
            """)
    }

    private func check(_ request: PortalRequest) -> HTTPResponse {
        var reference = Field(
            name: "reference", label: "Référence du virement", value: (request.query["reference"] ?? "").trimmed)
        var amount = Field(
            name: "montant", label: "Montant, en euros", hint: "Par exemple 42,50.",
            value: (request.query["montant"] ?? "").trimmed)
        var code = Field(
            name: "code", label: "Code de vérification", hint: "Douze lettres et chiffres, par exemple ABCD-EFGH-JKMN.",
            value: (request.query["code"] ?? "").trimmed)
        var verdict: HTML?
        if !request.query.pairs.isEmpty {
            let id = TransferID(reference.value)
            let sum = try? Amount(typed: amount.value)
            if id == nil { reference.error = "recopiez la référence du reçu" }
            if sum == nil { amount.error = "recopiez le montant du reçu, par exemple 42,50" }
            if code.value.isEmpty { code.error = "recopiez le code du reçu" }
            if let id, let sum, !code.value.isEmpty {
                let isRight = ReceiptCode(id, sum, secret: desk.settings.secret).isSame(as: code.value)
                verdict =
                    isRight
                    ? Pieces.alert(.done, "Ce code est celui d’un virement confirmé de \(sum.french).")
                    : Pieces.alert(.wrong, "Ce code n’est pas celui de cette référence et de ce montant.")
            }
        }
        let fields = [reference, amount, code]
        let errors = Pieces.errors(of: fields)
        var frame = desk.frame("Vérifier un reçu", for: request)
        frame.hasErrors = !errors.isEmpty
        return frame.page(
                        """
            <h1>Vérifier un reçu</h1>\(Pieces.summary(errors))\(verdict)
            <form method="get" action="/verification" novalidate>\(fields.map(\.text))
            <p>\(Pieces.button("Vérifier"))</p></form>
            """)
    }
}

/// What proves that a receipt is of this portal: made from reference and amount, and from what only the portal knows.
struct ReceiptCode {
    /// `ABCD-EFGH-JKMN`
    let text: String

    /// Without the letters that are taken for digits.
    private static let letters = Array("ABCDEFGHJKMNPQRSTVWXYZ23456789".utf8)

    init(_ transfer: TransferSummary, secret: [UInt8]) { self.init(transfer.id, transfer.amount, secret: secret) }

    init(_ id: TransferID, _ amount: Amount, secret: [UInt8]) {
        let bytes = HMACSHA256.authenticationCode(for: "receipt \(id.text) \(amount.cents)".utf8, key: secret)
        let letters = bytes.prefix(12).map { Self.letters[Int($0) % Self.letters.count] }
        text = stride(from: 0, to: 12, by: 4).map { String(decoding: letters[$0..<($0 + 4)], as: UTF8.self) }
            .joined(separator: "-")
    }

    /// With or without hyphens, in small letters too.
    func isSame(as typed: String) -> Bool {
        func plain(_ text: String) -> [UInt8] { text.uppercased().utf8.filter { $0 != UInt8(ascii: "-") } }
        return ConstantTime.equal(plain(typed), plain(text))
    }
}
